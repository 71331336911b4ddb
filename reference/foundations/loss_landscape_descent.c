// SPDX-License-Identifier: MIT
#include "loss_landscape_descent.h"

real landscape_height(const real *p, const struct descent *descent)
{
    real x = p[0], y = p[1], q = x * x - 1;
    switch (descent->landscape) {
    case DOUBLE_WELL:
        return q * q / 4 + descent->tilt * x;
    case SADDLE:
        return (x * x - y * y) / 2;
    case MONKEY_SADDLE:
        return x * x * x / 3 - x * (y * y);
    default:
        return (x * x + descent->condition * (y * y)) / 2;
    }
}

void landscape_gradient(real *g, const real *p, const struct descent *descent)
{
    real x = p[0], y = p[1];
    g[0] = x;
    g[1] = descent->condition * y;
    if (descent->landscape == DOUBLE_WELL) {
        g[0] = (x * x - 1) * x + descent->tilt;
        g[1] = 0;
    } else if (descent->landscape == SADDLE) {
        g[1] = -y;
    } else if (descent->landscape == MONKEY_SADDLE) {
        g[0] = x * x - y * y;
        g[1] = -2 * x * y;
    }
}

void landscape_step(real *p, real *v, const struct descent *descent)
{
    real g[2];
    landscape_gradient(g, p, descent);
    for (int i = 0; i < 2; i++) {
        v[i] = descent->momentum * v[i] + g[i];
        real step = descent->nesterov ? g[i] + descent->momentum * v[i] : v[i];
        p[i] = p[i] - descent->rate * step;
    }
}

static struct descent read_descent(struct call *call)
{
    static const char *const names[] = {"double_well", "saddle", "monkey_saddle", "bowl", NULL};
    static const char *const no_yes[] = {"no", "yes", NULL};
    struct descent descent = {.rate = call_number(call, "rate")};
    descent.landscape = (enum landscape)call_choice(call, "landscape", names);
    descent.nesterov = call_choice(call, "nesterov", no_yes);
    descent.momentum = call_number_or(call, "momentum", R(0.0));
    descent.tilt = call_number_or(call, "tilt", R(0.0));
    descent.condition = call_number_or(call, "condition", R(10.0));
    if (!(descent.rate >= 0))
        call_fail(call, "number 'rate' must not be negative: it would climb");
    if (!(descent.condition > 0))
        call_fail(call, "number 'condition' is a curvature of a bowl and must be positive");
    return descent;
}

void loss_landscape_descent_answer(struct call *call)
{
    struct descent descent = read_descent(call);
    call_bind(call, 'D', 2);
    const real *start = call_input(call, "start", "MD");
    size_t M = call_size(call, 'M'), S = call_count(call, "steps", 1, 1 << 20);
    call_bind(call, 'S', S);
    real radius = call_number_or(call, "radius", R(1.0));
    if (!(radius >= 0))
        call_fail(call, "number 'radius' must not be negative");
    real *path = call_output(call, "path", "MSD"), *height = call_output(call, "height", "MS");
    real *basin = call_output_integers(call, "basin", "M");
    real *escape = call_output_integers(call, "escape", "M");
    for (size_t m = 0; m < M; m++) {
        real p[] = {start[2 * m], start[2 * m + 1]}, v[] = {0, 0};
        for (size_t s = 0; s < S; s++) {
            landscape_step(p, v, &descent);
            height[m * S + s] = landscape_height(p, &descent);
            path[2 * (m * S + s)] = p[0];
            path[2 * (m * S + s) + 1] = p[1];
            real beyond = real_abs(p[descent.landscape != DOUBLE_WELL]) - radius;
            call_decisions(call, 1, &beyond);
            if (beyond > 0 && escape[m] == 0)
                escape[m] = real_count(s + 1);
        }
        call_decisions(call, 1, &p[0]);
        basin[m] = p[0] > 0 ? 1 : p[0] < 0 ? -1 : 0;
    }
}
