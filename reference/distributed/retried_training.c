// SPDX-License-Identifier: MIT
#include "retried_training.h"

void retried_training_read(struct call *call, struct retried_training *t)
{
    static const char *const restored[] = {"all", "weights", NULL};
    static const char *const batches[] = {"replayed", "onward", NULL};
    *t = (struct retried_training){0};
    replicas_read(call, &t->r, 1);
    t->rules = replicas_rules_read(call);
    t->every = call_count_or(call, "every", 1, 1, 1 << 20);
    t->weights_only = call_choice(call, "restored", restored);
    t->onward = call_choice(call, "batches", batches);
    t->fail = call_integers(call, "fail", "T", 0, 1);
    t->T = call_size(call, 'T');
    t->rate = call_input(call, "rate", "R");
}

/* What is kept in a checkpoint, and what training goes on from. */
struct state {
    size_t step;
    real *w, *v;
};

static void restore(struct state *to, const struct state *from, size_t P, int weights_only)
{
    to->step = from->step;
    for (size_t p = 0; p < P; p++) {
        to->w[p] = from->w[p];
        to->v[p] = weights_only ? 0 : from->v[p];
    }
}

/* G (P+1), the loss last, of a row at w. */
static void gradient_of(struct retried_training *t, size_t row, real *w, real *G, real *own)
{
    size_t P = t->r.P, samples = 0;
    for (size_t k = 0; k < t->r.V; k++) {
        real *mine = &own[k * (P + 1)], n = (real)t->r.size[row * t->r.V + k];
        mine[P] = replicas_row_gradient(&t->r, w, row, k, mine);
        for (size_t p = 0; p <= P; p++)
            mine[p] = n * mine[p];
        samples += (size_t)t->r.size[row * t->r.V + k];
    }
    replicas_sum(G, own, t->r.V, P + 1);
    for (size_t p = 0; p <= P; p++)
        G[p] = G[p] / real_count(samples);
}

void retried_training_answer(struct call *call)
{
    struct retried_training t;
    retried_training_read(call, &t);
    size_t P = t.r.P, R = t.r.R;
    struct state now = {0, replicas_start(&t.r), call_scratch(call, P)};
    struct state kept = {0, replicas_start(&t.r), call_scratch(call, P)};
    real *G = call_scratch(call, P + 1), *own = call_scratch(call, t.r.V * (P + 1));
    real *loss = call_output(call, "loss", "R");
    real *attempts = call_output_integers(call, "attempts", "R");
    real *total = call_output_integers(call, "total", "");
    real *lost = call_output_integers(call, "lost", "");
    struct replicas_record record = replicas_record_make(&t.r, 'R');
    for (size_t a = 0; now.step < R; a++) {
        gradient_of(&t, t.onward ? a % R : now.step, now.w, G, own);
        attempts[now.step] += 1;
        *total += 1;
        if (a < t.T && t.fail[a]) {
            *lost += real_count(now.step - kept.step);
            restore(&now, &kept, P, t.weights_only);
            continue;
        }
        replicas_step(&t.rules, now.w, now.v, G, t.rate[now.step], P);
        loss[now.step] = G[P];
        replicas_record_row(&t.r, &record, now.step++, now.w);
        if (now.step % t.every == 0)
            restore(&kept, &now, P, 0);
    }
}
