// SPDX-License-Identifier: MIT
#include "max_norm_constraint.h"

void max_norm_constraint_answer(struct call *call)
{
    static const char *const units[] = {"column", "row", NULL};
    static const char *const forms[] = {"clip", "rescale", NULL};
    const real *w = call_input(call, "w", "IO");
    size_t I = call_size(call, 'I'), O = call_size(call, 'O');
    real limit = call_number(call, "limit"), epsilon = call_number_or(call, "epsilon", 0);
    if (!(limit > 0))
        call_fail(call, "number 'limit' is a norm and must be positive");
    if (!(epsilon >= 0))
        call_fail(call, "number 'epsilon' must not be negative");
    int rows = call_choice(call, "unit", units), rescale = call_choice(call, "form", forms);
    size_t count = rows ? I : O, length = rows ? O : I, stride = rows ? 1 : O;
    real *norm = call_output(call, "norm", rows ? "I" : "O");
    real *w_after = call_output(call, "w_after", "IO");
    for (size_t u = 0; u < count; u++) {
        const real *from = &w[rows ? u * O : u];
        real *to = &w_after[rows ? u * O : u];
        norm[u] = real_sqrt(sum_products(0, length, from, stride, from, stride));
        real excess = norm[u] - limit, below = norm[u] + epsilon, factor = 1;
        call_decisions(call, 1, &excess);
        if (below > 0 && (rescale || excess > 0))
            factor = (excess > 0 ? limit : norm[u]) / below;
        for (size_t i = 0; i < length; i++)
            to[i * stride] = from[i * stride] * factor;
    }
}
