// SPDX-License-Identifier: MIT
/* Parameter server; definition in reference/distributed/parameter_server.h.
 *
 * How it is distributed: workers are the replicas of replicas.h. The server is not one rank: each
 * keeps the versions of the weights and makes every update, so that no pull crosses the network and
 * any version can be asked for. Together: what all workers push crosses it once an update, in the
 * fixed tree over workers. One by one: the rank of the worker sends its push to everybody.
 */
#include "replicas.h"

#include <string.h>

enum staleness { IGNORED, DIVIDED, DIVIDED_FROM_ONE, POWER };

struct settings {
    struct replicas r;
    struct replicas_rules rules;
    bool one_by_one, by_workers;
    enum staleness staleness;
    size_t U, limit;
    scalar compensation, staleness_decay;
    const int *delay;
};

static void read_settings(struct question *q, struct settings *s)
{
    static const char *const applications[] = {"together", "one_by_one", NULL};
    static const char *const averages[] = {"samples", "workers", NULL};
    static const char *const forms[] = {"ignored", "divided", "divided_from_one", "power", NULL};
    memset(s, 0, sizeof *s);
    replicas_read(q, &s->r, 1);
    s->rules = replicas_rules_read(q);
    s->one_by_one = question_choice(q, "application", applications) == 1;
    s->by_workers = question_choice(q, "average", averages) == 1;
    s->staleness = (enum staleness)question_choice(q, "staleness", forms);
    s->compensation = question_number_or(q, "compensation", 0);
    s->limit = question_count_or(q, "limit", 1 << 20, 0, 1 << 20);
    if (s->staleness == POWER) {
        s->staleness_decay = question_number(q, "staleness_decay");
        if (!(s->staleness_decay > 0 && s->staleness_decay <= 1))
            question_refuse(q, "its number 'staleness_decay' must be above 0 and at most 1");
    }
    s->delay = question_integers(q, "delay", "RV", 0, 1 << 20);
    for (size_t r = 0; r < s->r.R; r++)
        for (size_t k = 0; k < s->r.V; k++)
            if ((size_t)s->delay[r * s->r.V + k] > (s->one_by_one ? r * s->r.V + k : r))
                question_refuse(q, "element %zu,%zu of its input 'delay' is before the start", r,
                                k);
    s->U = s->one_by_one ? s->r.R * s->r.V : s->r.R;
    question_bind(q, 'U', s->U);
}

static scalar factor_of(const struct settings *s, size_t tau)
{
    if (s->staleness == DIVIDED_FROM_ONE)
        return 1 / (scalar)(tau + 1);
    if (s->staleness == DIVIDED)
        return tau == 0 ? 1 : 1 / (scalar)tau;
    scalar c = 1;
    while (s->staleness == POWER && tau-- > 0)
        c *= s->staleness_decay;
    return c;
}

/* The loss and the push h (P) of worker k in this row, at version u of the weights. */
static scalar push(struct settings *s, size_t row, size_t k, const scalar *history, size_t u,
                   scalar *h)
{
    const size_t P = s->r.P, tau = (size_t)s->delay[row * s->r.V + k];
    const scalar *now = history + u * P, *old = now - tau * P;
    const scalar loss = replicas_row_gradient(&s->r, old, row, k, h), c = factor_of(s, tau);
    for (size_t p = 0; p < P && s->compensation != 0; p++)
        h[p] = h[p] + s->compensation * h[p] * h[p] * (now[p] - old[p]);
    for (size_t p = 0; p < P; p++)
        h[p] = c * h[p];
    return loss;
}

/* G (P) of a row, and whether there is any push in it. */
static bool together(struct settings *s, size_t row, const scalar *history, struct reduction *sum,
                     scalar *G, scalar *pushed, scalar *loss)
{
    const struct replicas *r = &s->r;
    const size_t P = r->P;
    size_t divisor = 0;
    for (size_t k = 0; k < r->V; k++)
        if ((size_t)s->delay[row * r->V + k] <= s->limit)
            divisor += s->by_workers ? 1 : (size_t)r->size[row * r->V + k];
    for (size_t k = 0; k < r->here; k++, pushed += P) {
        const size_t i = row * r->V + r->first_here + k;
        loss[row * r->here + k] = push(s, row, r->first_here + k, history, row, pushed);
        const scalar weight = s->by_workers ? 1 : (scalar)r->size[i];
        for (size_t p = 0; p < P; p++)
            pushed[p] = (size_t)s->delay[i] <= s->limit ? weight * pushed[p] : 0;
    }
    replicas_sum(sum, G, pushed - r->here * P, P);
    for (size_t p = 0; p < P && divisor > 0; p++)
        G[p] /= (scalar)divisor;
    return divisor > 0;
}

/* G (P) of update u; only the rank of the worker computes it. */
static bool alone(struct settings *s, size_t u, const scalar *history, scalar *G, scalar *loss)
{
    const struct replicas *r = &s->r;
    const size_t row = u / r->V, k = u % r->V;
    if (k >= r->first_here && k - r->first_here < r->here)
        loss[row * r->here + k - r->first_here] = push(s, row, k, history, u, G);
    replicas_share(question_team(r->q), question_layout(r->q, 'V'), k, G, r->P);
    return (size_t)s->delay[u] <= s->limit;
}

void parameter_server_run(struct question *q)
{
    struct settings s;
    read_settings(q, &s);
    const scalar *rate = question_input(q, "rate", "U");
    const size_t P = s.r.P;
    scalar *start = replicas_start(&s.r), *history = question_scratch(q, (s.U + 1) * P);
    scalar *v = question_scratch(q, P), *G = question_scratch(q, P);
    scalar *pushed = question_scratch(q, s.r.here * P), *loss = question_output(q, "loss", "R[V]");
    const struct perceptron_outputs after = perceptron_case_outputs(q, s.r.net, "", "_after", 'U');
    struct reduction *sum = question_sum(q, 'V', P);
    memcpy(history, start, P * sizeof *start);
    for (size_t u = 0; u < s.U; u++) {
        scalar *next = history + (u + 1) * P;
        const bool any = s.one_by_one ? alone(&s, u, history, G, loss)
                                      : together(&s, u, history, sum, G, pushed, loss);
        memcpy(next, next - P, P * sizeof *next);
        if (any)
            replicas_step(&s.rules, next, v, G, rate[u], P);
        perceptron_case_record(s.r.net, &after, u, next);
    }
}
