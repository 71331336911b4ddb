// SPDX-License-Identifier: MIT
#include "loss_distance.h"

struct loss_distance loss_distance_begin(struct call *call)
{
    static const char *const places[] = {"none", "difference", "sum", NULL};
    struct loss_distance how;
    how.place = (enum epsilon_place)call_choice(call, "epsilon_place", places);
    how.epsilon = call_number_or(call, "epsilon", R(1e-6));
    if (!(how.epsilon >= 0))
        call_fail(call, "number 'epsilon' must be at least 0");
    return how;
}

real loss_distance_squared(real *u, const real *a, const real *b, size_t D,
                           const struct loss_distance *how)
{
    for (size_t d = 0; d < D; d++) {
        u[d] = a[d] - b[d];
        if (how->place == EPSILON_DIFFERENCE)
            u[d] = u[d] + how->epsilon;
    }
    real s = sum_products(R(0.0), D, u, 1, u, 1);
    return how->place == EPSILON_SUM ? s + how->epsilon : s;
}
