// SPDX-License-Identifier: MIT
/* Cosine similarity; definition in reference/losses/cosine_similarity.h.
 *
 * How it is distributed: The samples are sharded, and a sample belongs to one rank; loss.h says
 * what crosses the network and in which order it is added.
 */
#include "loss.h"

struct cosine_settings {
    const int *label; /* or NULL: all alike */
    bool negative, each;
    scalar epsilon, margin;
};

/* Spare: x, s and r of every row. */
static void evaluate(const struct loss_view *view)
{
    const struct cosine_settings *settings = view->settings;
    const size_t rows = view->rows, D = view->columns;
    const scalar *a = view->input[0], *b = view->input[1], epsilon = settings->epsilon;
    scalar *x = view->spare, *s = x + rows, *r = s + rows;
    team_row_products(view->team, rows, D, a, b, x);
    team_row_products(view->team, rows, D, a, a, s);
    team_row_products(view->team, rows, D, b, b, r);
    for (size_t n = 0; n < rows; n++) {
        const scalar A = scalar_sqrt(s[n]), B = scalar_sqrt(r[n]);
        const bool low_a = (settings->each ? A : A * B) - epsilon < 0;
        const bool low_b = settings->each ? B - epsilon < 0 : low_a;
        const scalar both = (low_a ? epsilon : A) * (low_b ? epsilon : B);
        const scalar m = settings->each ? both : low_a ? epsilon : A * B;
        const scalar c = x[n] / m, h = c - settings->margin;
        const bool alike = settings->label == NULL || settings->label[n] > 0;
        const scalar sign = alike ? -1 : h > 0 ? 1 : 0;
        const scalar by_a = low_a ? 0 : c / s[n], by_b = low_b ? 0 : c / r[n];
        view->value[n] = alike ? (settings->negative ? -c : 1 - c) : h > 0 ? h : 0;
        for (size_t i = n * D; i < (n + 1) * D; i++) {
            view->slope[0][i] = sign * (b[i] / m - by_a * a[i]);
            view->slope[1][i] = sign * (a[i] / m - by_b * b[i]);
        }
    }
}

/* All ranks look at all labels, so they find the same. */
static const int *read_labels(struct question *q)
{
    const int *all = question_integers(q, "t", "N", -1, 1);
    for (size_t n = 0; n < question_size(q, 'N'); n++)
        if (all[n] == 0)
            question_refuse(q, "element %zu of 't' is 0; give -1 or 1", n);
    return question_integers(q, "t", "[N]", -1, 1);
}

void cosine_similarity_run(struct question *q)
{
    static const struct loss_form form = {.evaluate = evaluate,
                                          .shape = "[N]D",
                                          .per_sample = true,
                                          .spare = 3,
                                          .input = {"a", "b"},
                                          .gradient = {"da", "db"}};
    static const char *const forms[] = {"one_minus", "negative", NULL};
    static const char *const places[] = {"product", "each", NULL};
    struct cosine_settings settings = {.negative = question_choice(q, "form", forms) == 1,
                                       .each = question_choice(q, "epsilon_place", places) == 1,
                                       .epsilon = question_number_or(q, "epsilon", (scalar)1e-8),
                                       .margin = question_number_or(q, "margin", 0)};
    if (question_has(q, "t"))
        settings.label = read_labels(q);
    if (!(settings.epsilon > 0))
        question_refuse(q, "its 'epsilon' is %g; give more than 0", (double)settings.epsilon);
    if (!(settings.margin >= -1 && settings.margin <= 1))
        question_refuse(q, "its 'margin' is %g; give -1 to 1", (double)settings.margin);
    loss_run(q, &form, &settings);
}
