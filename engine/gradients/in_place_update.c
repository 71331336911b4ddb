// SPDX-License-Identifier: MIT
/* In-place update; definition in reference/gradients/in_place_update.h.
 *
 * How it is distributed: the rows are sharded; each element is computed alone. The slope is taken
 * before the value is overwritten.
 */
#include "../techniques.h"

void in_place_update_run(struct question *q)
{
    static const char *const functions[] = {"tanh", "square", NULL};
    const bool square = question_choice(q, "function", functions) == 1;
    const scalar factor = question_number(q, "factor"), shift = question_number_or(q, "shift", 0);
    const scalar *x = question_input(q, "x", "[N]C"), *dy = question_input(q, "dy", "[N]C");
    const size_t count = question_part(q, 'N') * question_size(q, 'C');
    scalar *y = question_output(q, "y", "[N]C"), *dx = question_output(q, "dx", "[N]C");
    if (!square)
        question_team(q)->kernels->hyperbolic_tangent(count, y, x);
    for (size_t i = 0; i < count; i++) {
        y[i] = square ? x[i] * x[i] : y[i];
        dx[i] = dy[i] * factor * (square ? 2 * x[i] : 1 - y[i] * y[i]);
        y[i] = factor * y[i] + shift;
    }
}
