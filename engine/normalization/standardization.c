// SPDX-License-Identifier: MIT
/* Standardization; definition in reference/normalization/standardization.h.
 *
 * How it is distributed: the samples are sharded, of x and of x_new each. Per feature, the sum and
 * then the sum of squares about the mean cross the network: each a chain over the samples of a
 * canonical block, then the fixed tree over the blocks. Largest and smallest values, which tell
 * constant columns, cross it too. Scaling needs nothing from other ranks.
 */
#include "../techniques.h"

#include <math.h>
#include <string.h>

/* mean (D); rows are this rank's samples. */
static void find_mean(struct question *q, scalar *mean, const scalar *x)
{
    size_t N = question_size(q, 'N'), D = question_size(q, 'D');
    struct reduction *sum = question_sum(q, 'N', D);
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        struct piece piece = reduction_piece(sum, i);
        scalar *leaf = reduction_leaf(sum);
        for (size_t n = piece.first; n < piece.first + piece.count; n++)
            for (size_t d = 0; d < D; d++)
                leaf[d] += x[n * D + d];
        reduction_push(sum);
    }
    reduction_finish(sum, mean);
    for (size_t d = 0; d < D; d++)
        mean[d] /= (scalar)N;
}

/* deviation (D) from x - mean, which overwrites x. */
static void find_deviation(struct question *q, scalar *deviation, scalar *x, const scalar *mean,
                           size_t ddof)
{
    size_t N = question_size(q, 'N'), D = question_size(q, 'D');
    const struct team *team = question_team(q);
    struct reduction *sum = question_sum(q, 'N', D);
    for (size_t i = 0; i < question_part(q, 'N') * D; i++)
        x[i] = x[i] - mean[i % D];
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        struct piece piece = reduction_piece(sum, i);
        scalar *leaf = reduction_leaf(sum);
        for (size_t n = piece.first; n < piece.first + piece.count; n++)
            team->kernels->multiply_add(D, leaf, x + n * D, x + n * D);
        reduction_push(sum);
    }
    reduction_finish(sum, deviation);
    for (size_t d = 0; d < D; d++)
        deviation[d] = scalar_sqrt(deviation[d] / (scalar)(N - ddof));
}

/* range (2 D): the largest values and the negated smallest ones, over all ranks. */
static scalar *find_range(struct question *q, const scalar *x)
{
    size_t D = question_size(q, 'D');
    scalar *range = question_scratch(q, 2 * D);
    for (size_t d = 0; d < 2 * D; d++)
        range[d] = -(scalar)INFINITY;
    for (size_t i = 0; i < question_part(q, 'N') * D; i++) {
        scalar *largest = &range[i % D], *negated = &range[D + i % D];
        *largest = x[i] > *largest ? x[i] : *largest;
        *negated = -x[i] > *negated ? -x[i] : *negated;
    }
    reduce_largest(question_team(q), range, 2 * D);
    return range;
}

static void scale(scalar *z, const scalar *x, const scalar *mean, const scalar *deviation,
                  size_t rows, size_t D)
{
    for (size_t n = 0; n < rows; n++)
        for (size_t d = 0; d < D; d++)
            z[n * D + d] = (x[n * D + d] - mean[d]) / (deviation[d] == 0 ? 1 : deviation[d]);
}

void standardization_run(struct question *q)
{
    static const char *const deviations[] = {"population", "sample", NULL};
    const scalar *x = question_input(q, "x", "[N]D");
    size_t rows = question_part(q, 'N'), N = question_size(q, 'N'), D = question_size(q, 'D');
    const size_t ddof = question_choice(q, "deviation", deviations) == 1;
    if (N <= ddof)
        question_refuse(
            q, "its input 'x' has %zu samples; its convention 'deviation' needs at least %zu", N,
            ddof + 1);
    scalar *mean = question_output(q, "mean", "D");
    scalar *deviation = question_output(q, "standard_deviation", "D");
    scalar *centred = question_scratch(q, rows * D);
    const scalar *range = find_range(q, x);
    find_mean(q, mean, x);
    memcpy(centred, x, rows * D * sizeof *x);
    find_deviation(q, deviation, centred, mean, ddof);
    for (size_t d = 0; d < D; d++)
        if (range[d] == -range[D + d]) { /* a constant column */
            mean[d] = range[d];
            deviation[d] = 0;
        }
    scale(question_output(q, "z", "[N]D"), x, mean, deviation, rows, D);
    if (!question_has(q, "x_new"))
        return;
    const scalar *x_new = question_input(q, "x_new", "[M]D");
    scale(question_output(q, "z_new", "[M]D"), x_new, mean, deviation, question_part(q, 'M'), D);
}
