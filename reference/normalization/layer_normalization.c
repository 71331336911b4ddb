// SPDX-License-Identifier: MIT
#include "layer_normalization.h"

void layer_normalization_answer(struct call *call)
{
    const char *shape = call_rank(call, "x") == 3 ? "NTC" : "NC";
    const real *x = call_input(call, "x", shape);
    size_t N = call_size(call, 'N'), C = call_size(call, 'C');
    size_t T = shape[1] == 'T' ? call_size(call, 'T') : 1, rows = N * T;
    if (rows * C == 0)
        call_fail(call, "input 'x' is empty, so it has no statistics");
    const real *gamma = channel_parameter(call, "gamma", C, R(1.0));
    const real *beta = channel_parameter(call, "beta", C, R(0.0));
    struct divisor_rule rule = divisor_rule_read(call, R(1e-5));
    size_t ddof = deviation_rule_read(call, C);
    int backward = call_has(call, "dy");
    real *y = call_output(call, "y", shape), *dx_hat = call_scratch(call, C);
    const real *dy = backward ? call_input(call, "dy", shape) : NULL;
    real *dx = backward ? call_output(call, "dx", shape) : NULL;
    real *x_hat = call_scratch(call, rows * C), *slope_hat = call_scratch(call, C);
    for (size_t r = 0; r < rows; r++) {
        struct normal_set set = {.x_hat = &x_hat[r * C], .slope_hat = slope_hat};
        normal_set_forward(&set, &x[r * C], C, ddof, &rule);
        divisor_demand(call, set.s);
        for (size_t c = 0; c < C; c++)
            y[r * C + c] = gamma[c] * set.x_hat[c] + beta[c];
        for (size_t c = 0; backward && c < C; c++)
            dx_hat[c] = gamma[c] * dy[r * C + c];
        if (backward)
            normal_set_backward(&dx[r * C], dx_hat, &set, C, ddof);
    }
    if (!backward)
        return;
    size_t block = call_block(call) * T;
    real *dgamma = call_output(call, "dgamma", "C"), *dbeta = call_output(call, "dbeta", "C");
    for (size_t c = 0; c < C; c++) {
        dgamma[c] = sum_sample_products(rows, block, &dy[c], C, &x_hat[c], C);
        dbeta[c] = sum_samples(rows, block, &dy[c], C);
    }
}
