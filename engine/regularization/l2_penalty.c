// SPDX-License-Identifier: MIT
/* L2 penalty; definition in reference/regularization/l2_penalty.h.
 *
 * How it is distributed: the parameters are sharded in canonical blocks. One number for the weights
 * and one for the biases cross the network, the sums of squares: a chain within each block, then
 * the fixed tree over the blocks. The gradient needs nothing from other ranks.
 */
#include "penalty.h"

static void slopes(scalar *dw, const scalar *w, size_t count, scalar factor, scalar dpenalty)
{
    const scalar slope = 2 * factor;
    for (size_t p = 0; p < count; p++)
        dw[p] = slope * w[p] * dpenalty;
}

void l2_penalty_run(struct question *q)
{
    static const char *const no_yes[] = {"no", "yes", NULL};
    static const char *const biases[] = {"excluded", "included", NULL};
    const scalar samples = penalty_samples(q);
    const bool half = question_choice(q, "half", no_yes) == 1;
    const bool with_biases = question_choice(q, "biases", biases) == 1;
    const scalar factor = (half ? (scalar)0.5 : 1) * penalty_strength(q, "lambda") / samples;
    const scalar dpenalty = penalty_upstream(q);
    const scalar *w = question_input(q, "w", "[P]");
    scalar squares = penalty_norms(q, 'P', w).square;
    slopes(question_output(q, "dw", "[P]"), w, question_part(q, 'P'), factor, dpenalty);
    if (question_has(q, "b")) {
        const scalar *b = question_input(q, "b", "[Q]");
        scalar *db = question_output(q, "db", "[Q]");
        if (with_biases) {
            squares += penalty_norms(q, 'Q', b).square;
            slopes(db, b, question_part(q, 'Q'), factor, dpenalty);
        }
    }
    question_output(q, "penalty", "")[0] = factor * squares;
}
