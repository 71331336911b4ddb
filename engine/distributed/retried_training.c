// SPDX-License-Identifier: MIT
/* Retried training; definition in reference/distributed/retried_training.h.
 *
 * How it is distributed: replicas.h. In every attempt the gradients and losses of all replicas
 * cross the network together, in the fixed tree over replicas; all ranks make the same update, keep
 * the same checkpoint and go back to it at the same attempt, so a checkpoint needs no network.
 */
#include "replicas.h"

#include <string.h>

struct settings {
    struct replicas r;
    struct replicas_rules rules;
    size_t every, T;
    bool weights_only, onward;
    const int *fail;
    struct reduction *sum;
    scalar *own; /* (here,P+1) */
};

static void read_settings(struct question *q, struct settings *s)
{
    static const char *const restored[] = {"all", "weights", NULL};
    static const char *const batches[] = {"replayed", "onward", NULL};
    replicas_read(q, &s->r, 1);
    s->rules = replicas_rules_read(q);
    s->every = question_count_or(q, "every", 1, 1, 1 << 20);
    s->weights_only = question_choice(q, "restored", restored) == 1;
    s->onward = question_choice(q, "batches", batches) == 1;
    s->fail = question_integers(q, "fail", "T", 0, 1);
    s->T = question_size(q, 'T');
    s->sum = question_sum(q, 'V', s->r.P + 1);
    s->own = question_scratch(q, s->r.here * (s->r.P + 1));
}

/* G (P+1) of a row at w: the gradient, then the loss. */
static void differentiate(struct settings *s, size_t row, const scalar *w, scalar *G)
{
    struct replicas *r = &s->r;
    const size_t length = r->P + 1;
    size_t samples = 0;
    for (size_t k = 0; k < r->V; k++)
        samples += (size_t)r->size[row * r->V + k];
    for (size_t k = 0; k < r->here; k++) {
        scalar *own = s->own + k * length;
        const scalar n = (scalar)r->size[row * r->V + r->first_here + k];
        own[r->P] = replicas_row_gradient(r, w, row, r->first_here + k, own);
        for (size_t p = 0; p < length; p++)
            own[p] *= n;
    }
    replicas_sum(s->sum, G, s->own, length);
    for (size_t p = 0; p < length; p++)
        G[p] /= (scalar)samples;
}

void retried_training_run(struct question *q)
{
    struct settings s;
    read_settings(q, &s);
    const scalar *rate = question_input(q, "rate", "R");
    const size_t P = s.r.P, R = s.r.R;
    scalar *state = question_scratch(q, 2 * P), *kept = question_scratch(q, 2 * P); /* w, then v */
    scalar *G = question_scratch(q, P + 1), *loss = question_output(q, "loss", "R");
    scalar *attempts = question_output(q, "attempts", "R");
    scalar *total = question_output(q, "total", ""), *lost = question_output(q, "lost", "");
    const struct perceptron_outputs after = perceptron_case_outputs(q, s.r.net, "", "_after", 'R');
    size_t step = 0, kept_step = 0;
    memcpy(state, replicas_start(&s.r), P * sizeof *state);
    memcpy(kept, state, P * sizeof *kept);
    for (size_t a = 0; step < R; a++) {
        differentiate(&s, s.onward ? a % R : step, state, G);
        attempts[step]++;
        (*total)++;
        if (a < s.T && s.fail[a] == 1) {
            *lost += (scalar)(step - kept_step);
            step = kept_step;
            memcpy(state, kept, 2 * P * sizeof *state);
            if (s.weights_only)
                memset(state + P, 0, P * sizeof *state);
            continue;
        }
        replicas_step(&s.rules, state, state + P, G, rate[step], P);
        loss[step] = G[P];
        perceptron_case_record(s.r.net, &after, step, state);
        if (++step % s.every == 0) {
            memcpy(kept, state, 2 * P * sizeof *kept);
            kept_step = step;
        }
    }
}
