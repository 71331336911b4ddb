// SPDX-License-Identifier: MIT
#include "dense_layer.h"

void dense_layer_forward(real *y, const real *x, const real *w, const real *b, size_t N, size_t I,
                         size_t O)
{
    for (size_t n = 0; n < N; n++) {
        for (size_t o = 0; o < O; o++)
            y[n * O + o] = sum_products(b[o], I, &x[n * I], 1, &w[o], O);
    }
}

void dense_layer_backward(real *dx, real *dw, real *db, const real *dy, const real *x,
                          const real *w, size_t N, size_t I, size_t O, size_t block)
{
    for (size_t n = 0; dx && n < N; n++) {
        for (size_t i = 0; i < I; i++)
            dx[n * I + i] = sum_products(R(0.0), O, &dy[n * O], 1, &w[i * O], 1);
    }
    for (size_t i = 0; dw && i < I; i++) {
        for (size_t o = 0; o < O; o++)
            dw[i * O + o] = sum_sample_products(N, block, &x[i], I, &dy[o], O);
    }
    for (size_t o = 0; db && o < O; o++)
        db[o] = sum_samples(N, block, &dy[o], O);
}

void dense_layer_answer(struct call *call)
{
    const real *x = call_input(call, "x", "NI");
    const real *w = call_input(call, "w", "IO");
    size_t N = call_size(call, 'N'), I = call_size(call, 'I'), O = call_size(call, 'O');
    const real *b = call_has(call, "b") ? call_input(call, "b", "O") : call_scratch(call, O);
    dense_layer_forward(call_output(call, "y", "NO"), x, w, b, N, I, O);
    if (!call_has(call, "dy"))
        return;
    const real *dy = call_input(call, "dy", "NO");
    real *dx = call_output(call, "dx", "NI");
    real *dw = call_output(call, "dw", "IO");
    real *db = call_output(call, "db", "O");
    dense_layer_backward(dx, dw, db, dy, x, w, N, I, O, call_block(call));
}
