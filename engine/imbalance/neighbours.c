// SPDX-License-Identifier: MIT
/* Nearest neighbours by a filter and exact distances.
 *
 * The filter. With all points moved by their mean (rounded: a and b), the score of member b for a
 * sample a is |b|^2 - 2 a b, by one matrix product. It differs from the squared distance d of the
 * definition, less |a|^2, by at most
 *
 *     E = 8 (D + 4) u (|a| + R)^2,   R the largest |b|, u the unit roundoff:
 *
 * moving points costs 3 u (|a| + |b|)^2, the product (D + 2) u (|b|^2 + 2 |a| |b|) or twice that
 * when it does not fuse, the norm (D + 1) u |b|^2, and d itself (D + 3) u d; no square of a
 * distance exceeds (|a| + |b|)^2. Their sum is below half of E, and the other half is for the
 * rounding of E. So k members have d at most |a|^2 + s + E, where s is the k-th smallest score, and
 * who scores above s + 2 E is further away than all of them. s falls while scores come in; whoever
 * passes is noted, and its distance is computed later. Comparisons are written so that NaN passes.
 */
#include "neighbours.h"

#include <stdint.h>
#include <string.h>

enum { QUERIES = 48, COLUMNS = 512, NOTES = 256, LANES = 16 / sizeof(scalar), STRIDE = 16 };

#ifdef SCALAR_F32
static const scalar roundoff = 0x1p-24f, infinite = __builtin_inff(), smallest = 0x1p-126f;
typedef int32_t mask_lane;
#else
static const scalar roundoff = 0x1p-53, infinite = __builtin_inf(), smallest = 0x1p-1022;
typedef int64_t mask_lane;
#endif
typedef scalar lanes __attribute__((vector_size(16)));
typedef mask_lane masks __attribute__((vector_size(16)));

/* What is known about one sample while the members pass by. */
struct query {
    size_t who, notes, found;
    scalar slack, limit;      /* 2 E; s + 2 E */
    scalar *score;            /* (k) the smallest ones, ascending */
    uint32_t note[NOTES];     /* members whose distance is yet to be computed */
    scalar note_score[NOTES]; /* their scores */
    size_t *near;             /* (k) the best of those computed, in order */
    scalar *squared;          /* (k) */
};

struct neighbours {
    const struct team *team;
    const scalar *x;
    const size_t *member;
    size_t D, members, k;
    bool last_wins;
    scalar radius;
    scalar *middle, *table; /* (D); (D + 1, members): b, |b|^2 */
    scalar *left, *scores;  /* (QUERIES, D + 1): -2 a, 1; (QUERIES, COLUMNS) */
    scalar *gap, *distance; /* (D, NOTES), (NOTES) */
    scalar *spare;          /* (QUERIES, k) */
    struct query *query;    /* (QUERIES) */
};

static void tabulate(struct neighbours *is)
{
    const size_t D = is->D, M = is->members;
    for (size_t m = 0; m < M; m++)
        for (size_t d = 0; d < D; d++)
            is->middle[d] += is->x[is->member[m] * D + d] / (scalar)M;
    scalar *norm = is->table + D * M;
    for (size_t m = 0; m < M; m++) {
        const scalar *x = is->x + is->member[m] * D;
        for (size_t d = 0; d < D; d++) {
            const scalar b = x[d] - is->middle[d];
            is->table[d * M + m] = b;
            norm[m] += b * b;
        }
        is->radius = norm[m] > is->radius || norm[m] != norm[m] ? norm[m] : is->radius;
    }
    is->radius = scalar_sqrt(is->radius);
}

struct neighbours *neighbours_prepare(struct question *q, const scalar *x, size_t D,
                                      const size_t *member, size_t members, size_t k)
{
    static const char *const ties[] = {"first", "last", NULL};
    struct arena *arena = question_arena(q);
    struct neighbours *is = arena_take(arena, 1, sizeof *is);
    *is = (struct neighbours){.team = question_team(q), .x = x, .member = member, .D = D};
    is->members = members;
    is->k = k;
    is->last_wins = question_choice(q, "ties", ties) == 1;
    is->middle = question_scratch(q, D);
    is->table = question_scratch(q, (D + 1) * members);
    is->left = question_scratch(q, QUERIES * (D + 1));
    is->scores = question_scratch(q, QUERIES * COLUMNS);
    is->gap = question_scratch(q, D * NOTES);
    is->distance = question_scratch(q, NOTES);
    is->spare = question_scratch(q, QUERIES * k);
    is->query = arena_take(arena, QUERIES, sizeof *is->query);
    for (size_t i = 0; i < QUERIES; i++)
        is->query[i].score = question_scratch(q, k);
    tabulate(is);
    return is;
}

/* Whether member a at `da` ranks before member b at `db`. */
static bool ranks_before(const struct neighbours *is, scalar da, size_t a, scalar db, size_t b)
{
    if (da != db)
        return da < db;
    return is->last_wins ? a > b : a < b;
}

/* Computes the distances of all that are noted and may still be among the k nearest. */
static void compute_noted(struct neighbours *is, struct query *query)
{
    const size_t D = is->D;
    size_t count = 0;
    for (size_t i = 0; i < query->notes; i++)
        if (!(query->note_score[i] > query->limit))
            query->note[count++] = query->note[i];
    query->notes = 0;
    for (size_t i = 0; i < count; i++) {
        const scalar *b = is->x + is->member[query->note[i]] * D, *a = is->x + query->who * D;
        is->distance[i] = 0;
        for (size_t d = 0; d < D; d++)
            is->gap[d * count + i] = b[d] - a[d];
    }
    for (size_t d = 0; d < D; d++)
        is->team->kernels->multiply_add(count, is->distance, is->gap + d * count,
                                        is->gap + d * count);
    for (size_t i = 0; i < count; i++) {
        const size_t sample = is->member[query->note[i]];
        const scalar distance = is->distance[i];
        size_t at = query->found;
        while (at > 0 &&
               ranks_before(is, distance, sample, query->squared[at - 1], query->near[at - 1]))
            at--;
        if (at == is->k)
            continue;
        query->found += query->found < is->k;
        for (size_t j = query->found - 1; j > at; j--) {
            query->near[j] = query->near[j - 1];
            query->squared[j] = query->squared[j - 1];
        }
        query->near[at] = sample;
        query->squared[at] = distance;
    }
}

/* A member whose score is not above the limit. */
static void note(struct neighbours *is, struct query *query, size_t m, scalar score)
{
    if (is->member[m] == query->who)
        return;
    if (query->notes == NOTES)
        compute_noted(is, query);
    query->note[query->notes] = (uint32_t)m;
    query->note_score[query->notes++] = score;
    if (!(score < query->score[is->k - 1]))
        return;
    size_t at = is->k - 1;
    for (; at > 0 && score < query->score[at - 1]; at--)
        query->score[at] = query->score[at - 1];
    query->score[at] = score;
    query->limit = query->score[is->k - 1] + query->slack;
}

/* Whether all of STRIDE scores are above the limit. */
static bool all_above(const scalar *score, scalar limit)
{
    const lanes bound = limit - (lanes){0};
    masks above = ~(masks){0};
    for (size_t i = 0; i < STRIDE; i += LANES) {
        lanes s;
        memcpy(&s, score + i, sizeof s);
        above &= s > bound;
    }
    mask_lane all = above[0];
    for (size_t i = 1; i < LANES; i++)
        all &= above[i];
    return all != 0;
}

static void scan(struct neighbours *is, struct query *query, const scalar *score, size_t first,
                 size_t count)
{
    size_t i = 0;
    for (; i + STRIDE <= count; i += STRIDE) {
        if (all_above(score + i, query->limit))
            continue;
        for (size_t j = i; j < i + STRIDE; j++)
            if (!(score[j] > query->limit))
                note(is, query, first + j, score[j]);
    }
    for (; i < count; i++)
        if (!(score[i] > query->limit))
            note(is, query, first + i, score[i]);
}

/* Makes row i of the left factor, and the query empty. */
static void begin(struct neighbours *is, size_t i, size_t who, size_t *near, scalar *squared)
{
    struct query *query = is->query + i;
    scalar *row = is->left + i * (is->D + 1), norm = 0;
    for (size_t d = 0; d < is->D; d++) {
        const scalar a = is->x[who * is->D + d] - is->middle[d];
        row[d] = -2 * a;
        norm += a * a;
    }
    row[is->D] = 1;
    const scalar reach = scalar_sqrt(norm) + is->radius;
    query->who = who;
    query->notes = query->found = 0;
    query->slack = 16 * (scalar)(is->D + 4) * (roundoff * reach * reach + smallest);
    query->limit = infinite;
    query->near = near;
    query->squared = squared;
    for (size_t j = 0; j < is->k; j++)
        query->score[j] = infinite;
}

void neighbours_find(struct neighbours *is, size_t count, const size_t *who, size_t *near,
                     scalar *squared)
{
    const size_t K = is->D + 1, M = is->members, k = is->k;
    for (size_t from = 0; from < count; from += QUERIES) {
        const size_t rows = count - from < QUERIES ? count - from : QUERIES;
        for (size_t i = 0; i < rows; i++)
            begin(is, i, who[from + i], near + (from + i) * k,
                  squared != NULL ? squared + (from + i) * k : is->spare + i * k);
        for (size_t first = 0; first < M; first += COLUMNS) {
            const size_t width = M - first < COLUMNS ? M - first : COLUMNS;
            memset(is->scores, 0, rows * COLUMNS * sizeof *is->scores);
            team_product(is->team, false, false, rows, width, K, is->left, K, is->table + first, M,
                         is->scores, COLUMNS);
            for (size_t i = 0; i < rows; i++)
                scan(is, is->query + i, is->scores + i * COLUMNS, first, width);
        }
        for (size_t i = 0; i < rows; i++)
            compute_noted(is, is->query + i);
    }
}

void neighbours_find_together(struct question *q, struct neighbours *is, size_t count,
                              const size_t *who, size_t *near, scalar *squared)
{
    const struct team *team = question_team(q);
    const size_t k = is->k, ranks = (size_t)team->ranks, rank = (size_t)team->rank;
    const size_t first = count * rank / ranks, end = count * (rank + 1) / ranks;
    neighbours_find(is, end - first, who + first, near + first * k,
                    squared != NULL ? squared + first * k : NULL);
    if (ranks == 1)
        return;
    long long *all = arena_take(question_arena(q), count * k, sizeof *all);
    for (size_t i = first * k; i < end * k; i++)
        all[i] = (long long)near[i];
    reduce_integers(team, all, count * k);
    for (size_t i = 0; i < count * k; i++)
        near[i] = (size_t)all[i];
    if (squared != NULL) { /* one of the ranks has it, and no distance is below 0 */
        memset(squared, 0, first * k * sizeof *squared);
        memset(squared + end * k, 0, (count - end) * k * sizeof *squared);
        reduce_largest(team, squared, count * k);
    }
}

scalar neighbours_distance(const struct team *team, size_t D, const scalar *a, const scalar *b,
                           scalar *scratch)
{
    scalar squared;
    for (size_t d = 0; d < D; d++)
        scratch[d] = a[d] - b[d];
    team_row_products(team, 1, D, scratch, scratch, &squared);
    return squared;
}
