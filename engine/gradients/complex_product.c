// SPDX-License-Identifier: MIT
/* Complex product; definition in reference/gradients/complex_product.h.
 *
 * How it is distributed: the rows are sharded; each number is computed alone.
 */
#include "../techniques.h"

void complex_product_run(struct question *q)
{
    const scalar *a = question_input(q, "a", "[N]CZ"), *b = question_input(q, "b", "[N]CZ");
    const scalar *dy = question_input(q, "dy", "[N]CZ");
    if (question_size(q, 'Z') != 2)
        question_refuse(q, "its input 'a' must have a last axis of 2: real and imaginary part");
    const size_t count = question_part(q, 'N') * question_size(q, 'C');
    scalar *y = question_output(q, "y", "[N]CZ"), *da = question_output(q, "da", "[N]CZ");
    scalar *db = question_output(q, "db", "[N]CZ");
    for (size_t r = 0, i = 1; r < 2 * count; r += 2, i += 2) {
        y[r] = a[r] * b[r] - a[i] * b[i];
        y[i] = a[r] * b[i] + a[i] * b[r];
        da[r] = dy[r] * b[r] + dy[i] * b[i];
        da[i] = dy[i] * b[r] - dy[r] * b[i];
        db[r] = dy[r] * a[r] + dy[i] * a[i];
        db[i] = dy[i] * a[r] - dy[r] * a[i];
    }
}
