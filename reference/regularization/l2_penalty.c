// SPDX-License-Identifier: MIT
#include "l2_penalty.h"

void l2_penalty_backward(real *dw, const real *w, real factor, real dpenalty, size_t n)
{
    for (size_t i = 0; i < n; i++)
        dw[i] = 2 * factor * w[i] * dpenalty;
}

void l2_penalty_answer(struct call *call)
{
    static const char *const halves[] = {"no", "yes", NULL};
    static const char *const biases[] = {"excluded", "included", NULL};
    real samples = call_number_or(call, "samples", 1);
    if (!(samples >= 1))
        call_fail(call, "number 'samples' must be at least 1");
    real f = call_choice(call, "half", halves) == 1 ? R(0.5) : 1;
    real lambda = call_number(call, "lambda"), factor = f * lambda / samples;
    if (!(lambda >= 0))
        call_fail(call, "number 'lambda' must not be negative: it would reward large weights");
    const real *w = call_input(call, "w", "P");
    size_t P = call_size(call, 'P'), block = call_block(call);
    real dpenalty = call_has(call, "dpenalty") ? *call_input(call, "dpenalty", "") : 1;
    real squares = sum_sample_products(P, block, w, 1, w, 1);
    l2_penalty_backward(call_output(call, "dw", "P"), w, factor, dpenalty, P);
    int included = call_choice(call, "biases", biases);
    if (call_has(call, "b")) {
        const real *b = call_input(call, "b", "Q");
        size_t Q = call_size(call, 'Q');
        real *db = call_output(call, "db", "Q");
        if (included) {
            squares = squares + sum_sample_products(Q, block, b, 1, b, 1);
            l2_penalty_backward(db, b, factor, dpenalty, Q);
        }
    }
    *call_output(call, "penalty", "") = factor * squares;
}
