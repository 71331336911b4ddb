// SPDX-License-Identifier: MIT
#include "model_averaging.h"

int model_averaging_due(const struct model_averaging *m, size_t r)
{
    return (r + 1) % m->every == 0 || r + 1 == m->r.R;
}

static void check_samples(struct call *call, const struct model_averaging *m)
{
    size_t seen = 0;
    for (size_t r = 0; m->by_samples && r < m->r.R; r++) {
        for (size_t k = 0; k < m->r.V; k++)
            seen += (size_t)m->r.size[r * m->r.V + k];
        if (!model_averaging_due(m, r))
            continue;
        if (seen == 0)
            call_fail(call, "input 'size' leaves the averaging after row %zu without samples", r);
        seen = 0;
    }
}

void model_averaging_read(struct call *call, struct model_averaging *m)
{
    static const char *const weightings[] = {"equal", "samples", NULL};
    static const char *const states[] = {"kept", "averaged", "reset", NULL};
    static const char *const outers[] = {"none", "momentum", "nesterov", NULL};
    *m = (struct model_averaging){0};
    replicas_read(call, &m->r, 0);
    m->rules = replicas_rules_read(call);
    m->every = call_count_or(call, "every", 1, 1, 1 << 20);
    m->T = (m->r.R + m->every - 1) / m->every;
    m->by_samples = call_choice(call, "weighting", weightings);
    m->state = (enum averaging_state)call_choice(call, "state", states);
    m->outer = (enum averaging_outer)call_choice(call, "outer", outers);
    if (m->outer != OUTER_NONE) {
        m->outer_rate = call_number(call, "outer_rate");
        m->outer_momentum = call_number(call, "outer_momentum");
        if (!(m->outer_momentum >= 0 && m->outer_momentum < 1))
            call_fail(call, "number 'outer_momentum' must be at least 0 and below 1");
    }
    m->rate = call_input(call, "rate", "R");
    m->seen = call_scratch_integers(call, m->r.V);
    check_samples(call, m);
    call_bind(call, 'T', m->T);
}

real model_averaging_weight(const struct model_averaging *m, size_t k)
{
    return m->by_samples ? (real)m->seen[k] : R(1.0);
}

/* mean (P) of value (V,P); scaled (V,P) is scratch. */
static void average(const struct model_averaging *m, real *mean, const real *value, real *scaled)
{
    size_t P = m->r.P;
    real total = 0;
    for (size_t k = 0; k < m->r.V; k++) {
        real c = model_averaging_weight(m, k);
        total = total + c;
        for (size_t p = 0; p < P; p++)
            scaled[k * P + p] = m->by_samples ? c * value[k * P + p] : value[k * P + p];
    }
    replicas_sum(mean, scaled, m->r.V, P);
    for (size_t p = 0; p < P; p++)
        mean[p] = mean[p] / total;
}

void model_averaging_outer(const struct model_averaging *m, real *mean, real *base, real *u)
{
    for (size_t p = 0; p < m->r.P && m->outer != OUTER_NONE; p++) {
        real h = base[p] - mean[p];
        u[p] = m->outer_momentum * u[p] + h;
        real step = m->outer == OUTER_MOMENTUM ? u[p] : m->outer_momentum * u[p] + h;
        mean[p] = base[p] - m->outer_rate * step;
        base[p] = mean[p];
    }
}

static void take(real *value, const real *mean, size_t V, size_t P)
{
    for (size_t i = 0; i < V * P; i++)
        value[i] = mean[i % P];
}

static void local_steps(struct model_averaging *m, size_t row, real *w, real *v, real *g,
                        real *loss)
{
    struct replicas *r = &m->r;
    for (size_t k = 0; k < r->V; k++) {
        size_t i = row * r->V + k;
        if (r->size[i] == 0)
            continue;
        loss[i] = replicas_row_gradient(r, &w[k * r->P], row, k, g);
        replicas_step(&m->rules, &w[k * r->P], &v[k * r->P], g, m->rate[row], r->P);
        m->seen[k] += r->size[i];
    }
}

void model_averaging_answer(struct call *call)
{
    struct model_averaging m;
    model_averaging_read(call, &m);
    size_t P = m.r.P, V = m.r.V, t = 0;
    real *base = replicas_start(&m.r), *w = call_scratch(call, V * P);
    real *v = call_scratch(call, V * P), *scaled = call_scratch(call, V * P);
    real *g = call_scratch(call, P), *u = call_scratch(call, P), *mean = call_scratch(call, P);
    real *loss = call_output(call, "loss", "RV");
    struct replicas_record record = replicas_record_make(&m.r, 'T');
    take(w, base, V, P);
    for (size_t row = 0; row < m.r.R; row++) {
        local_steps(&m, row, w, v, g, loss);
        if (!model_averaging_due(&m, row))
            continue;
        if (m.state == AVERAGING_AVERAGED) {
            average(&m, mean, v, scaled);
            take(v, mean, V, P);
        }
        for (size_t i = 0; i < V * P && m.state == AVERAGING_RESET; i++)
            v[i] = 0;
        average(&m, mean, w, scaled);
        model_averaging_outer(&m, mean, base, u);
        take(w, mean, V, P);
        replicas_record_row(&m.r, &record, t++, mean);
        for (size_t k = 0; k < V; k++)
            m.seen[k] = 0;
    }
}
