// SPDX-License-Identifier: MIT
/* Elastic net; definition in reference/regularization/elastic_net.h.
 *
 * How it is distributed: the parameters are sharded in canonical blocks. Two numbers cross the
 * network together, the sum of the magnitudes and that of the squares: chains within each block,
 * then the fixed tree over the blocks.
 */
#include "penalty.h"

void elastic_net_run(struct question *q)
{
    static const char *const forms[] = {"separate", "ratio", NULL};
    scalar of_magnitudes, of_squares;
    if (question_choice(q, "form", forms) == 0) {
        of_magnitudes = penalty_strength(q, "l1");
        of_squares = penalty_strength(q, "l2");
    } else {
        const scalar lambda = penalty_strength(q, "lambda"), ratio = question_number(q, "ratio");
        if (!(ratio >= 0 && ratio <= 1))
            question_refuse(q, "its number 'ratio' is a share; give one from 0 to 1");
        of_magnitudes = lambda * ratio;
        of_squares = lambda * (1 - ratio) / 2;
    }
    const scalar dpenalty = penalty_upstream(q);
    const scalar *w = question_input(q, "w", "[P]");
    scalar *dw = question_output(q, "dw", "[P]");
    const scalar slope = 2 * of_squares;
    for (size_t p = 0; p < question_part(q, 'P'); p++)
        dw[p] = (of_magnitudes * penalty_sign(w[p], 0) + slope * w[p]) * dpenalty;
    const struct norms norms = penalty_norms(q, 'P', w);
    question_output(q, "penalty", "")[0] =
        of_magnitudes * norms.absolute + of_squares * norms.square;
}
