// SPDX-License-Identifier: MIT
/* Cross product; definition in reference/gradients/cross_product.h.
 *
 * How it is distributed: the vectors are sharded, each whole on its rank. Nothing crosses the
 * network.
 */
#include "../techniques.h"

static void cross(size_t rows, const scalar *a, const scalar *b, scalar *y)
{
    for (; rows-- > 0; a += 3, b += 3, y += 3) {
        y[0] = a[1] * b[2] - a[2] * b[1];
        y[1] = a[2] * b[0] - a[0] * b[2];
        y[2] = a[0] * b[1] - a[1] * b[0];
    }
}

void cross_product_run(struct question *q)
{
    const scalar *a = question_input(q, "a", "[N]V"), *b = question_input(q, "b", "[N]V");
    const scalar *dy = question_input(q, "dy", "[N]V");
    if (question_size(q, 'V') != 3)
        question_refuse(q, "its input 'a' must have vectors of 3 components");
    const size_t rows = question_part(q, 'N');
    cross(rows, a, b, question_output(q, "y", "[N]V"));
    cross(rows, b, dy, question_output(q, "da", "[N]V"));
    cross(rows, dy, a, question_output(q, "db", "[N]V"));
}
