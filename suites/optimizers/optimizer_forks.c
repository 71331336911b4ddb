// SPDX-License-Identifier: MIT
#include "optimizer_forks.h"

#include <string.h>

/* All arrays of one call. */
struct arrays {
    struct updates u;
    real *state[ELEMENT_STATES], *state_after[ELEMENT_STATES], *w_after;
};

static struct arrays read_arrays(struct call *call, const struct element_plan *plan)
{
    struct arrays a = {0};
    a.u = plan->without_rate ? updates_read_without_rate(call) : updates_read(call);
    a.w_after = call_output(call, "w_after", "SP");
    for (size_t k = 0; k < plan->states; k++) {
        a.state[k] = updates_state_or(call, plan->input[k], plan->start[k]);
        if (plan->output[k])
            a.state_after[k] = call_output(call, plan->output[k], "SP");
        if (plan->start_is_w && strcmp(plan->input[k], plan->start_is_w) == 0 &&
            !call_has(call, plan->input[k]))
            updates_record(a.state[k], a.u.w, 0, a.u.P);
    }
    return a;
}

static int any_given(struct call *call, const struct element_plan *plan)
{
    int given = 0;
    for (size_t k = 0; k < plan->states; k++)
        given |= call_has(call, plan->input[k]);
    return given;
}

/* One step with the plan's accident around it. */
static void happen(struct element *e, const struct element_plan *plan,
                   void (*next)(struct element *))
{
    struct weight_decay *decay = plan->decay;
    real w = e->w, share = decay ? decay->decay : 0;
    int resets = plan->accident == STATES_RESET || (plan->accident == STATES_LOST && e->is_first);
    for (size_t k = 0; resets && k < plan->states; k++)
        e->state[k] = plan->start[k];
    if (plan->accident == FIRST_RATE)
        e->rate = e->first_rate;
    if (plan->accident == COUNTER_STUCK)
        e->t = 1;
    if (plan->accident == DECAY_NEGATED && e->maximize && decay->form == DECAY_COUPLED)
        e->g -= 2 * share * e->w; /* the gradient is negated already */
    if (plan->accident == DECAY_ADDED)
        decay->decay = -share;
    int after = plan->accident == DECAY_AFTER && decay->form == DECAY_DECOUPLED;
    if (after)
        decay->decay = 0;
    next(e);
    if (decay)
        decay->decay = share;
    if (after)
        e->w -= e->rate * share * e->w;
    if (plan->accident == UPHILL)
        e->w = w - (e->w - w);
}

void elements_run(struct call *call, const struct element_plan *plan,
                  void (*next)(struct element *))
{
    static const char *const maximize[] = {"no", "yes", NULL};
    struct arrays a = read_arrays(call, plan);
    size_t first = call_count_or(call, "first_step", 1, 1, 1000000);
    struct element e = {.variant = plan->variant, .rules = plan->rules};
    e.first_rate = a.u.S && a.u.rate ? a.u.rate[0] : 0;
    e.maximize = call_choice(call, "maximize", maximize);
    e.resumed = any_given(call, plan) || first > 1;
    for (size_t p = 0; p < a.u.P; p++) {
        e.w = a.u.w[p];
        e.g = 0;
        for (size_t k = 0; k < plan->states; k++)
            e.state[k] = a.state[k][p];
        for (size_t s = 0, i = p; s < a.u.S; s++, i += a.u.P) {
            e.g_before = s ? a.u.g[i - a.u.P] : 0;
            e.g = a.u.g[i];
            e.rate = a.u.rate ? a.u.rate[s] : 0;
            e.t = first + s;
            e.updates = i;
            e.is_first = s == 0;
            happen(&e, plan, next);
            a.w_after[i] = e.w;
            for (size_t k = 0; k < plan->states; k++)
                if (a.state_after[k])
                    a.state_after[k][i] = e.state[k];
        }
    }
}
