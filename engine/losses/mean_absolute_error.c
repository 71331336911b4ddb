// SPDX-License-Identifier: MIT
/* Mean absolute error; definition in reference/losses/mean_absolute_error.h.
 *
 * How it is distributed: the samples are sharded, and elements are computed alone; loss.h says what
 * crosses the network and in which order it is added.
 */
#include "loss.h"

static void evaluate(const struct loss_view *view)
{
    const scalar *y = view->input[0], *t = view->settings;
    for (size_t i = 0; i < view->rows * view->columns; i++) {
        const scalar difference = y[i] - t[i];
        view->value[i] = scalar_absolute(difference);
        view->slope[0][i] = (scalar)((difference > 0) - (difference < 0));
    }
}

void mean_absolute_error_run(struct question *q)
{
    static const struct loss_form form = {
        .evaluate = evaluate, .shape = "[N]K", .input = {"y"}, .gradient = {"dy"}};
    loss_run(q, &form, question_input(q, "t", "[N]K"));
}
