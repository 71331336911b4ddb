// SPDX-License-Identifier: MIT
/* Straight-through estimator; definition in reference/gradients/straight_through_estimator.h.
 *
 * How it is distributed: the rows are sharded; each element is computed alone.
 */
#include "../techniques.h"

void straight_through_estimator_run(struct question *q)
{
    static const char *const backward[] = {"clipped", "identity", NULL};
    const bool identity = question_choice(q, "backward", backward) == 1;
    const scalar clip = question_number_or(q, "clip", 1);
    if (!(clip > 0))
        question_refuse(q, "its number 'clip' must be above 0");
    const scalar *x = question_input(q, "x", "[N]C"), *dy = question_input(q, "dy", "[N]C");
    const size_t count = question_part(q, 'N') * question_size(q, 'C');
    scalar *y = question_output(q, "y", "[N]C");
    scalar *gradient = question_output(q, "gradient_x", "[N]C");
    for (size_t i = 0; i < count; i++) {
        y[i] = x[i] < 0 ? -1 : 1;
        gradient[i] = identity || scalar_absolute(x[i]) <= clip ? dy[i] : 0;
    }
}
