// SPDX-License-Identifier: MIT
/* Huber loss, smooth L1 and pseudo-Huber; definition in reference/losses/huber.h.
 *
 * How it is distributed: The samples are sharded, and elements are computed alone; loss.h says what
 * crosses the network and in which order it is added.
 */
#include "loss.h"

struct huber_settings {
    const scalar *target;
    scalar width; /* delta or beta */
};

static const scalar HALF = (scalar)0.5;

static void evaluate_huber(const struct loss_view *view)
{
    const struct huber_settings *settings = view->settings;
    const scalar delta = settings->width, *y = view->input[0];
    for (size_t i = 0; i < view->rows * view->columns; i++) {
        const scalar d = y[i] - settings->target[i], size = scalar_absolute(d);
        const bool inside = size <= delta;
        view->value[i] = inside ? HALF * d * d : delta * (size - HALF * delta);
        view->slope[0][i] = inside ? d : d < 0 ? -delta : delta;
    }
}

static void evaluate_smooth_l1(const struct loss_view *view)
{
    const struct huber_settings *settings = view->settings;
    const scalar beta = settings->width, *y = view->input[0];
    for (size_t i = 0; i < view->rows * view->columns; i++) {
        const scalar d = y[i] - settings->target[i], size = scalar_absolute(d);
        const bool inside = size < beta;
        view->value[i] = inside ? HALF * d * d / beta : size - HALF * beta;
        view->slope[0][i] = inside ? d / beta : (scalar)((d > 0) - (d < 0));
    }
}

static void evaluate_pseudo_huber(const struct loss_view *view)
{
    const struct huber_settings *settings = view->settings;
    const scalar *y = view->input[0];
    for (size_t i = 0; i < view->rows * view->columns; i++) {
        const scalar d = y[i] - settings->target[i], u = d / settings->width;
        const scalar root = scalar_sqrt(1 + u * u);
        view->value[i] = d * (d / (1 + root));
        view->slope[0][i] = d / root;
    }
}

void huber_run(struct question *q)
{
    static const char *const names[] = {"huber", "smooth_l1", "pseudo_huber", NULL};
    static const struct loss_form forms[] = {
        {.evaluate = evaluate_huber, .shape = "[N]K", .input = {"y"}, .gradient = {"dy"}},
        {.evaluate = evaluate_smooth_l1, .shape = "[N]K", .input = {"y"}, .gradient = {"dy"}},
        {.evaluate = evaluate_pseudo_huber, .shape = "[N]K", .input = {"y"}, .gradient = {"dy"}}};
    const int form = question_choice(q, "form", names);
    const bool smooth = form == 1;
    struct huber_settings settings = {.target = question_input(q, "t", "[N]K"),
                                      .width = question_number_or(q, smooth ? "beta" : "delta", 1)};
    if (!(settings.width > 0 || (smooth && settings.width == 0)))
        question_refuse(q, "its '%s' is %g; give more than 0", smooth ? "beta" : "delta",
                        (double)settings.width);
    loss_run(q, &forms[form], &settings);
}
