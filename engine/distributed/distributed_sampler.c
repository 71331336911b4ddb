// SPDX-License-Identifier: MIT
/* Distributed sampler; definition in reference/distributed/distributed_sampler.h.
 *
 * How it is distributed: the workers are dealt to the ranks in contiguous ranges, and each rank
 * finds the samples of its workers without asking anybody. What crosses the network: the sums of
 * values, in the fixed tree over workers, and whole numbers (what counts, how often each sample is
 * seen).
 */
#include "../techniques.h"

#include <string.h>

enum uneven { PAD, DROP, KEEP };

struct settings {
    size_t E, N, W, Q, skip, left;
    enum uneven uneven;
    bool contiguous, removed;
    const int *order;
    const scalar *value;
};

static void read_settings(struct question *q, struct settings *s)
{
    static const char *const unevens[] = {"pad", "drop", "keep", NULL};
    static const char *const assignments[] = {"interleaved", "contiguous", NULL};
    static const char *const duplicates[] = {"counted", "removed", NULL};
    s->value = question_input(q, "value", "N");
    s->N = question_size(q, 'N');
    s->order = question_integers(q, "order", "EN", 0, (int)s->N - 1);
    s->E = question_size(q, 'E');
    s->W = question_count(q, "workers", 1, 1 << 20);
    s->skip = question_count_or(q, "skip", 0, 0, 1 << 20);
    s->uneven = (enum uneven)question_choice(q, "uneven", unevens);
    s->contiguous = question_choice(q, "assignment", assignments) == 1;
    s->removed = question_choice(q, "duplicates", duplicates) == 1;
    bool *seen = arena_take(question_arena(q), s->N, sizeof *seen);
    for (size_t e = 0; e < s->E; e++) {
        memset(seen, 0, s->N * sizeof *seen);
        for (size_t n = 0; n < s->N; n++)
            seen[s->order[e * s->N + n]] = true;
        if (memchr(seen, 0, s->N * sizeof *seen) != NULL)
            question_refuse(q, "row %zu of its input 'order' does not hold every sample", e);
    }
    if (s->skip >= s->N)
        question_refuse(q, "its number 'skip' passes over all %zu samples", s->N);
    s->left = s->N - s->skip;
    if (s->uneven == DROP && s->left < s->W)
        question_refuse(q, "its number 'workers' is above the samples, which would be dropped");
    s->Q = s->left / s->W + (s->uneven != DROP && s->left % s->W != 0);
    question_bind(q, 'Q', s->Q);
    question_bind(q, 'W', s->W);
    question_split_evenly(q, 'W');
}

/* How many samples worker k has, and its first place among all. */
static size_t share_of(const struct settings *s, size_t k, size_t *first)
{
    const size_t longer = s->uneven == KEEP ? s->left - (s->left / s->W) * s->W : 0;
    const size_t base = longer > 0 ? s->Q - 1 : s->Q;
    *first = !s->contiguous ? k : k < longer ? k * (base + 1) : k * base + longer;
    return k < longer ? base + 1 : base;
}

/* Fills index (Q) of worker k and returns how many values are in *sum. */
static size_t sample(const struct settings *s, size_t k, const int *order, scalar *index,
                     long long *seen, scalar *sum)
{
    size_t place, counted = 0;
    const size_t share = share_of(s, k, &place), step = s->contiguous ? 1 : s->W;
    for (size_t i = 0; i < s->Q; i++)
        index[i] = -1;
    for (size_t i = 0; i < share; i++, place += step) {
        const int n = order[s->skip + place % s->left];
        index[i] = (scalar)n;
        seen[n]++;
        if (place < s->left || !s->removed) {
            *sum += s->value[n];
            counted++;
        }
    }
    return counted;
}

void distributed_sampler_run(struct question *q)
{
    struct settings s;
    read_settings(q, &s);
    scalar *index = question_output(q, "index", "E[W]Q"),
           *count = question_output(q, "count", "[W]");
    scalar *seen = question_output(q, "seen", "EN"), *mean = question_output(q, "mean", "E");
    struct reduction *sum = question_sum(q, 'W', 1);
    const size_t first = question_first(q, 'W'), here = question_part(q, 'W');
    long long *whole = arena_take(question_arena(q), s.N + 1, sizeof *whole);
    for (size_t e = 0; e < s.E; e++) {
        memset(whole, 0, (s.N + 1) * sizeof *whole);
        for (size_t b = 0; b < reduction_pieces(sum); b++) {
            const struct piece piece = reduction_piece(sum, b);
            scalar *leaf = reduction_leaf(sum), *row = index + (e * here + piece.first) * s.Q;
            for (size_t k = 0; k < piece.count; k++) {
                size_t place;
                count[piece.first + k] = (scalar)share_of(&s, first + piece.first + k, &place);
                whole[s.N] += (long long)sample(&s, first + piece.first + k, s.order + e * s.N,
                                                row + k * s.Q, whole, leaf);
            }
            reduction_push(sum);
        }
        reduction_finish(sum, &mean[e]);
        reduce_integers(question_team(q), whole, s.N + 1);
        mean[e] /= (scalar)whole[s.N];
        for (size_t n = 0; n < s.N; n++)
            seen[e * s.N + n] = (scalar)whole[n];
    }
}
