// SPDX-License-Identifier: MIT
#include "power.h"

struct power power_read(struct call *call)
{
    struct power w = {.x = call_input(call, "x", "NC"), .p = call_input(call, "p", "C")};
    w.dy = call_input(call, "dy", "NC");
    w.N = call_size(call, 'N');
    w.C = call_size(call, 'C');
    w.block = call_block(call);
    for (size_t i = 0; i < w.N * w.C; i++) {
        real p = w.p[i % w.C];
        if (!(w.x[i] >= 0))
            call_fail(call, "element %zu of input 'x' is below 0, which has no real power", i);
        if (w.x[i] == 0 && p != 0 && !(p >= 1))
            call_fail(call, "an exponent of input 'p' gives base 0 an infinite slope");
    }
    w.y = call_output(call, "y", "NC");
    w.dx = call_output(call, "dx", "NC");
    w.dp = call_output(call, "dp", "C");
    w.term = call_scratch(call, w.N * w.C);
    return w;
}

void power_elements(const struct power *w)
{
    for (size_t i = 0; i < w->N * w->C; i++) {
        real x = w->x[i], p = w->p[i % w->C], dy = w->dy[i];
        if (x == 0) {
            w->y[i] = p == 0 ? R(1.0) : R(0.0);
            w->dx[i] = p == 1 ? dy : 0;
            continue;
        }
        real l = real_log(x);
        w->y[i] = real_exp(p * l);
        w->dx[i] = dy * p * w->y[i] / x;
        w->term[i] = dy * w->y[i] * l;
    }
}

void power_sums(const struct power *w)
{
    for (size_t c = 0; c < w->C; c++)
        w->dp[c] = sum_samples(w->N, w->block, &w->term[c], w->C);
}

void power_answer(struct call *call)
{
    struct power w = power_read(call);
    power_elements(&w);
    power_sums(&w);
    call_decisions(call, w.N * w.C, w.x);
}
