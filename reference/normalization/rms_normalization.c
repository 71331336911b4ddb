// SPDX-License-Identifier: MIT
#include "rms_normalization.h"

static const real *read_weight(struct call *call, size_t C)
{
    static const char *const weights[] = {"plain", "one_plus", NULL};
    const real *w = channel_parameter(call, "w", C, R(1.0));
    int one_plus = call_choice(call, "weight", weights) == 1 && call_has(call, "w");
    real *g = call_scratch(call, C);
    for (size_t c = 0; c < C; c++)
        g[c] = one_plus ? 1 + w[c] : w[c];
    return g;
}

void rms_normalization_answer(struct call *call)
{
    const char *shape = call_rank(call, "x") == 3 ? "NTC" : "NC";
    const real *x = call_input(call, "x", shape);
    size_t N = call_size(call, 'N'), C = call_size(call, 'C');
    size_t T = shape[1] == 'T' ? call_size(call, 'T') : 1, rows = N * T;
    if (rows * C == 0)
        call_fail(call, "input 'x' is empty, so it has no mean square");
    const real *g = read_weight(call, C);
    struct divisor_rule rule = divisor_rule_read(call, R(1e-5));
    int backward = call_has(call, "dy");
    real *y = call_output(call, "y", shape);
    const real *dy = backward ? call_input(call, "dy", shape) : NULL;
    real *dx = backward ? call_output(call, "dx", shape) : NULL;
    real *x_hat = call_scratch(call, rows * C), *dx_hat = call_scratch(call, C);
    for (size_t r = 0; r < rows; r++) {
        const real *row = &x[r * C];
        real root, square = sum_products(R(0.0), C, row, 1, row, 1) / real_count(C);
        real s = divisor(square, &rule, &root);
        divisor_demand(call, s);
        for (size_t c = 0; c < C; c++) {
            x_hat[r * C + c] = row[c] / s;
            y[r * C + c] = g[c] * x_hat[r * C + c];
        }
        for (size_t c = 0; backward && c < C; c++)
            dx_hat[c] = g[c] * dy[r * C + c];
        real b = sum_products(R(0.0), C, dx_hat, 1, &x_hat[r * C], 1) / real_count(C);
        for (size_t c = 0; backward && c < C; c++)
            dx[r * C + c] = (dx_hat[c] - slope(row[c], root) * b) / s;
    }
    if (!backward || !call_has(call, "w"))
        return;
    size_t block = call_block(call) * T;
    real *dw = call_output(call, "dw", "C");
    for (size_t c = 0; c < C; c++)
        dw[c] = sum_sample_products(rows, block, &dy[c], C, &x_hat[c], C);
}
