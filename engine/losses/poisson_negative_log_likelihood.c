// SPDX-License-Identifier: MIT
/* Poisson negative log-likelihood; definition in
 * reference/losses/poisson_negative_log_likelihood.h.
 *
 * How it is distributed: The samples are sharded, and elements are computed alone; loss.h says what
 * crosses the network and in which order it is added.
 */
#include "loss.h"

struct poisson_settings {
    const int *count;
    bool full;
    scalar epsilon;
};

/* Spare: two arrays for the arguments of the logarithms of Stirling's formula. */
static void add_stirling(const struct loss_view *view)
{
    const struct poisson_settings *settings = view->settings;
    const scalar two_pi = (scalar)6.283185307179586476925;
    const size_t n = view->rows * view->columns;
    scalar *log_t = view->spare, *log_circle = log_t + n;
    for (size_t i = 0; i < n; i++) {
        const scalar t = settings->count[i] > 1 ? (scalar)settings->count[i] : 1;
        log_t[i] = t;
        log_circle[i] = two_pi * t;
    }
    view->team->kernels->logarithm(2 * n, log_t, log_t);
    for (size_t i = 0; i < n; i++) {
        const scalar t = (scalar)settings->count[i];
        if (settings->count[i] > 1)
            view->value[i] += t * log_t[i] - t + (scalar)0.5 * log_circle[i];
    }
}

static void evaluate_logarithms(const struct loss_view *view)
{
    const struct poisson_settings *settings = view->settings;
    const scalar *y = view->input[0];
    const size_t n = view->rows * view->columns;
    view->team->kernels->exponential(n, view->spare, y);
    for (size_t i = 0; i < n; i++) {
        const scalar t = (scalar)settings->count[i], rate = view->spare[i];
        view->value[i] = rate - t * y[i];
        view->slope[0][i] = rate - t;
    }
    if (settings->full)
        add_stirling(view);
}

static void evaluate_rates(const struct loss_view *view)
{
    const struct poisson_settings *settings = view->settings;
    const scalar *y = view->input[0];
    const size_t n = view->rows * view->columns;
    scalar *shifted = view->spare, *logarithm = shifted + n;
    for (size_t i = 0; i < n; i++)
        shifted[i] = y[i] + settings->epsilon;
    view->team->kernels->logarithm(n, logarithm, shifted);
    for (size_t i = 0; i < n; i++) {
        const scalar t = (scalar)settings->count[i];
        view->value[i] = y[i] - t * logarithm[i];
        view->slope[0][i] = 1 - t / shifted[i];
    }
    if (settings->full)
        add_stirling(view);
}

void poisson_negative_log_likelihood_run(struct question *q)
{
    static const struct loss_form forms[] = {{.evaluate = evaluate_logarithms,
                                              .shape = "[N]K",
                                              .spare = 2,
                                              .input = {"y"},
                                              .gradient = {"dy"}},
                                             {.evaluate = evaluate_rates,
                                              .shape = "[N]K",
                                              .spare = 2,
                                              .input = {"y"},
                                              .gradient = {"dy"}}};
    static const char *const inputs[] = {"logarithms", "rates", NULL};
    static const char *const no_yes[] = {"no", "yes", NULL};
    const int rates = question_choice(q, "input", inputs);
    const scalar *y = question_input(q, "y", "NK"); /* the same on every rank */
    struct poisson_settings settings = {.full = question_choice(q, "full", no_yes) == 1,
                                        .epsilon = question_number_or(q, "epsilon", (scalar)1e-8)};
    if (!(settings.epsilon >= 0))
        question_refuse(q, "its 'epsilon' is %g; give at least 0", (double)settings.epsilon);
    for (size_t i = 0; rates && i < question_size(q, 'N') * question_size(q, 'K'); i++)
        if (!(y[i] + settings.epsilon > 0))
            question_refuse(q, "element %zu of 'y' is %g; give rates above 0", i, (double)y[i]);
    settings.count = question_integers(q, "t", "[N]K", 0, 1 << 24);
    loss_run(q, &forms[rates], &settings);
}
