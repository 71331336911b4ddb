// SPDX-License-Identifier: MIT
#include "rprop.h"

struct rprop_rules rprop_rules_read(struct call *call)
{
    static const char *const forms[] = {"minus_reset", "minus", "plus", "plus_reset", NULL};
    static const char *const maximize[] = {"no", "yes", NULL};
    struct rprop_rules rules = {0};
    rules.form = (enum rprop_form)call_choice(call, "form", forms);
    rules.maximize = call_choice(call, "maximize", maximize);
    rules.step = updates_positive(call, "step");
    rules.up = call_number(call, "up");
    rules.down = updates_share(call, "down");
    rules.shortest = updates_positive(call, "shortest");
    rules.longest = call_number(call, "longest");
    if (!(rules.up >= 1))
        call_fail(call, "number 'up' must be at least 1");
    if (!(rules.longest >= rules.shortest))
        call_fail(call, "number 'longest' must not be below 'shortest'");
    if (rules.form == RPROP_PLUS_RESET) {
        rules.loss = call_input(call, "loss", "S");
        rules.loss_before = call_number(call, "loss_before");
    }
    return rules;
}

int rprop_worse(const struct rprop_rules *rules, size_t s)
{
    if (rules->form != RPROP_PLUS_RESET)
        return 1;
    real before = s ? rules->loss[s - 1] : rules->loss_before;
    return rules->maximize ? rules->loss[s] < before : rules->loss[s] > before;
}

static int sign(real x)
{
    return (x > 0) - (x < 0);
}

void rprop_update(real *w, real *d, real *h_before, real *change, const real *g, int worse,
                  const struct rprop_rules *rules, size_t P)
{
    int back = rules->form == RPROP_PLUS || rules->form == RPROP_PLUS_RESET;
    for (size_t p = 0; p < P; p++) {
        int agreement = sign(h_before[p]) * sign(g[p]);
        real h = g[p];
        if (agreement > 0) {
            d[p] = d[p] * rules->up;
            d[p] = d[p] > rules->longest ? rules->longest : d[p];
        } else if (agreement < 0) {
            d[p] = d[p] * rules->down;
            d[p] = d[p] < rules->shortest ? rules->shortest : d[p];
            h = rules->form == RPROP_MINUS ? h : 0;
        }
        if (back && agreement < 0) {
            if (worse)
                w[p] = w[p] - change[p];
            change[p] = 0;
        } else {
            change[p] = h > 0 ? -d[p] : h < 0 ? d[p] : 0;
            w[p] = w[p] + change[p];
        }
        h_before[p] = h;
    }
}

void rprop_answer(struct call *call)
{
    struct updates u = updates_read_without_rate(call);
    struct rprop_rules rules = rprop_rules_read(call);
    real *d = updates_state_or(call, "step_size", rules.step);
    real *h_before = updates_state(call, "g_before"), *change = call_scratch(call, u.P);
    real *w_after = call_output(call, "w_after", "SP");
    real *step_after = call_output(call, "step_after", "SP");
    call_decisions(call, u.S * u.P, u.g);
    for (size_t s = 0; s < u.S; s++) {
        rprop_update(u.w, d, h_before, change, &u.g[s * u.P], rprop_worse(&rules, s), &rules, u.P);
        updates_record(w_after, u.w, s, u.P);
        updates_record(step_after, d, s, u.P);
    }
    if (!rules.loss)
        return;
    real *distance = call_scratch(call, u.S);
    for (size_t s = 0; s < u.S; s++)
        distance[s] = rules.loss[s] - (s ? rules.loss[s - 1] : rules.loss_before);
    call_decisions(call, u.S, distance);
}
