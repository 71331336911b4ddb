// SPDX-License-Identifier: MIT
#include "data_parallelism.h"

struct parallel_group data_parallelism_group(const struct data_parallelism *d, size_t u)
{
    struct parallel_group group = {.first = u * d->A, .end = (u + 1) * d->A};
    if (group.end > d->r.R)
        group.end = d->r.R;
    for (size_t i = group.first * d->r.V; i < group.end * d->r.V; i++) {
        group.samples += (size_t)d->r.size[i];
        group.present += d->r.size[i] != 0;
    }
    return group;
}

void data_parallelism_read(struct call *call, struct data_parallelism *d)
{
    static const char *const averages[] = {"samples", "replicas", "present", "sum", NULL};
    static const char *const scalings[] = {"none", "linear", "root", NULL};
    replicas_read(call, &d->r, 0);
    d->average = (enum parallel_average)call_choice(call, "average", averages);
    d->rules = replicas_rules_read(call);
    d->A = call_count_or(call, "accumulate", 1, 1, 1 << 20);
    d->U = (d->r.R + d->A - 1) / d->A;
    int scaling = call_choice(call, "rate_scaling", scalings);
    real V = real_count(d->r.V);
    d->scale = scaling == 0 ? R(1.0) : scaling == 1 ? V : real_sqrt(V);
    d->max_norm = call_number_or(call, "max_norm", R(0.0));
    if (!(d->max_norm >= 0))
        call_fail(call, "number 'max_norm' must not be negative");
    call_bind(call, 'U', d->U);
    d->rate = call_input(call, "rate", "U");
    for (size_t u = 0; u < d->U; u++) {
        struct parallel_group group = data_parallelism_group(d, u);
        if (group.samples == 0)
            call_fail(call, "input 'size' leaves update %zu without a sample", u);
    }
}

real data_parallelism_divisor(const struct data_parallelism *d, const struct parallel_group *group)
{
    switch (d->average) {
    case PARALLEL_SAMPLES:
        return real_count(group->samples);
    case PARALLEL_REPLICAS:
        return real_count(d->A * d->r.V);
    case PARALLEL_PRESENT:
        return real_count(group->present);
    default:
        return R(1.0);
    }
}

/* own (V,P+1): what each replica has added up over its rows; the loss comes last. */
static void accumulate(struct data_parallelism *d, const struct parallel_group *group, real *w,
                       real *own, real *g)
{
    struct replicas *r = &d->r;
    for (size_t k = 0; k < r->V; k++) {
        real *mine = own + k * (r->P + 1);
        for (size_t p = 0; p <= r->P; p++)
            mine[p] = 0;
        for (size_t row = group->first; row < group->end; row++) {
            size_t n = (size_t)r->size[row * r->V + k];
            if (n == 0)
                continue;
            real loss = replicas_row_gradient(r, w, row, k, g);
            real weight = d->average == PARALLEL_SAMPLES ? real_count(n) : R(1.0);
            for (size_t p = 0; p < r->P; p++)
                mine[p] = mine[p] + weight * g[p];
            mine[r->P] = mine[r->P] + real_count(n) * loss;
        }
    }
}

/* Clips G (P) and returns the norm that it had. */
static real clip(const struct data_parallelism *d, real *G)
{
    real norm = real_sqrt(sum_products(R(0.0), d->r.P, G, 1, G, 1));
    real above = norm - d->max_norm, factor = d->max_norm / norm;
    call_decisions(d->r.call, 1, &above);
    for (size_t p = 0; p < d->r.P && above > 0; p++)
        G[p] = G[p] * factor;
    return norm;
}

void data_parallelism_answer(struct call *call)
{
    struct data_parallelism d;
    data_parallelism_read(call, &d);
    size_t P = d.r.P;
    real *w = replicas_start(&d.r), *v = call_scratch(call, P), *g = call_scratch(call, P);
    real *own = call_scratch(call, d.r.V * (P + 1)), *G = call_scratch(call, P + 1);
    real *loss = call_output(call, "loss", "U"),
         *norm = d.max_norm > 0 ? call_output(call, "norm", "U") : NULL;
    struct replicas_record record = replicas_record_make(&d.r, 'U');
    for (size_t u = 0; u < d.U; u++) {
        struct parallel_group group = data_parallelism_group(&d, u);
        accumulate(&d, &group, w, own, g);
        replicas_sum(G, own, d.r.V, P + 1);
        real divisor = data_parallelism_divisor(&d, &group);
        loss[u] = G[P] / real_count(group.samples);
        for (size_t p = 0; p < P; p++)
            G[p] = G[p] / divisor;
        if (norm)
            norm[u] = clip(&d, G);
        replicas_step(&d.rules, w, v, G, d.rate[u] * d.scale, P);
        replicas_record_row(&d.r, &record, u, w);
    }
}
