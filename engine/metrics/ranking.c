// SPDX-License-Identifier: MIT
#include "ranking.h"

#include "../broadcast.h"
#include "keys.h"

scalar *ranking_gather(struct question *q, char letter, size_t width, const scalar *part)
{
    const struct team *team = question_team(q);
    size_t N = question_size(q, letter);
    scalar *whole = question_scratch(q, N * width);
    gather(team, question_layout(q, letter), 1, width, part, whole);
    broadcast(team->comm, whole, N * width * sizeof *whole);
    return whole;
}

int *ranking_gather_labels(struct question *q, char letter, const int *part)
{
    size_t rows = question_part(q, letter), N = question_size(q, letter);
    scalar *mine = question_scratch(q, rows);
    for (size_t n = 0; n < rows; n++)
        mine[n] = (scalar)part[n];
    const scalar *whole = ranking_gather(q, letter, 1, mine);
    int *labels = arena_take(question_arena(q), N, sizeof *labels);
    for (size_t n = 0; n < N; n++)
        labels[n] = (int)whole[n];
    return labels;
}

/* The chains over the ranking, cut at each threshold. */
static void accumulate(struct ranking *r)
{
    scalar sum[2] = {0, 0};
    for (size_t n = 0; n < r->N; n++) {
        sum[r->label[n]] += r->weight != NULL ? r->weight[n] : 1;
        if (n + 1 < r->N && r->score[n + 1] == r->score[n])
            continue;
        r->end[r->T] = n + 1;
        r->threshold[r->T] = r->score[n];
        r->true_positive[r->T] = sum[1];
        r->false_positive[r->T++] = sum[0];
    }
    r->positives = sum[1];
    r->negatives = sum[0];
}

struct ranking ranking_create(struct question *q, const scalar *score, const int *label,
                              const scalar *weight, size_t N)
{
    struct arena *arena = question_arena(q);
    struct ranking r = {.N = N};
    uint32_t *order = arena_take(arena, N, sizeof *order);
    keys_order(arena, order, score, N);
    r.score = question_scratch(q, N);
    r.weight = weight != NULL ? question_scratch(q, N) : NULL;
    r.label = arena_take(arena, N, sizeof *r.label);
    for (size_t n = 0; n < N; n++) {
        r.score[n] = score[order[n]];
        r.label[n] = label[order[n]];
        if (weight != NULL)
            r.weight[n] = weight[order[n]];
    }
    r.end = arena_take(arena, N, sizeof *r.end);
    r.threshold = question_scratch(q, N);
    r.true_positive = question_scratch(q, N);
    r.false_positive = question_scratch(q, N);
    accumulate(&r);
    return r;
}

struct ranking ranking_read(struct question *q)
{
    const scalar *score = question_input(q, "scores", "[N]");
    size_t N = question_size(q, 'N');
    if (N == 0 || N > UINT32_MAX)
        question_refuse(q, "its 'scores' are %zu; give 1 to %u samples", N, UINT32_MAX);
    const int *label = question_integers(q, "labels", "[N]", 0, 1);
    const scalar *weight = confusion_weights(q);
    if (weight != NULL)
        weight = ranking_gather(q, 'N', 1, weight);
    return ranking_create(q, ranking_gather(q, 'N', 1, score), ranking_gather_labels(q, 'N', label),
                          weight, N);
}

scalar ranking_weight_at(const struct ranking *r, int label, size_t t)
{
    scalar sum = 0;
    for (size_t n = t > 0 ? r->end[t - 1] : 0; n < r->end[t]; n++)
        if (r->label[n] == label)
            sum += r->weight != NULL ? r->weight[n] : 1;
    return sum;
}
