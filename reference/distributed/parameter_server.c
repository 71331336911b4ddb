// SPDX-License-Identifier: MIT
#include "parameter_server.h"

static void read_delays(struct call *call, struct parameter_server *s)
{
    s->delay = call_integers(call, "delay", "RV", 0, 1 << 20);
    for (size_t i = 0; i < s->r.R * s->r.V; i++) {
        size_t update = s->one_by_one ? i : i / s->r.V;
        if ((size_t)s->delay[i] > update)
            call_fail(call, "element %zu of input 'delay' is from before the start", i);
    }
    s->limit = call_count_or(call, "limit", 1 << 20, 0, 1 << 20);
}

void parameter_server_read(struct call *call, struct parameter_server *s)
{
    static const char *const applications[] = {"together", "one_by_one", NULL};
    static const char *const averages[] = {"samples", "workers", NULL};
    static const char *const forms[] = {"ignored", "divided", "divided_from_one", "power", NULL};
    *s = (struct parameter_server){0};
    replicas_read(call, &s->r, 1);
    s->rules = replicas_rules_read(call);
    s->one_by_one = call_choice(call, "application", applications);
    s->by_workers = call_choice(call, "average", averages);
    s->staleness = (enum server_staleness)call_choice(call, "staleness", forms);
    s->compensation = call_number_or(call, "compensation", R(0.0));
    if (s->staleness == STALENESS_POWER) {
        s->staleness_decay = call_number(call, "staleness_decay");
        if (!(s->staleness_decay > 0 && s->staleness_decay <= 1))
            call_fail(call, "number 'staleness_decay' must be above 0 and at most 1");
    }
    read_delays(call, s);
    s->U = s->one_by_one ? s->r.R * s->r.V : s->r.R;
    call_bind(call, 'U', s->U);
    s->rate = call_input(call, "rate", "U");
}

real parameter_server_factor(const struct parameter_server *s, size_t tau)
{
    real c = R(1.0);
    switch (s->staleness) {
    case STALENESS_IGNORED:
        return c;
    case STALENESS_DIVIDED:
        return tau > 1 ? 1 / real_count(tau) : c;
    case STALENESS_FROM_ONE:
        return 1 / real_count(1 + tau);
    default:
        for (size_t i = 0; i < tau; i++)
            c = c * s->staleness_decay;
        return c;
    }
}

/* What worker k pushes in row r, when the weights are version u of history (U+1,P): h (P). */
static real push(struct parameter_server *s, size_t row, size_t k, real *history, size_t u, real *h)
{
    size_t P = s->r.P, tau = (size_t)s->delay[row * s->r.V + k];
    real *now = &history[u * P], *old = &history[(u - tau) * P];
    real loss = replicas_row_gradient(&s->r, old, row, k, h);
    real c = parameter_server_factor(s, tau);
    for (size_t p = 0; p < P; p++) {
        real g = h[p];
        if (s->compensation != 0)
            g = g + s->compensation * g * g * (now[p] - old[p]);
        h[p] = c * g;
    }
    return loss;
}

/* G (P) of update r from all workers, and how many pushes are in it. */
static size_t together(struct parameter_server *s, size_t row, real *history, real *G, real *pushed,
                       real *loss)
{
    size_t P = s->r.P, V = s->r.V, count = 0, samples = 0;
    for (size_t k = 0; k < V; k++) {
        size_t i = row * V + k;
        int fresh = (size_t)s->delay[i] <= s->limit;
        real n = fresh ? real_count((size_t)s->r.size[i]) : R(0.0);
        loss[i] = push(s, row, k, history, row, &pushed[k * P]);
        count += fresh ? 1 : 0;
        samples += fresh ? (size_t)s->r.size[i] : 0;
        for (size_t p = 0; p < P; p++) {
            real h = pushed[k * P + p];
            pushed[k * P + p] = !fresh ? 0 : s->by_workers ? h : n * h;
        }
    }
    replicas_sum(G, pushed, V, P);
    real divisor = real_count(s->by_workers ? count : samples);
    for (size_t p = 0; p < P && count; p++)
        G[p] = G[p] / divisor;
    return count;
}

void parameter_server_answer(struct call *call)
{
    struct parameter_server s;
    parameter_server_read(call, &s);
    size_t P = s.r.P, V = s.r.V;
    real *history = call_scratch(call, (s.U + 1) * P), *start = replicas_start(&s.r);
    real *v = call_scratch(call, P), *G = call_scratch(call, P),
         *pushed = call_scratch(call, V * P);
    real *loss = call_output(call, "loss", "RV");
    struct replicas_record record = replicas_record_make(&s.r, 'U');
    for (size_t p = 0; p < P; p++)
        history[p] = start[p];
    for (size_t u = 0; u < s.U; u++) {
        real *next = &history[(u + 1) * P];
        size_t pushes = 0;
        if (s.one_by_one) {
            loss[u] = push(&s, u / V, u % V, history, u, G);
            pushes = (size_t)s.delay[u] <= s.limit;
        } else {
            pushes = together(&s, u, history, G, pushed, loss);
        }
        for (size_t p = 0; p < P; p++)
            next[p] = history[u * P + p];
        if (pushes)
            replicas_step(&s.rules, next, v, G, s.rate[u], P);
        replicas_record_row(&s.r, &record, u, next);
    }
}
