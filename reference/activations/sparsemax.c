// SPDX-License-Identifier: MIT
#include "sparsemax.h"

void sparsemax_forward(real *y, const real *x, size_t C, real *order, real *distance)
{
    real largest = x[0], threshold = 0;
    for (size_t k = 1; k < C; k++)
        largest = x[k] > largest ? x[k] : largest;
    for (size_t k = 0; k < C; k++) {
        real s = x[k] - largest;
        size_t at = k;
        y[k] = s;
        for (; at > 0 && order[at - 1] < s; at--)
            order[at] = order[at - 1];
        order[at] = s;
    }
    for (size_t k = 0; k < C; k++) {
        real c = sum_features(k + 1, order, 1);
        distance[k] = 1 + real_count(k + 1) * order[k] - c;
        if (distance[k] > 0)
            threshold = (c - 1) / real_count(k + 1);
    }
    for (size_t k = 0; k < C; k++)
        y[k] = y[k] > threshold ? y[k] - threshold : 0;
}

void sparsemax_backward(real *dx, const real *dy, const real *y, size_t C, real *inside)
{
    size_t count = 0;
    for (size_t k = 0; k < C; k++)
        if (y[k] > 0)
            inside[count++] = dy[k];
    real mean = sum_features(count, inside, 1) / real_count(count);
    for (size_t k = 0; k < C; k++)
        dx[k] = y[k] > 0 ? dy[k] - mean : 0;
}

void sparsemax_answer(struct call *call)
{
    const real *x = call_input(call, "x", "NC");
    size_t N = call_size(call, 'N'), C = call_size(call, 'C');
    if (C == 0)
        call_fail(call, "input 'x' has no classes");
    real *y = call_output(call, "y", "NC"), *distance = call_scratch(call, C);
    real *scratch = call_scratch(call, C);
    for (size_t i = 0; i < N * C; i += C) {
        sparsemax_forward(&y[i], &x[i], C, scratch, distance);
        call_decisions(call, C, distance);
    }
    if (!call_has(call, "dy"))
        return;
    const real *dy = call_input(call, "dy", "NC");
    real *dx = call_output(call, "dx", "NC");
    for (size_t i = 0; i < N * C; i += C)
        sparsemax_backward(&dx[i], &dy[i], &y[i], C, scratch);
}
