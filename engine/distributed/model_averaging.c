// SPDX-License-Identifier: MIT
/* Model averaging; definition in reference/distributed/model_averaging.h.
 *
 * How it is distributed: replicas.h. Between two averagings nothing crosses the network, but each
 * rank steps its own replicas. An averaging adds weights (and velocities, where they are averaged)
 * of all replicas at once, in the fixed tree over replicas; the outer step is made by every rank.
 */
#include "replicas.h"

#include <string.h>

enum state { KEPT, AVERAGED, RESET };
enum outer { NONE, MOMENTUM, NESTEROV };

struct settings {
    struct replicas r;
    struct replicas_rules rules;
    size_t every;
    bool by_samples;
    enum state state;
    enum outer outer;
    scalar outer_rate, outer_momentum;
    size_t *seen; /* (V) samples since the last averaging */
};

static bool is_due(const struct settings *s, size_t row)
{
    return row + 1 == s->r.R || (row + 1) % s->every == 0;
}

/* Counts the samples of a row; returns how many have been seen by all since the last averaging. */
static size_t count_samples(struct settings *s, size_t row)
{
    size_t total = 0;
    for (size_t k = 0; k < s->r.V; k++)
        total += s->seen[k] += (size_t)s->r.size[row * s->r.V + k];
    return total;
}

static void read_settings(struct question *q, struct settings *s)
{
    static const char *const weightings[] = {"equal", "samples", NULL};
    static const char *const states[] = {"kept", "averaged", "reset", NULL};
    static const char *const outers[] = {"none", "momentum", "nesterov", NULL};
    memset(s, 0, sizeof *s);
    replicas_read(q, &s->r, 0);
    s->rules = replicas_rules_read(q);
    s->every = question_count_or(q, "every", 1, 1, 1 << 20);
    s->by_samples = question_choice(q, "weighting", weightings) == 1;
    s->state = (enum state)question_choice(q, "state", states);
    s->outer = (enum outer)question_choice(q, "outer", outers);
    if (s->outer != NONE) {
        s->outer_rate = question_number(q, "outer_rate");
        s->outer_momentum = question_number(q, "outer_momentum");
        if (!(s->outer_momentum >= 0 && s->outer_momentum < 1))
            question_refuse(q, "its number 'outer_momentum' must be at least 0 and below 1");
    }
    s->seen = arena_take(question_arena(q), s->r.V, sizeof *s->seen);
    for (size_t row = 0; s->by_samples && row < s->r.R; row++) {
        const size_t seen = count_samples(s, row);
        if (!is_due(s, row))
            continue;
        if (seen == 0)
            question_refuse(
                q, "its input 'size' leaves the averaging after row %zu without samples", row);
        memset(s->seen, 0, s->r.V * sizeof *s->seen);
    }
    question_bind(q, 'T', s->r.R / s->every + (s->r.R % s->every != 0));
}

/* A step of each replica of this rank at its own weights. */
static void step_alone(struct settings *s, size_t row, scalar rate, scalar *w, scalar *v, scalar *g,
                       scalar *loss)
{
    struct replicas *r = &s->r;
    for (size_t k = 0; k < r->here; k++, w += r->P, v += r->P) {
        if (r->size[row * r->V + r->first_here + k] == 0)
            continue;
        loss[row * r->here + k] = replicas_row_gradient(r, w, row, r->first_here + k, g);
        replicas_step(&s->rules, w, v, g, rate, r->P);
    }
}

/* both (2P): the mean weights, and the mean velocities where they are wanted. */
static void average(struct settings *s, struct reduction *sum, scalar *both, const scalar *w,
                    const scalar *v, scalar *scaled)
{
    const struct replicas *r = &s->r;
    const size_t P = r->P, length = s->state == AVERAGED ? 2 * P : P;
    scalar total = 0;
    for (size_t k = 0; k < r->V; k++)
        total += s->by_samples ? (scalar)s->seen[k] : 1;
    for (size_t k = 0; k < r->here; k++) {
        const scalar c = s->by_samples ? (scalar)s->seen[r->first_here + k] : 1;
        for (size_t p = 0; p < P; p++) {
            scaled[k * length + p] = c * w[k * P + p];
            if (length > P)
                scaled[k * length + P + p] = c * v[k * P + p];
        }
    }
    replicas_sum(sum, both, scaled, length);
    for (size_t p = 0; p < length; p++)
        both[p] /= total;
}

/* From the mean (P) and the last weights of all, base (P), the next ones: in both. */
static void step_outside(const struct settings *s, scalar *mean, scalar *base, scalar *u)
{
    const scalar mu = s->outer_momentum;
    for (size_t p = 0; p < s->r.P; p++) {
        const scalar h = base[p] - mean[p];
        u[p] = mu * u[p] + h;
        mean[p] = base[p] - s->outer_rate * (s->outer == NESTEROV ? mu * u[p] + h : u[p]);
        base[p] = mean[p];
    }
}

void model_averaging_run(struct question *q)
{
    struct settings s;
    read_settings(q, &s);
    const scalar *rate = question_input(q, "rate", "R");
    const size_t P = s.r.P, here = s.r.here, length = s.state == AVERAGED ? 2 * P : P;
    scalar *base = replicas_start(&s.r), *w = question_scratch(q, here * P);
    scalar *v = question_scratch(q, here * P), *scaled = question_scratch(q, here * length);
    scalar *g = question_scratch(q, P), *u = question_scratch(q, P);
    scalar *both = question_scratch(q, 2 * P), *loss = question_output(q, "loss", "R[V]");
    const struct perceptron_outputs after = perceptron_case_outputs(q, s.r.net, "", "_after", 'T');
    struct reduction *sum = question_sum(q, 'V', length);
    size_t t = 0;
    for (size_t k = 0; k < here; k++)
        memcpy(w + k * P, base, P * sizeof *w);
    for (size_t row = 0; row < s.r.R; row++) {
        step_alone(&s, row, rate[row], w, v, g, loss);
        count_samples(&s, row);
        if (!is_due(&s, row))
            continue;
        average(&s, sum, both, w, v, scaled);
        if (s.outer != NONE)
            step_outside(&s, both, base, u);
        for (size_t k = 0; k < here; k++) {
            memcpy(w + k * P, both, P * sizeof *w);
            if (s.state == AVERAGED)
                memcpy(v + k * P, both + P, P * sizeof *v);
        }
        if (s.state == RESET)
            memset(v, 0, here * P * sizeof *v);
        perceptron_case_record(s.r.net, &after, t++, both);
        memset(s.seen, 0, s.r.V * sizeof *s.seen);
    }
}
