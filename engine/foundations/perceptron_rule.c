// SPDX-License-Identifier: MIT
/* Perceptron learning rule; definition in reference/foundations/perceptron_rule.h.
 *
 * How it is distributed: the rule depends on the order of the samples, so MPI must keep it. Between
 * two mistakes the weights rest; therefore every rank may try its own positions of the epoch at the
 * same time, from where the last mistake was, until it meets one. What crosses the network is the
 * position of the first mistake of each rank; the earliest of them is the one that a single machine
 * would have met next. Later ones are forgotten: they were tried with weights that are now old. All
 * ranks then make the same correction and go on behind it. Nothing is added over ranks, and the
 * fewer mistakes there are, the more of the work is shared. Every rank holds the samples.
 */
#include "../techniques.h"

#include <string.h>

enum { MOST_SAMPLES = 1 << 24 }; /* positions cross the network as scalars, exactly */

struct learner {
    const struct team *team;
    const scalar *x;
    const int *labels, *order; /* order NULL: 0, 1, 2, ... */
    size_t N, D, first, count; /* this rank's positions */
    scalar rate, b, *w;
    int low;
    bool fires_at_zero;
};

static size_t sample_at(const struct learner *l, size_t position, size_t epoch)
{
    return l->order != NULL ? (size_t)l->order[epoch * l->N + position] : position;
}

static int fire(const struct learner *l, size_t n)
{
    scalar z = l->b;
    team_product(l->team, false, false, 1, 1, l->D, l->x + n * l->D, l->D, l->w, 1, &z, 1);
    if (z == 0)
        return l->fires_at_zero ? 1 : l->low;
    return z > 0 ? 1 : l->low;
}

static int wanted(const struct learner *l, size_t n)
{
    return l->labels[n] > 0 ? 1 : l->low;
}

/* The first mistake of the epoch at `from` or behind it, over all ranks; N when there is none. */
static size_t next_mistake(const struct learner *l, size_t from, size_t epoch)
{
    size_t position = from > l->first ? from : l->first, end = l->first + l->count;
    while (position < end) {
        size_t n = sample_at(l, position, epoch);
        if (fire(l, n) != wanted(l, n))
            break;
        position++;
    }
    scalar earliest = -(scalar)(position < end ? position : l->N);
    reduce_largest(l->team, &earliest, 1);
    return (size_t)-earliest;
}

static void correct(struct learner *l, size_t n)
{
    scalar update = l->rate * (scalar)(wanted(l, n) == 1 ? 1 - l->low : l->low - 1);
    for (size_t d = 0; d < l->D; d++)
        l->w[d] = l->w[d] + update * l->x[n * l->D + d];
    l->b = l->b + update;
}

static void check_order(struct question *q, const struct learner *l, size_t E)
{
    unsigned char *seen = arena_take(question_arena(q), l->N, 1);
    for (size_t e = 0; e < E; e++) {
        memset(seen, 0, l->N);
        for (size_t i = 0; i < l->N; i++)
            if (seen[l->order[e * l->N + i]]++)
                question_refuse(q, "row %zu of input 'order' names a sample twice", e);
    }
}

static struct learner read_learner(struct question *q, size_t E)
{
    static const char *const targets[] = {"zero_one", "signed", NULL};
    static const char *const at_zero[] = {"one", "low", NULL};
    struct learner l = {.team = question_team(q), .x = question_input(q, "x", "ND")};
    l.N = question_size(q, 'N');
    l.D = question_size(q, 'D');
    if (l.N == 0 || l.N > MOST_SAMPLES)
        question_refuse(q, "it has %zu samples; give 1 to %d", l.N, MOST_SAMPLES);
    l.labels = question_integers(q, "labels", "N", -1, 1);
    l.low = question_choice(q, "targets", targets) == 1 ? -1 : 0;
    l.fires_at_zero = question_choice(q, "at_zero", at_zero) == 0;
    l.rate = question_number_or(q, "rate", (scalar)0.01);
    if (!(l.rate >= 0))
        question_refuse(q, "its number 'rate' is negative; give 0 or more");
    l.w = question_scratch(q, l.D);
    if (question_has(q, "w"))
        memcpy(l.w, question_input(q, "w", "D"), l.D * sizeof *l.w);
    if (question_has(q, "b"))
        l.b = question_input(q, "b", "")[0];
    if (question_has(q, "order")) {
        l.order = question_integers(q, "order", "EN", 0, (int)l.N - 1);
        check_order(q, &l, E);
    }
    return l;
}

void perceptron_rule_run(struct question *q)
{
    size_t E = question_count(q, "epochs", 1, 1 << 20);
    question_bind(q, 'E', E);
    struct learner l = read_learner(q, E);
    size_t D = l.D;
    scalar *w_after = question_output(q, "w_after", "ED");
    scalar *b_after = question_output(q, "b_after", "E");
    scalar *mistakes = question_output(q, "mistakes", "E");
    scalar *predicted = question_output(q, "predicted", "[N]");
    l.first = question_first(q, 'N');
    l.count = question_part(q, 'N');
    for (size_t e = 0; e < E; e++) {
        size_t at = next_mistake(&l, 0, e);
        for (; at < l.N; at = next_mistake(&l, at + 1, e)) {
            correct(&l, sample_at(&l, at, e));
            mistakes[e] += 1;
        }
        memcpy(w_after + e * D, l.w, D * sizeof *l.w);
        b_after[e] = l.b;
    }
    for (size_t i = 0; i < l.count; i++)
        predicted[i] = (scalar)fire(&l, l.first + i);
}
