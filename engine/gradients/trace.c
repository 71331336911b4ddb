// SPDX-License-Identifier: MIT
/* Trace; definition in reference/gradients/trace.h.
 *
 * How it is distributed: the matrices are sharded, each whole on its rank. Nothing crosses the
 * network.
 */
#include "../techniques.h"

void trace_run(struct question *q)
{
    const scalar *x = question_input(q, "x", "[N]RC"), *dy = question_input(q, "dy", "[N]");
    const size_t rows = question_part(q, 'N'), R = question_size(q, 'R'), C = question_size(q, 'C');
    const scalar offset = question_number_or(q, "offset", 0);
    if (!(offset > -(scalar)R && offset < (scalar)C) || offset != (scalar)(long)offset)
        question_refuse(q, "its number 'offset' must be a whole number that meets the matrix");
    scalar *y = question_output(q, "y", "[N]"), *dx = question_output(q, "dx", "[N]RC");
    for (size_t n = 0; n < rows; n++)
        for (size_t r = 0; r < R; r++) {
            const long c = (long)r + (long)offset;
            if (c < 0 || c >= (long)C)
                continue;
            y[n] += x[(n * R + r) * C + (size_t)c];
            dx[(n * R + r) * C + (size_t)c] = dy[n];
        }
}
