// SPDX-License-Identifier: MIT
#include "transfer_penalty.h"

static real at_least_zero(struct call *call, const char *name)
{
    real value = call_number(call, name);
    if (!(value >= 0))
        call_fail(call, "number '%s' must not be below 0", name);
    return value;
}

static const real *read_fisher(struct call *call, size_t P)
{
    if (!call_has(call, "fisher")) {
        real *ones = call_scratch(call, P);
        for (size_t i = 0; i < P; i++)
            ones[i] = 1;
        return ones;
    }
    const real *fisher = call_input(call, "fisher", "P");
    for (size_t i = 0; i < P; i++)
        if (!(fisher[i] >= 0))
            call_fail(call, "element %zu of input 'fisher' is below 0", i);
    return fisher;
}

struct transfer_penalty transfer_penalty_read(struct call *call)
{
    static const char *const halves[] = {"yes", "no", NULL};
    static const char *const bases[] = {"free", "frozen", NULL};
    real f = call_choice(call, "half", halves) == 0 ? R(0.5) : 1;
    struct transfer_penalty p = {.frozen = call_choice(call, "base", bases)};
    p.a = f * at_least_zero(call, "alpha");
    p.b = f * at_least_zero(call, "beta");
    p.rate = at_least_zero(call, "rate");
    p.w = call_input(call, "w", "P");
    p.start = call_input(call, "start", "P");
    p.g = call_input(call, "g", "P");
    p.v = call_input(call, "v", "Q");
    p.k = call_input(call, "k", "Q");
    p.P = call_size(call, 'P');
    p.Q = call_size(call, 'Q');
    p.block = call_block(call);
    p.fisher = read_fisher(call, p.P);
    p.dpenalty = call_has(call, "dpenalty") ? *call_input(call, "dpenalty", "") : 1;
    p.penalty = call_output(call, "penalty", "");
    p.dw = call_output(call, "dw", "P");
    p.dv = call_output(call, "dv", "Q");
    p.w_after = call_output(call, "w_after", "P");
    p.v_after = call_output(call, "v_after", "Q");
    p.gap = call_scratch(call, p.P);
    p.weighted = call_scratch(call, p.P);
    return p;
}

void transfer_penalty_compute(const struct transfer_penalty *p)
{
    for (size_t i = 0; i < p->P; i++) {
        p->gap[i] = p->w[i] - p->start[i];
        p->weighted[i] = p->fisher[i] * p->gap[i];
        p->dw[i] = 2 * p->a * p->weighted[i] * p->dpenalty;
        p->w_after[i] = p->frozen ? p->w[i] : p->w[i] - p->rate * (p->g[i] + p->dw[i]);
    }
    for (size_t i = 0; i < p->Q; i++) {
        p->dv[i] = 2 * p->b * p->v[i] * p->dpenalty;
        p->v_after[i] = p->v[i] - p->rate * (p->k[i] + p->dv[i]);
    }
    real shared = sum_sample_products(p->P, p->block, p->weighted, 1, p->gap, 1);
    real fresh = sum_sample_products(p->Q, p->block, p->v, 1, p->v, 1);
    *p->penalty = p->a * shared + p->b * fresh;
}

void transfer_penalty_answer(struct call *call)
{
    struct transfer_penalty p = transfer_penalty_read(call);
    transfer_penalty_compute(&p);
}
