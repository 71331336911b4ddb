// SPDX-License-Identifier: MIT
#include "optimizer.h"

struct updates updates_read(struct call *call)
{
    static const char *const maximize[] = {"no", "yes", NULL};
    struct updates u = {0};
    const real *g = call_input(call, "g", "SP");
    u.S = call_size(call, 'S');
    u.P = call_size(call, 'P');
    u.w = updates_state(call, "w");
    u.rate = call_input(call, "rate", "S");
    u.g = g;
    if (call_choice(call, "maximize", maximize)) {
        real *negated = call_scratch(call, u.S * u.P);
        for (size_t i = 0; i < u.S * u.P; i++)
            negated[i] = -g[i];
        u.g = negated;
    }
    return u;
}

real *updates_state(struct call *call, const char *name)
{
    size_t P = call_size(call, 'P');
    real *state = call_scratch(call, P);
    if (call_has(call, name))
        updates_record(state, call_input(call, name, "P"), 0, P);
    return state;
}

void updates_record(real *after, const real *now, size_t s, size_t P)
{
    for (size_t p = 0; p < P; p++)
        after[s * P + p] = now[p];
}
