// SPDX-License-Identifier: MIT
/* Step; definition in reference/activations/step.h.
 *
 * How it is distributed: the samples are sharded. Each element is computed alone; nothing crosses
 * the network, nothing is added and nothing is rounded. It has no gradient, so it is no operation
 * of the tape.
 */
#include "activation.h"

void step_run(struct question *q)
{
    static const char *const outputs[] = {"binary", "bipolar", NULL};
    static const char *const at[] = {"high", "low", "mean", NULL};
    const scalar *x = question_input(q, "x", "[N]C"),
                 threshold = question_number_or(q, "threshold", 0);
    const scalar low = question_choice(q, "output", outputs) == 1 ? -1 : 0;
    const scalar levels[] = {1, low, (low + 1) / 2};
    const scalar middle = levels[question_choice(q, "at_threshold", at)];
    scalar *y = question_output(q, "y", "[N]C");
    for (size_t i = 0, n = question_part(q, 'N') * question_size(q, 'C'); i < n; i++) {
        scalar right = x[i] == threshold ? middle : 1;
        y[i] = x[i] < threshold ? low : right;
    }
}
