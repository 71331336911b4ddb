// SPDX-License-Identifier: MIT
#include "momentum.h"
#include "optimizer.h"

/* v after one gradient h. */
static real next_velocity(real v, real h, real rate, const struct momentum_rules *rules,
                          int undampened)
{
    switch (rules->form) {
    case MOMENTUM_RATE_INSIDE:
        return rules->mu * v - rate * h;
    case MOMENTUM_AVERAGE:
        return rules->mu * v + (1 - rules->mu) * h;
    default:
        return rules->mu * v + (undampened ? h : (1 - rules->dampening) * h);
    }
}

/* w after one gradient h, with the new v. */
static real next_parameter(real w, real v, real h, real rate, const struct momentum_rules *rules)
{
    real mu = rules->mu;
    switch (rules->form) {
    case MOMENTUM_RATE_INSIDE:
        return rules->nesterov ? w + (mu * v - rate * h) : w + v;
    case MOMENTUM_AVERAGE:
        return w - rate * (rules->nesterov ? (1 - mu) * h + mu * v : v);
    default:
        return w - rate * (rules->nesterov ? h + mu * v : v);
    }
}

void momentum_update(real *w, real *v, const real *g, real rate, const struct momentum_rules *rules,
                     int undampened, size_t P)
{
    for (size_t p = 0; p < P; p++) {
        real h = decayed_gradient(g[p], rules->decay, w[p]);
        v[p] = next_velocity(v[p], h, rate, rules, undampened);
        w[p] = next_parameter(w[p], v[p], h, rate, rules);
    }
}

static struct momentum_rules read_rules(struct call *call)
{
    static const char *const forms[] = {"rate_outside", "rate_inside", "average", NULL};
    static const char *const nesterov[] = {"no", "yes", NULL};
    struct momentum_rules rules = {0};
    rules.form = (enum momentum_form)call_choice(call, "form", forms);
    rules.nesterov = call_choice(call, "nesterov", nesterov);
    rules.mu = updates_share(call, "momentum");
    rules.dampening = call_number_or(call, "dampening", R(0.0));
    rules.decay = updates_positive_or(call, "weight_decay", R(0.0));
    if (rules.dampening != 0 && (rules.nesterov || rules.form != MOMENTUM_RATE_OUTSIDE))
        call_fail(call, "number 'dampening' belongs to form rate_outside without nesterov");
    return rules;
}

void momentum_answer(struct call *call)
{
    static const char *const first_step[] = {"undampened", "dampened", NULL};
    struct updates u = updates_read(call);
    struct momentum_rules rules = read_rules(call);
    int spare_first =
        call_choice(call, "first_step", first_step) == 0 && !call_has(call, "velocity");
    real *v = updates_state(call, "velocity");
    real *w_after = call_output(call, "w_after", "SP");
    real *v_after = call_output(call, "v_after", "SP");
    for (size_t s = 0; s < u.S; s++) {
        momentum_update(u.w, v, &u.g[s * u.P], u.rate[s], &rules, spare_first && s == 0, u.P);
        updates_record(w_after, u.w, s, u.P);
        updates_record(v_after, v, s, u.P);
    }
}
