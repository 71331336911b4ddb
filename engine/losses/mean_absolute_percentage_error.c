// SPDX-License-Identifier: MIT
/* Mean absolute percentage error; definition in
 * reference/losses/mean_absolute_percentage_error.h.
 *
 * How it is distributed: the samples are sharded, and elements are computed alone; loss.h says what
 * crosses the network and in which order it is added.
 */
#include "loss.h"

struct percentage_settings {
    const scalar *target;
    scalar factor, epsilon;
    bool added;
};

static void evaluate(const struct loss_view *view)
{
    const struct percentage_settings *settings = view->settings;
    const scalar *y = view->input[0], epsilon = settings->epsilon, f = settings->factor;
    for (size_t i = 0; i < view->rows * view->columns; i++) {
        const scalar t = settings->target[i], size = scalar_absolute(t), d = y[i] - t;
        scalar m = size < epsilon ? epsilon : size;
        if (settings->added)
            m = size + epsilon;
        view->value[i] = f * scalar_absolute(d) / m;
        view->slope[0][i] = f * (scalar)((d > 0) - (d < 0)) / m;
    }
}

void mean_absolute_percentage_error_run(struct question *q)
{
    static const struct loss_form form = {
        .evaluate = evaluate, .shape = "[N]K", .input = {"y"}, .gradient = {"dy"}};
    static const char *const yes_no[] = {"yes", "no", NULL};
    static const char *const places[] = {"larger", "sum", NULL};
    struct percentage_settings settings = {
        .target = question_input(q, "t", "[N]K"),
        .factor = question_choice(q, "percent", yes_no) == 1 ? 1 : 100,
        .epsilon = question_number_or(q, "epsilon", (scalar)1e-7),
        .added = question_choice(q, "epsilon_place", places) == 1};
    if (!(settings.epsilon > 0))
        question_refuse(q, "its 'epsilon' is %g; give more than 0", (double)settings.epsilon);
    loss_run(q, &form, &settings);
}
