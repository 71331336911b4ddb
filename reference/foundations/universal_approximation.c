// SPDX-License-Identifier: MIT
#include "universal_approximation.h"

real approximated_value(enum approximated target, real x)
{
    if (target == APPROXIMATE_SINE)
        return real_sin(x);
    return target == APPROXIMATE_SQUARE ? x * x : real_abs(x);
}

void approximation_weights(real *v, const real *knots, enum approximated target, size_t H)
{
    real before = 0, f = approximated_value(target, knots[0]);
    for (size_t k = 0; k < H; k++) {
        real next = approximated_value(target, knots[k + 1]);
        real slope = (next - f) / (knots[k + 1] - knots[k]);
        v[k] = k == 0 ? slope : slope - before;
        before = slope;
        f = next;
    }
}

void universal_approximation_answer(struct call *call)
{
    static const char *const targets[] = {"sine", "square", "absolute", NULL};
    enum approximated target = (enum approximated)call_choice(call, "target", targets);
    const real *knots = call_input(call, "knots", "K"), *x = call_input(call, "x", "G");
    size_t K = call_size(call, 'K'), G = call_size(call, 'G');
    if (K < 2)
        call_fail(call, "input 'knots' holds %zu, but a slope needs two", K);
    if (G == 0)
        call_fail(call, "the largest error of no point 'x' is not defined");
    size_t H = K - 1;
    for (size_t k = 0; k < H; k++) {
        if (!(knots[k] < knots[k + 1]))
            call_fail(call, "input 'knots' must rise, and element %zu does not", k + 1);
    }
    call_bind(call, 'H', H);
    real *v = call_output(call, "v", "H"), *y = call_output(call, "y", "G");
    real *error = call_output(call, "error", "G"), *sup = call_output(call, "sup", "");
    real *hidden = call_scratch(call, H);
    approximation_weights(v, knots, target, H);
    for (size_t g = 0; g < G; g++) {
        for (size_t k = 0; k < H; k++)
            hidden[k] = x[g] > knots[k] ? x[g] - knots[k] : 0;
        y[g] = sum_products(approximated_value(target, knots[0]), H, hidden, 1, v, 1);
        error[g] = y[g] - approximated_value(target, x[g]);
        *sup = real_abs(error[g]) > *sup ? real_abs(error[g]) : *sup;
    }
}
