// SPDX-License-Identifier: MIT
#include "softmax.h"

void softmax_forward(real *y, const real *x, size_t N, size_t C)
{
    for (size_t n = 0; n < N; n++) {
        const real *x_c = &x[n * C];
        real *y_c = &y[n * C];
        real m = x_c[0];
        for (size_t k = 1; k < C; k++)
            m = x_c[k] > m ? x_c[k] : m;
        for (size_t k = 0; k < C; k++)
            y_c[k] = real_exp(x_c[k] - m);
        real s = sum_features(C, y_c, 1);
        for (size_t k = 0; k < C; k++)
            y_c[k] = y_c[k] / s;
    }
}

void softmax_backward(real *dx, const real *dy, const real *y, size_t N, size_t C)
{
    for (size_t n = 0; n < N; n++) {
        const real *y_c = &y[n * C], *dy_c = &dy[n * C];
        real mean = sum_products(R(0.0), C, dy_c, 1, y_c, 1);
        for (size_t k = 0; k < C; k++)
            dx[n * C + k] = y_c[k] * (dy_c[k] - mean);
    }
}

size_t softmax_masked_forward(real *y, const real *x, const int *mask, size_t N, size_t C,
                              real empty)
{
    size_t rows = 0;
    for (size_t i = 0; i < N * C; i += C) {
        real m = 0;
        int found = 0;
        for (size_t k = i; k < i + C; k++) {
            if (mask[k] && (!found || x[k] > m)) {
                m = x[k];
                found = 1;
            }
        }
        for (size_t k = i; k < i + C; k++)
            y[k] = mask[k] ? real_exp(x[k] - m) : 0;
        real s = sum_features(C, &y[i], 1);
        for (size_t k = i; k < i + C; k++)
            y[k] = found ? y[k] / s : empty;
        rows += found ? 0 : 1;
    }
    return rows;
}

void softmax_masked_backward(real *dx, const real *dy, const real *y, const int *mask, size_t N,
                             size_t C)
{
    softmax_backward(dx, dy, y, N, C);
    for (size_t i = 0; i < N * C; i++)
        dx[i] = mask[i] ? dx[i] : 0;
}

const int *softmax_mask(struct call *call, real *empty, int *refused)
{
    static const char *const options[] = {"zero", "uniform", "refused", NULL};
    int option = call_choice(call, "fully_masked", options);
    *empty = option == 1 ? 1 / real_count(call_size(call, 'C')) : 0;
    *refused = option == 2;
    return call_has(call, "mask") ? call_integers(call, "mask", "NC", 0, 1) : NULL;
}

void softmax_answer(struct call *call)
{
    const real *x = call_input(call, "x", "NC");
    size_t N = call_size(call, 'N'), C = call_size(call, 'C');
    if (C == 0)
        call_fail(call, "input 'x' has no classes");
    real empty;
    int refused;
    const int *mask = softmax_mask(call, &empty, &refused);
    real *y = call_output(call, "y", "NC");
    if (mask == NULL)
        softmax_forward(y, x, N, C);
    else if (softmax_masked_forward(y, x, mask, N, C, empty) > 0 && refused)
        call_fail(call, "input 'mask' keeps nothing of a row, and 'fully_masked' is refused");
    if (!call_has(call, "dy"))
        return;
    const real *dy = call_input(call, "dy", "NC");
    real *dx = call_output(call, "dx", "NC");
    if (mask == NULL)
        softmax_backward(dx, dy, y, N, C);
    else
        softmax_masked_backward(dx, dy, y, mask, N, C);
}
