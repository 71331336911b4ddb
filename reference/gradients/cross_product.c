// SPDX-License-Identifier: MIT
#include "cross_product.h"

void cross_product_of(real *y, const real *a, const real *b, size_t N)
{
    for (size_t i = 0; i < 3 * N; i++) {
        size_t n = i / 3 * 3, j = n + (i % 3 + 1) % 3, k = n + (i % 3 + 2) % 3;
        y[i] = a[j] * b[k] - a[k] * b[j];
    }
}

void cross_product_answer(struct call *call)
{
    const real *a = call_input(call, "a", "NV"), *b = call_input(call, "b", "NV");
    const real *dy = call_input(call, "dy", "NV");
    size_t N = call_size(call, 'N');
    if (call_size(call, 'V') != 3)
        call_fail(call, "input 'a' must have vectors of 3 components");
    cross_product_of(call_output(call, "y", "NV"), a, b, N);
    cross_product_of(call_output(call, "da", "NV"), b, dy, N);
    cross_product_of(call_output(call, "db", "NV"), dy, a, N);
}
