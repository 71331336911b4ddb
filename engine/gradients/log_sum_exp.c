// SPDX-License-Identifier: MIT
/* Log-sum-exp; definition in reference/gradients/log_sum_exp.h.
 *
 * How it is distributed: the rows are sharded, each whole on its rank. Nothing crosses the network.
 */
#include "../techniques.h"

void log_sum_exp_run(struct question *q)
{
    const scalar empty = question_number_or(q, "empty", 0);
    const scalar *x = question_input(q, "x", "[N]C"), *dy = question_input(q, "dy", "[N]");
    const int *mask = question_integers(q, "mask", "[N]C", 0, 1);
    const size_t rows = question_part(q, 'N'), C = question_size(q, 'C');
    const struct kernels *kernels = question_team(q)->kernels;
    scalar *y = question_output(q, "y", "[N]"), *dx = question_output(q, "dx", "[N]C");
    for (size_t n = 0; n < rows; n++, x += C, mask += C, dx += C) {
        size_t best = C;
        scalar sum = 0;
        for (size_t c = 0; c < C; c++)
            if (mask[c] != 0 && (best == C || x[c] > x[best]))
                best = c;
        y[n] = empty;
        if (best == C)
            continue;
        for (size_t c = 0; c < C; c++)
            dx[c] = mask[c] != 0 ? x[c] - x[best] : 0;
        kernels->exponential(C, dx, dx);
        for (size_t c = 0; c < C; c++) {
            dx[c] = mask[c] != 0 ? dx[c] : 0;
            sum += dx[c];
        }
        scalar logarithm = sum;
        kernels->logarithm(1, &logarithm, &logarithm);
        y[n] = x[best] + logarithm;
        for (size_t c = 0; c < C; c++)
            dx[c] = dy[n] * dx[c] / sum;
    }
}
