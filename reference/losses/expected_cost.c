// SPDX-License-Identifier: MIT
#include "expected_cost.h"

void expected_cost_answer(struct call *call)
{
    static const struct loss_form form = {
        .shape = "NC", .per_sample = 1, .input = {"z"}, .gradient = {"dz"}};
    static const char *const rows[] = {"truth", "decision", NULL};
    struct loss loss = loss_begin(call, &form);
    size_t C = loss.K;
    const real *cost = call_input(call, "cost", "CC");
    const int *labels = call_integers(call, "labels", "N", 0, (int)C - 1);
    int transposed = call_choice(call, "rows", rows);
    real *p = call_scratch(call, C);
    for (size_t n = 0; n < loss.N; n++) {
        const real *z = &loss.input[0][n * C];
        size_t label = (size_t)labels[n], stride = transposed ? C : 1;
        const real *row = transposed ? &cost[label] : &cost[label * C];
        real m = z[0];
        for (size_t k = 1; k < C; k++)
            m = z[k] > m ? z[k] : m;
        for (size_t k = 0; k < C; k++)
            p[k] = real_exp(z[k] - m);
        real s = sum_features(C, p, 1);
        for (size_t k = 0; k < C; k++)
            p[k] = p[k] / s;
        loss.value[n] = sum_products(R(0.0), C, p, 1, row, stride);
        for (size_t k = 0; k < C; k++)
            loss.slope[0][n * C + k] = p[k] * (row[k * stride] - loss.value[n]);
    }
    loss_finish(call, &loss);
}
