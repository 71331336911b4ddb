// SPDX-License-Identifier: MIT
/* Product of rows; definition in reference/gradients/product.h.
 *
 * How it is distributed: the rows are sharded, each whole on its rank. dx holds the products of
 * what stands before, until those of what stands after come along.
 */
#include "../techniques.h"

void product_run(struct question *q)
{
    const scalar *x = question_input(q, "x", "[N]C"), *dy = question_input(q, "dy", "[N]");
    const size_t rows = question_part(q, 'N'), C = question_size(q, 'C');
    scalar *y = question_output(q, "y", "[N]"), *dx = question_output(q, "dx", "[N]C");
    for (size_t n = 0; n < rows; n++) {
        scalar before = 1, after = 1;
        for (size_t c = 0; c < C; c++) {
            dx[n * C + c] = before;
            before *= x[n * C + c];
        }
        y[n] = before;
        for (size_t c = C; c-- > 0;) {
            dx[n * C + c] = dy[n] * (dx[n * C + c] * after);
            after *= x[n * C + c];
        }
    }
}
