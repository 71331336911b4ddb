// SPDX-License-Identifier: MIT
/* Data parallelism; definition in reference/distributed/data_parallelism.h.
 *
 * How it is distributed: replicas.h. Each replica accumulates over its micro-batches where it
 * lives; gradient and loss of all replicas cross the network together, once an update, in the fixed
 * tree over replicas. Every rank then makes the same update of its own copy of the weights.
 */
#include "replicas.h"

#include <string.h>

enum average { SAMPLES, REPLICAS, PRESENT, SUM };

struct settings {
    struct replicas r;
    struct replicas_rules rules;
    enum average average;
    size_t A, U;
    scalar scale, max_norm;
};

/* The rows of an update, and what they hold. */
struct group {
    size_t first, end, samples, present;
};

static struct group group_of(const struct settings *s, size_t u)
{
    const size_t V = s->r.V;
    struct group group = {.first = u * s->A, .end = s->r.R};
    if (group.end - group.first > s->A)
        group.end = group.first + s->A;
    for (size_t i = group.first * V; i < group.end * V; i++) {
        group.samples += (size_t)s->r.size[i];
        if (s->r.size[i] > 0)
            group.present++;
    }
    return group;
}

static void read_settings(struct question *q, struct settings *s)
{
    static const char *const averages[] = {"samples", "replicas", "present", "sum", NULL};
    static const char *const scalings[] = {"none", "linear", "root", NULL};
    replicas_read(q, &s->r, 0);
    s->average = (enum average)question_choice(q, "average", averages);
    s->rules = replicas_rules_read(q);
    s->A = question_count_or(q, "accumulate", 1, 1, 1 << 20);
    s->U = s->r.R / s->A + (s->r.R % s->A != 0);
    const int scaling = question_choice(q, "rate_scaling", scalings);
    const scalar V = (scalar)s->r.V;
    s->scale = scaling == 0 ? 1 : scaling == 1 ? V : scalar_sqrt(V);
    s->max_norm = question_number_or(q, "max_norm", 0);
    if (!(s->max_norm >= 0))
        question_refuse(q, "its number 'max_norm' must not be negative");
    question_bind(q, 'U', s->U);
    for (size_t u = 0; u < s->U; u++)
        if (group_of(s, u).samples == 0)
            question_refuse(q, "its input 'size' leaves update %zu without a sample", u);
}

static scalar divisor_of(const struct settings *s, const struct group *group)
{
    const size_t divisor[] = {[SAMPLES] = group->samples,
                              [REPLICAS] = s->A * s->r.V,
                              [PRESENT] = group->present,
                              [SUM] = 1};
    return (scalar)divisor[s->average];
}

/* own (here,P+1) of this rank's replicas. */
static void accumulate(struct settings *s, const struct group *group, const scalar *w, scalar *own,
                       scalar *g)
{
    struct replicas *r = &s->r;
    memset(own, 0, r->here * (r->P + 1) * sizeof *own);
    for (size_t k = 0; k < r->here; k++, own += r->P + 1)
        for (size_t row = group->first; row < group->end; row++) {
            const int n = r->size[row * r->V + r->first_here + k];
            if (n == 0)
                continue;
            const scalar loss = replicas_row_gradient(r, w, row, r->first_here + k, g);
            const scalar weight = s->average == SAMPLES ? (scalar)n : 1;
            for (size_t p = 0; p < r->P; p++)
                own[p] = own[p] + weight * g[p];
            own[r->P] = own[r->P] + (scalar)n * loss;
        }
}

/* Clips G (P) and returns the norm that it had. */
static scalar clip(const struct settings *s, scalar *G)
{
    scalar square = 0;
    team_row_products(&s->r.alone, 1, s->r.P, G, G, &square);
    const scalar norm = scalar_sqrt(square);
    if (norm > s->max_norm) {
        const scalar factor = s->max_norm / norm;
        for (size_t p = 0; p < s->r.P; p++)
            G[p] *= factor;
    }
    return norm;
}

void data_parallelism_run(struct question *q)
{
    struct settings s;
    read_settings(q, &s);
    const scalar *rate = question_input(q, "rate", "U");
    const size_t P = s.r.P;
    scalar *w = replicas_start(&s.r), *v = question_scratch(q, P), *g = question_scratch(q, P);
    scalar *own = question_scratch(q, s.r.here * (P + 1)), *G = question_scratch(q, P + 1);
    scalar *loss = question_output(q, "loss", "U"),
           *norm = s.max_norm > 0 ? question_output(q, "norm", "U") : NULL;
    const struct perceptron_outputs after = perceptron_case_outputs(q, s.r.net, "", "_after", 'U');
    struct reduction *sum = question_sum(q, 'V', P + 1);
    for (size_t u = 0; u < s.U; u++) {
        const struct group group = group_of(&s, u);
        const scalar divisor = divisor_of(&s, &group);
        accumulate(&s, &group, w, own, g);
        replicas_sum(sum, G, own, P + 1);
        loss[u] = G[P] / (scalar)group.samples;
        for (size_t p = 0; p < P; p++)
            G[p] = G[p] / divisor;
        if (norm != NULL)
            norm[u] = clip(&s, G);
        replicas_step(&s.rules, w, v, G, rate[u] * s.scale, P);
        perceptron_case_record(s.r.net, &after, u, w);
    }
}
