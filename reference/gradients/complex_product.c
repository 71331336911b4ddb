// SPDX-License-Identifier: MIT
#include "complex_product.h"

void complex_product_of(real *y, const real *a, const real *b, int conjugate, size_t n)
{
    for (size_t i = 0; i < 2 * n; i += 2) {
        real imaginary = conjugate ? -b[i + 1] : b[i + 1];
        y[i] = a[i] * b[i] - a[i + 1] * imaginary;
        y[i + 1] = a[i] * imaginary + a[i + 1] * b[i];
    }
}

void complex_product_answer(struct call *call)
{
    const real *a = call_input(call, "a", "NCZ"), *b = call_input(call, "b", "NCZ");
    const real *dy = call_input(call, "dy", "NCZ");
    size_t n = call_size(call, 'N') * call_size(call, 'C');
    if (call_size(call, 'Z') != 2)
        call_fail(call, "input 'a' must have a last axis of 2: real and imaginary part");
    complex_product_of(call_output(call, "y", "NCZ"), a, b, 0, n);
    complex_product_of(call_output(call, "da", "NCZ"), dy, b, 1, n);
    complex_product_of(call_output(call, "db", "NCZ"), dy, a, 1, n);
}
