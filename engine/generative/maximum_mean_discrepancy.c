// SPDX-License-Identifier: MIT
/* Maximum mean discrepancy; definition in reference/generative/maximum_mean_discrepancy.h.
 *
 * How it is distributed: every rank holds all samples and compares those that it owns with all.
 * Three numbers cross the network, the sums over pairs. Gradients stay with their samples.
 */
#include "../techniques.h"
#include "generative.h"

#include <stdlib.h>
#include <string.h>

static int ascending(const void *left, const void *right)
{
    const scalar a = *(const scalar *)left, b = *(const scalar *)right;
    return (a > b) - (a < b);
}

/* The median distance of the n points of `all` (n,D). */
static scalar median_distance(struct question *q, const scalar *all, size_t n, size_t D)
{
    const size_t pairs = n * (n - 1) / 2;
    scalar *gap = question_scratch(q, pairs * D), *far = question_scratch(q, pairs);
    size_t at = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++, at++)
            for (size_t d = 0; d < D; d++)
                gap[at * D + d] = all[i * D + d] - all[j * D + d];
    team_row_products(question_team(q), pairs, D, gap, gap, far);
    qsort(far, pairs, sizeof *far, ascending);
    return (scalar_sqrt(far[(pairs - 1) / 2]) + scalar_sqrt(far[pairs / 2])) / 2;
}

static void read_gaussian(struct question *q, struct pair_kernel *kernel, const scalar *x,
                          const scalar *y)
{
    static const char *const combinations[] = {"sum", "mean", NULL};
    static const char *const scales[] = {"given", "median", NULL};
    const bool median = question_choice(q, "scale", scales) == 1;
    const bool mean = question_choice(q, "combination", combinations) == 1;
    const scalar *bandwidth = question_input(q, "bandwidth", "W");
    const size_t W = kernel->W = question_size(q, 'W'), D = kernel->D;
    const size_t N = question_size(q, 'N'), M = question_size(q, 'M');
    scalar *sigma = question_output(q, "sigma", "W"), scale = 1;
    if (W == 0)
        question_refuse(q, "its input 'bandwidth' is empty");
    if (median && question_has(q, "dmmd"))
        question_refuse(
            q, "its convention 'scale' is a median, which has no gradient; leave out 'dmmd'");
    if (median) {
        scalar *all = question_scratch(q, (N + M) * D);
        memcpy(all, x, N * D * sizeof *all);
        memcpy(all + N * D, y, M * D * sizeof *all);
        scale = median_distance(q, all, N + M, D);
    }
    if (!(scale > 0))
        question_refuse(q, "its convention 'scale' is a median distance of 0");
    for (size_t w = 0; w < W; w++) {
        if (!(bandwidth[w] > 0))
            question_refuse(q, "its input 'bandwidth' must be above 0");
        sigma[w] = bandwidth[w] * scale;
    }
    kernel->sigma = sigma;
    kernel->divisor = mean ? (scalar)W : 1;
}

void maximum_mean_discrepancy_run(struct question *q)
{
    static const char *const estimates[] = {"biased", "unbiased", NULL};
    static const char *const kernels[] = {"gaussian", "polynomial", NULL};
    const bool unbiased = question_choice(q, "estimate", estimates) == 1;
    const bool polynomial = question_choice(q, "kernel", kernels) == 1;
    const scalar *mine = question_input(q, "x", "[N]D"), *x = question_input(q, "x", "ND");
    const size_t N = question_size(q, 'N'), D = question_size(q, 'D');
    if (D == 0 || N < (unbiased ? 2 : 1))
        question_refuse(q, "its input 'x' has too few samples for its 'estimate'");
    const scalar *other = question_input(q, "y", "[M]D"), *y = question_input(q, "y", "MD");
    const size_t M = question_size(q, 'M');
    if (M < (unbiased ? 2 : 1))
        question_refuse(q, "its input 'y' has too few samples for its 'estimate'");
    struct pair_kernel kernel = {.kind = polynomial ? PAIR_POLYNOMIAL : PAIR_GAUSSIAN, .D = D};
    if (!polynomial)
        read_gaussian(q, &kernel, x, y);
    kernel.gamma = question_number_or(q, "gamma", 1 / (scalar)D);
    kernel.offset = question_number_or(q, "offset", 1);
    kernel.degree = question_count_or(q, "degree", 3, 1, 16);
    const scalar over_xx = (scalar)(N * (unbiased ? N - 1 : N)), over_xy = (scalar)(N * M);
    const scalar over_yy = (scalar)(M * (unbiased ? M - 1 : M));
    scalar *mmd = question_output(q, "mmd", ""), *xx = question_output(q, "xx", "");
    scalar *yy = question_output(q, "yy", ""), *xy = question_output(q, "xy", "");
    *xx = pair_sum(q, &kernel, 'N', mine, x, N, unbiased) / over_xx;
    *yy = pair_sum(q, &kernel, 'M', other, y, M, unbiased) / over_yy;
    *xy = pair_sum(q, &kernel, 'N', mine, y, M, false) / over_xy;
    *mmd = *xx + *yy - 2 * *xy;
    if (!question_has(q, "dmmd"))
        return;
    const scalar dmmd = *question_input(q, "dmmd", "");
    scalar *dx = question_output(q, "dx", "[N]D");
    scalar *own = question_scratch(q, D), *across = question_scratch(q, D);
    for (size_t n = 0; n < question_part(q, 'N'); n++) {
        pair_gradient(q, &kernel, own, mine + n * D, x, N,
                      unbiased ? question_first(q, 'N') + n : N);
        pair_gradient(q, &kernel, across, mine + n * D, y, M, M);
        for (size_t d = 0; d < D; d++)
            dx[n * D + d] = dmmd * (2 / over_xx * own[d] - 2 / over_xy * across[d]);
    }
}
