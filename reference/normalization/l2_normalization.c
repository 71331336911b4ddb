// SPDX-License-Identifier: MIT
#include "l2_normalization.h"

real l2_divisor(real square, real epsilon, enum l2_guard guard, real *distance)
{
    real norm = real_sqrt(square);
    *distance = R(1.0);
    if (guard == L2_UNDER_ROOT)
        return real_sqrt(square + epsilon);
    *distance = (guard == L2_LARGER_NORM ? norm : square) - epsilon;
    if (*distance > 0)
        return norm;
    return guard == L2_LARGER_NORM ? epsilon : real_sqrt(epsilon);
}

void l2_normalization_answer(struct call *call)
{
    static const char *const guards[] = {"larger_norm", "larger_square", "under_root", NULL};
    const real *x = call_input(call, "x", "NC");
    size_t N = call_size(call, 'N'), C = call_size(call, 'C');
    enum l2_guard guard = (enum l2_guard)call_choice(call, "guard", guards);
    real epsilon = call_number_or(call, "epsilon", R(1e-12));
    if (!(epsilon >= 0))
        call_fail(call, "number 'epsilon' is negative");
    int backward = call_has(call, "dy");
    real *y = call_output(call, "y", "NC");
    const real *dy = backward ? call_input(call, "dy", "NC") : NULL;
    real *dx = backward ? call_output(call, "dx", "NC") : NULL;
    for (size_t i = 0; i < N * C; i += C) {
        real distance, square = sum_products(R(0.0), C, &x[i], 1, &x[i], 1);
        real d = l2_divisor(square, epsilon, guard, &distance);
        if (!(d > 0))
            call_fail(call, "number 'epsilon' is 0, and so is the norm of sample %zu", i / C);
        call_decisions(call, 1, &distance);
        for (size_t c = 0; c < C; c++)
            y[i + c] = x[i + c] / d;
        if (!backward)
            continue;
        real b = sum_products(R(0.0), C, &dy[i], 1, &y[i], 1);
        for (size_t c = 0; c < C; c++)
            dx[i + c] = distance > 0 ? (dy[i + c] - y[i + c] * b) / d : dy[i + c] / d;
    }
}
