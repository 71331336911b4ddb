// SPDX-License-Identifier: MIT
/* elementwise_forks.h - the arrays of one call of an elementwise activation, for its forks. */
#pragma once

#include "../fork.h"

/* Without input dy the gradient goes to scratch memory. */
struct values {
    const real *x, *dy;
    real *y, *dx;
    size_t n;
};

static inline struct values read_values(struct call *call)
{
    struct values v = {.x = call_input(call, "x", "NC")};
    v.n = call_size(call, 'N') * call_size(call, 'C');
    v.y = call_output(call, "y", "NC");
    if (call_has(call, "dy")) {
        v.dy = call_input(call, "dy", "NC");
        v.dx = call_output(call, "dx", "NC");
    } else {
        v.dy = call_scratch(call, v.n);
        v.dx = call_scratch(call, v.n);
    }
    return v;
}

/* The gradient is dy itself, as through the identity. */
static inline void slope_of_identity(const struct values *v)
{
    for (size_t i = 0; i < v->n; i++)
        v->dx[i] = v->dy[i];
}
