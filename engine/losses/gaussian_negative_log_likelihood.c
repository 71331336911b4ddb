// SPDX-License-Identifier: MIT
/* Gaussian negative log-likelihood; definition in
 * reference/losses/gaussian_negative_log_likelihood.h.
 *
 * How it is distributed: The samples are sharded, and elements are computed alone; loss.h says what
 * crosses the network and in which order it is added.
 */
#include "loss.h"

struct gaussian_settings {
    const scalar *target;
    scalar epsilon;
    bool full, cutting;
};

static const scalar HALF = (scalar)0.5, HALF_LOG_2_PI = (scalar)0.91893853320467274178;

/* Spare: the variances that are used, and their logarithms. */
static void evaluate(const struct loss_view *view)
{
    const struct gaussian_settings *settings = view->settings;
    const scalar *y = view->input[0], *v = view->input[1], epsilon = settings->epsilon;
    const size_t n = view->rows * view->columns;
    scalar *w = view->spare, *log_w = w + n;
    for (size_t i = 0; i < n; i++)
        w[i] = v[i] - epsilon < 0 ? epsilon : v[i];
    view->team->kernels->logarithm(n, log_w, w);
    for (size_t i = 0; i < n; i++) {
        const scalar d = y[i] - settings->target[i], square = d * d;
        const bool cut = settings->cutting && v[i] - epsilon < 0;
        const scalar value = HALF * (log_w[i] + square / w[i]);
        view->value[i] = settings->full ? value + HALF_LOG_2_PI : value;
        view->slope[0][i] = d / w[i];
        view->slope[1][i] = cut ? 0 : HALF * (1 / w[i] - square / w[i] / w[i]);
    }
}

void gaussian_negative_log_likelihood_run(struct question *q)
{
    static const struct loss_form form = {.evaluate = evaluate,
                                          .shape = "[N]K",
                                          .spare = 2,
                                          .input = {"y", "v"},
                                          .gradient = {"dy", "dv"}};
    static const char *const no_yes[] = {"no", "yes", NULL};
    static const char *const clamps[] = {"passing", "cutting", NULL};
    struct gaussian_settings settings = {.target = question_input(q, "t", "[N]K"),
                                         .epsilon = question_number_or(q, "epsilon", (scalar)1e-6),
                                         .full = question_choice(q, "full", no_yes) == 1,
                                         .cutting = question_choice(q, "clamp", clamps) == 1};
    if (!(settings.epsilon > 0))
        question_refuse(q, "its 'epsilon' is %g; give more than 0", (double)settings.epsilon);
    const scalar *v = question_input(q, "v", "NK"); /* the same on every rank */
    for (size_t i = 0; i < question_size(q, 'N') * question_size(q, 'K'); i++)
        if (!(v[i] >= 0))
            question_refuse(q, "element %zu of 'v' is %g; give at least 0", i, (double)v[i]);
    loss_run(q, &form, &settings);
}
