// SPDX-License-Identifier: MIT
/* Hebbian learning; definition in reference/foundations/hebbian_learning.h.
 *
 * How it is distributed: with an update after every sample each step needs the weights that the
 * sample before left: every rank takes all steps in the same order, and nothing crosses the
 * network. With one update an epoch the samples are sharded, and the sum of y (x - f) crosses it: a
 * chain over each canonical block, then the fixed tree. The squares of y are summed in that way in
 * both.
 */
#include "../techniques.h"

#include <string.h>

enum rule { PLAIN, ONE_COMPONENT, MANY_COMPONENTS };

struct synapses {
    const struct team *team;
    const scalar *x; /* whole */
    size_t N, D, K, first, count;
    enum rule rule;
    scalar rate, decay, *w, *hold;
    scalar *y; /* (N,K); in a batch only this rank's samples are used */
};

/* y of sample n, and what holds each weight back. */
static void respond(struct synapses *s, size_t n)
{
    size_t D = s->D, K = s->K;
    scalar *y = s->y + n * K;
    memset(y, 0, K * sizeof *y);
    team_product(s->team, false, false, 1, K, D, s->x + n * D, D, s->w, K, y, K);
    memset(s->hold, 0, D * K * sizeof *s->hold);
    for (size_t d = 0; d < D && s->rule == ONE_COMPONENT; d++)
        for (size_t k = 0; k < K; k++)
            s->hold[d * K + k] = y[k] * s->w[d * K + k];
    for (size_t d = 0; d < D && s->rule == MANY_COMPONENTS; d++) {
        scalar sum = 0;
        for (size_t k = 0; k < K; k++) {
            s->team->kernels->multiply_add(1, &sum, y + k, s->w + d * K + k);
            s->hold[d * K + k] = sum;
        }
    }
}

static void forget(struct synapses *s, size_t i, scalar grown)
{
    s->w[i] = grown - s->rate * s->decay * s->w[i];
}

static void walk(struct synapses *s)
{
    for (size_t n = 0; n < s->N; n++) {
        respond(s, n);
        for (size_t i = 0; i < s->D * s->K; i++) {
            scalar u = s->rate * s->y[n * s->K + i % s->K];
            forget(s, i, s->w[i] + u * (s->x[n * s->D + i / s->K] - s->hold[i]));
        }
    }
}

/* Adds sample n of a batch to the terms (D,K) of its block. */
static void add_terms(struct synapses *s, size_t n, scalar *leaf)
{
    respond(s, n);
    for (size_t i = 0; i < s->D * s->K; i++)
        leaf[i] += s->y[n * s->K + i % s->K] * (s->x[n * s->D + i / s->K] - s->hold[i]);
}

/* One pass over this rank's samples: total (D K + K) is the sum of the terms of a batch, and of the
 * squares of y. */
static void add_up(struct synapses *s, struct reduction *sum, bool batch, scalar *total)
{
    size_t size = s->D * s->K;
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        struct piece piece = reduction_piece(sum, i);
        scalar *leaf = reduction_leaf(sum);
        for (size_t n = s->first + piece.first; n < s->first + piece.first + piece.count; n++) {
            if (batch)
                add_terms(s, n, leaf);
            s->team->kernels->multiply_add(s->K, leaf + size, s->y + n * s->K, s->y + n * s->K);
        }
        reduction_push(sum);
    }
    reduction_finish(sum, total);
}

static struct synapses read_synapses(struct question *q)
{
    static const char *const rules[] = {"hebb", "oja", "sanger", NULL};
    struct synapses s = {.team = question_team(q), .x = question_input(q, "x", "ND")};
    const scalar *start = question_input(q, "w", "DK");
    s.N = question_size(q, 'N');
    s.D = question_size(q, 'D');
    s.K = question_size(q, 'K');
    s.rule = (enum rule)question_choice(q, "rule", rules);
    s.rate = question_number(q, "rate");
    s.decay = question_number_or(q, "decay", 0);
    if (s.N == 0)
        question_refuse(q, "its input 'x' has no samples; give at least one");
    if (!(s.decay >= 0))
        question_refuse(q, "its number 'decay' is negative; forgetting takes at least 0");
    s.w = question_scratch(q, s.D * s.K);
    memcpy(s.w, start, s.D * s.K * sizeof *s.w);
    s.hold = question_scratch(q, s.D * s.K);
    s.y = question_scratch(q, s.N * s.K);
    question_input(q, "x", "[N]D"); /* shards the samples */
    s.first = question_first(q, 'N');
    s.count = question_part(q, 'N');
    return s;
}

void hebbian_learning_run(struct question *q)
{
    static const char *const updates[] = {"sample", "batch", NULL};
    struct synapses s = read_synapses(q);
    bool batch = question_choice(q, "update", updates) == 1;
    size_t E = question_count(q, "epochs", 1, 1 << 20), size = s.D * s.K;
    question_bind(q, 'E', E);
    scalar *w_after = question_output(q, "w_after", "EDK");
    scalar *mean_square = question_output(q, "mean_square", "EK");
    struct reduction *sum = question_sum(q, 'N', size + s.K);
    scalar *total = question_scratch(q, size + s.K);
    for (size_t e = 0; e < E; e++) {
        if (!batch)
            walk(&s);
        add_up(&s, sum, batch, total);
        for (size_t i = 0; i < size && batch; i++)
            forget(&s, i, s.w[i] + s.rate * (total[i] / (scalar)s.N));
        memcpy(w_after + e * size, s.w, size * sizeof *s.w);
        for (size_t k = 0; k < s.K; k++)
            mean_square[e * s.K + k] = total[size + k] / (scalar)s.N;
    }
}
