// SPDX-License-Identifier: MIT
/* L1 penalty; definition in reference/regularization/l1_penalty.h.
 *
 * How it is distributed: the parameters are sharded in canonical blocks. One number crosses the
 * network, the sum of the magnitudes: a chain within each block, then the fixed tree over the
 * blocks. The gradient needs nothing from other ranks.
 */
#include "penalty.h"

void l1_penalty_run(struct question *q)
{
    const scalar samples = penalty_samples(q);
    const scalar factor = penalty_strength(q, "lambda") / samples;
    const scalar at_zero = question_number_or(q, "slope_at_zero", 0);
    if (!(scalar_absolute(at_zero) <= 1))
        question_refuse(q, "its number 'slope_at_zero' is no subgradient of |w|; give -1 to 1");
    const scalar dpenalty = penalty_upstream(q);
    const scalar *w = question_input(q, "w", "[P]");
    scalar *dw = question_output(q, "dw", "[P]");
    for (size_t p = 0; p < question_part(q, 'P'); p++)
        dw[p] = factor * penalty_sign(w[p], at_zero) * dpenalty;
    question_output(q, "penalty", "")[0] = factor * penalty_norms(q, 'P', w).absolute;
}
