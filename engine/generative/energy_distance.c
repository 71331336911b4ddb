// SPDX-License-Identifier: MIT
/* Energy distance; definition in reference/generative/energy_distance.h.
 *
 * How it is distributed: every rank holds all samples and measures those that it owns against all.
 * Three numbers cross the network, the sums of distances. Gradients stay with their samples.
 */
#include "../techniques.h"
#include "generative.h"

void energy_distance_run(struct question *q)
{
    static const char *const estimates[] = {"biased", "unbiased", NULL};
    static const char *const roots[] = {"no", "yes", NULL};
    const bool unbiased = question_choice(q, "estimate", estimates) == 1;
    const bool rooted = question_choice(q, "root", roots) == 1;
    const scalar *mine = question_input(q, "x", "[N]D"), *x = question_input(q, "x", "ND");
    const size_t N = question_size(q, 'N'), D = question_size(q, 'D'), least = unbiased ? 2 : 1;
    if (D == 0 || N < least)
        question_refuse(q, "its input 'x' has fewer than the %zu samples of its 'estimate'", least);
    const scalar *other = question_input(q, "y", "[M]D"), *y = question_input(q, "y", "MD");
    const size_t M = question_size(q, 'M');
    if (M < least)
        question_refuse(q, "its input 'y' has fewer than the %zu samples of its 'estimate'", least);
    const struct pair_kernel kernel = {.kind = PAIR_DISTANCE, .D = D};
    const scalar over_xx = (scalar)(N * (unbiased ? N - 1 : N)), over_xy = (scalar)(N * M);
    const scalar over_yy = (scalar)(M * (unbiased ? M - 1 : M));
    scalar *energy = question_output(q, "energy", ""), *xx = question_output(q, "xx", "");
    scalar *yy = question_output(q, "yy", ""), *xy = question_output(q, "xy", "");
    *xx = -(pair_sum(q, &kernel, 'N', mine, x, N, unbiased) / over_xx);
    *yy = -(pair_sum(q, &kernel, 'M', other, y, M, unbiased) / over_yy);
    *xy = -(pair_sum(q, &kernel, 'N', mine, y, M, false) / over_xy);
    *energy = 2 * *xy - *xx - *yy;
    if (rooted)
        *energy = *energy > 0 ? scalar_sqrt(*energy) : 0;
    if (!question_has(q, "denergy"))
        return;
    scalar up = *question_input(q, "denergy", "");
    if (rooted)
        up = *energy > 0 ? up / (2 * *energy) : 0;
    scalar *dx = question_output(q, "dx", "[N]D");
    scalar *within = question_scratch(q, D), *across = question_scratch(q, D);
    for (size_t n = 0; n < question_part(q, 'N'); n++) {
        const scalar *a = mine + n * D;
        pair_gradient(q, &kernel, within, a, x, N, unbiased ? question_first(q, 'N') + n : N);
        pair_gradient(q, &kernel, across, a, y, M, M);
        for (size_t d = 0; d < D; d++)
            dx[n * D + d] = (2 / over_xx * within[d] - 2 / over_xy * across[d]) * up;
    }
}
