// SPDX-License-Identifier: MIT
/* Mean squared logarithmic error; definition in
 * reference/losses/mean_squared_logarithmic_error.h.
 *
 * How it is distributed: the samples are sharded, and elements are computed alone; loss.h says what
 * crosses the network and in which order it is added.
 */
#include "loss.h"

struct logarithmic_settings {
    const scalar *target;
    scalar epsilon;
    bool clip;
};

static scalar raised(const struct logarithmic_settings *settings, scalar x)
{
    return settings->clip && x - settings->epsilon < 0 ? settings->epsilon : x;
}

/* Spare: y that is used, and the logarithms of both. */
static void evaluate(const struct loss_view *view)
{
    const struct logarithmic_settings *settings = view->settings;
    const size_t n = view->rows * view->columns;
    const scalar *y = view->input[0];
    scalar *v = view->spare, *log_v = v + n, *log_u = log_v + n;
    for (size_t i = 0; i < n; i++) {
        v[i] = raised(settings, y[i]);
        log_u[i] = raised(settings, settings->target[i]);
    }
    view->team->kernels->logarithm_one_plus(n, log_v, v);
    view->team->kernels->logarithm_one_plus(n, log_u, log_u);
    for (size_t i = 0; i < n; i++) {
        const scalar l = log_v[i] - log_u[i];
        const bool cut = settings->clip && y[i] - settings->epsilon < 0;
        view->value[i] = l * l;
        view->slope[0][i] = cut ? 0 : 2 * l / (1 + v[i]);
    }
}

/* All ranks look at all samples, so they find the same. */
static void check(struct question *q, const struct logarithmic_settings *settings, const char *name)
{
    const scalar *x = question_input(q, name, "NK");
    for (size_t i = 0; i < question_size(q, 'N') * question_size(q, 'K'); i++)
        if (!(raised(settings, x[i]) > -1))
            question_refuse(q, "element %zu of '%s' is %g; give more than -1", i, name,
                            (double)x[i]);
}

void mean_squared_logarithmic_error_run(struct question *q)
{
    static const struct loss_form form = {
        .evaluate = evaluate, .shape = "[N]K", .spare = 3, .input = {"y"}, .gradient = {"dy"}};
    static const char *const no_yes[] = {"no", "yes", NULL};
    struct logarithmic_settings settings = {.target = question_input(q, "t", "[N]K"),
                                            .epsilon =
                                                question_number_or(q, "epsilon", (scalar)1e-7),
                                            .clip = question_choice(q, "clip", no_yes) == 1};
    if (!(settings.epsilon > 0))
        question_refuse(q, "its 'epsilon' is %g; give more than 0", (double)settings.epsilon);
    check(q, &settings, "y");
    check(q, &settings, "t");
    loss_run(q, &form, &settings);
}
