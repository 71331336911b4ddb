// SPDX-License-Identifier: MIT
/* Log-cosh loss; definition in reference/losses/log_cosh.h.
 *
 * How it is distributed: The samples are sharded, and elements are computed alone; loss.h says what
 * crosses the network and in which order it is added.
 */
#include "loss.h"

/* Spare: |d|, and what the logarithm is taken of, for small and large errors alike. */
static void evaluate(const struct loss_view *view)
{
    const struct kernels *kernels = view->team->kernels;
    const scalar *y = view->input[0], *t = view->settings, log_2 = (scalar)0.6931471805599453;
    const size_t n = view->rows * view->columns;
    scalar *size = view->spare, *up = size + n, *down = up + n;
    for (size_t i = 0; i < n; i++) {
        view->slope[0][i] = y[i] - t[i];
        size[i] = scalar_absolute(view->slope[0][i]);
        const bool near = size[i] <= 1;
        up[i] = near ? size[i] : 0;
        down[i] = near ? -size[i] : 0;
        view->value[i] = near ? 0 : -2 * size[i];
    }
    kernels->hyperbolic_tangent(n, view->slope[0], view->slope[0]);
    kernels->exponential_minus_one(n, up, up);
    kernels->exponential_minus_one(n, down, down);
    kernels->exponential(n, view->value, view->value);
    for (size_t i = 0; i < n; i++)
        if (size[i] <= 1)
            view->value[i] = (scalar)0.5 * up[i] * -down[i];
    kernels->logarithm_one_plus(n, view->value, view->value);
    for (size_t i = 0; i < n; i++)
        if (!(size[i] <= 1))
            view->value[i] = size[i] + (view->value[i] - log_2);
}

void log_cosh_run(struct question *q)
{
    static const struct loss_form form = {
        .evaluate = evaluate, .shape = "[N]K", .spare = 3, .input = {"y"}, .gradient = {"dy"}};
    loss_run(q, &form, question_input(q, "t", "[N]K"));
}
