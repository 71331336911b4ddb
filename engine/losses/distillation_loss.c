// SPDX-License-Identifier: MIT
/* Distillation loss; definition in reference/losses/distillation_loss.h.
 *
 * How it is distributed: The samples are sharded, and a sample's classes are never split; loss.h
 * says what crosses the network and in which order it is added.
 */
#include "loss.h"

struct distillation_settings {
    const scalar *teacher; /* (rows, C) */
    const int *label;      /* or NULL: no hard part */
    scalar temperature, scale, soft_weight;
};

/* p and log p (rows, C) of the logits x / T; spare is a row of row sums. */
static void soften(const struct loss_view *view, const scalar *x, scalar T, scalar *p,
                   scalar *log_p, scalar *spare)
{
    const size_t rows = view->rows, C = view->columns;
    for (size_t n = 0; n < rows; n++) {
        scalar *u = log_p + n * C, largest;
        for (size_t k = 0; k < C; k++)
            u[k] = x[n * C + k] / T;
        largest = u[0];
        for (size_t k = 1; k < C; k++)
            largest = u[k] > largest ? u[k] : largest;
        for (size_t k = 0; k < C; k++)
            u[k] -= largest;
    }
    view->team->kernels->exponential(rows * C, p, log_p);
    for (size_t n = 0; n < rows; n++) {
        spare[n] = 0;
        for (size_t k = 0; k < C; k++)
            spare[n] += p[n * C + k];
        for (size_t k = 0; k < C; k++)
            p[n * C + k] /= spare[n];
    }
    view->team->kernels->logarithm(rows, spare, spare);
    for (size_t i = 0; i < rows * C; i++)
        log_p[i] -= spare[i / C];
}

/* The hard part: q and log q at temperature 1. */
static void mix_labels(const struct loss_view *view, const scalar *q, const scalar *log_q)
{
    const struct distillation_settings *settings = view->settings;
    const scalar w = settings->soft_weight;
    for (size_t n = 0; n < view->rows; n++) {
        const size_t at = n * view->columns, label = at + (size_t)settings->label[n];
        view->value[n] = w * view->value[n] + (1 - w) * -log_q[label];
        for (size_t i = at; i < at + view->columns; i++)
            view->slope[0][i] =
                w * view->slope[0][i] + (1 - w) * (q[i] - (scalar)(i == label ? 1 : 0));
    }
}

/* Spare: p, log p, q, log q, and a number a row. */
static void evaluate(const struct loss_view *view)
{
    const struct distillation_settings *settings = view->settings;
    const size_t n = view->rows * view->columns;
    scalar *p = view->spare, *log_p = p + n, *q = log_p + n, *log_q = q + n, *spare = log_q + n;
    const scalar T = settings->temperature, F = settings->scale;
    soften(view, settings->teacher, T, p, log_p, spare);
    soften(view, view->input[0], T, q, log_q, spare);
    for (size_t i = 0; i < n; i++) {
        view->slope[0][i] = F / T * (q[i] - p[i]);
        log_p[i] -= log_q[i];
    }
    team_row_products(view->team, view->rows, view->columns, p, log_p, view->value);
    for (size_t i = 0; i < view->rows; i++)
        view->value[i] *= F;
    if (settings->label == NULL)
        return;
    soften(view, view->input[0], 1, q, log_q, spare);
    mix_labels(view, q, log_q);
}

void distillation_loss_run(struct question *q)
{
    static const struct loss_form form = {.evaluate = evaluate,
                                          .shape = "[N]C",
                                          .per_sample = true,
                                          .spare = 5,
                                          .input = {"z"},
                                          .gradient = {"dz"}};
    static const char *const scales[] = {"squared", "none", NULL};
    static const char *const no_yes[] = {"no", "yes", NULL};
    question_input(q, "z", "[N]C"); /* binds the sizes that the teacher must fit */
    struct distillation_settings settings = {.teacher = question_input(q, "v", "[N]C"),
                                             .temperature = question_number_or(q, "temperature", 2),
                                             .soft_weight =
                                                 question_number_or(q, "soft_weight", (scalar)0.5)};
    const scalar T = settings.temperature, w = settings.soft_weight;
    if (!(T > 0))
        question_refuse(q, "its 'temperature' is %g; give more than 0", (double)T);
    if (!(w >= 0 && w <= 1))
        question_refuse(q, "its 'soft_weight' is %g; give 0 to 1", (double)w);
    settings.scale = question_choice(q, "scale", scales) == 1 ? 1 : T * T;
    const int last = (int)question_size(q, 'C') - 1;
    if (question_choice(q, "hard", no_yes) == 1)
        settings.label = question_integers(q, "labels", "[N]", 0, last);
    loss_run(q, &form, &settings);
}
