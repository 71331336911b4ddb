// SPDX-License-Identifier: MIT
/* A normal cloud; definition in reference/synthetic_data/gaussian_cloud.h.
 *
 * How it is distributed: the samples are sharded, the factor is found by every rank. Nothing
 * crosses the network.
 */
#include "../techniques.h"
#include "cholesky.h"

#include <string.h>

static void find_factor(struct question *q, scalar *factor, size_t D)
{
    if (question_has(q, "covariance")) {
        cholesky_factor(q, factor, question_input(q, "covariance", "DD"), D, "covariance");
        return;
    }
    if (!question_has(q, "deviation"))
        question_refuse(q, "it has neither the input 'covariance' nor a deviation");
    const scalar *deviation = question_input(q, "deviation", "D");
    for (size_t d = 0; d < D; d++) {
        factor[d * D + d] = deviation[d];
        if (!(deviation[d] >= 0))
            question_refuse(q, "its input 'deviation' is %g for feature %zu", (double)deviation[d],
                            d);
    }
}

void gaussian_cloud_run(struct question *q)
{
    static const char *const factors[] = {"lower", "deviates_first", NULL};
    const bool transposed = question_choice(q, "factor", factors) == 1;
    const scalar *z = question_input(q, "z", "[N]D"), *mean = question_input(q, "mean", "D");
    const size_t N = question_size(q, 'N'), D = question_size(q, 'D');
    if (N == 0 || D == 0)
        question_refuse(q, "its input 'z' is empty");
    scalar *x = question_output(q, "x", "[N]D"), *factor = question_output(q, "factor", "DD");
    scalar *distance = question_output(q, "distance", "[N]");
    const size_t rows = question_part(q, 'N');
    find_factor(q, factor, D);
    for (size_t n = 0; n < rows; n++)
        memcpy(x + n * D, mean, D * sizeof *x);
    /* The zeros of the triangle add nothing. */
    if (rows > 0)
        team_product(question_team(q), false, !transposed, rows, D, D, z, D, factor, D, x, D);
    team_row_products(question_team(q), rows, D, z, z, distance);
}
