// SPDX-License-Identifier: MIT
#include "blend.h"

struct blend blend_create(struct question *q, struct victim *victim, const scalar *end,
                          bool shrinking)
{
    return (struct blend){victim, end, shrinking, question_scratch(q, victim->rows * victim->D),
                          arena_take(question_arena(q), victim->rows, sizeof(int))};
}

bool blend_succeeds(const struct blend *blend, size_t n)
{
    const bool same = blend->class[n] == blend->victim->answer[n];
    return blend->victim->goal == VICTIM_TARGET ? same : !same;
}

/* The end, no farther than `radius` from x in any feature. */
static void shrink(const struct blend *blend, scalar e, size_t n)
{
    const size_t D = blend->victim->D;
    const scalar *x = blend->victim->x + n * D, *end = blend->end + n * D;
    scalar *point = blend->point + n * D, radius = 0;
    for (size_t d = 0; d < D; d++) {
        const scalar change = scalar_absolute(end[d] - x[d]);
        radius = change > radius ? change : radius;
    }
    radius = e * radius;
    for (size_t d = 0; d < D; d++) {
        point[d] = end[d] < x[d] - radius ? x[d] - radius : end[d];
        point[d] = point[d] > x[d] + radius ? x[d] + radius : point[d];
    }
}

void blend_try(struct blend *blend, const scalar *e)
{
    struct victim *victim = blend->victim;
    const size_t D = victim->D;
    for (size_t n = 0; n < victim->rows; n++) {
        if (blend->shrinking)
            shrink(blend, e[n], n);
        for (size_t i = n * D; i < (n + 1) * D && !blend->shrinking; i++)
            blend->point[i] = (1 - e[n]) * victim->x[i] + e[n] * blend->end[i];
    }
    victim_predict(victim, blend->class, victim_logits(victim, blend->point));
}

void blend_bisect(struct blend *blend, scalar *tested, scalar *lower, scalar *upper, size_t T,
                  bool from_zero)
{
    const size_t rows = blend->victim->rows;
    for (size_t n = 0; n < rows; n++)
        upper[n] = 1;
    for (size_t t = 0; t < T; t++, tested += rows) {
        for (size_t n = 0; n < rows; n++)
            tested[n] = t == 0 && from_zero ? 0 : (lower[n] + upper[n]) / 2;
        blend_try(blend, tested);
        for (size_t n = 0; n < rows; n++)
            *(blend_succeeds(blend, n) ? upper + n : lower + n) = tested[n];
    }
}

void blend_distances(struct question *q, const struct blend *blend, scalar *distance, bool largest)
{
    const struct victim *victim = blend->victim;
    const size_t rows = victim->rows, D = victim->D;
    scalar *change = question_scratch(q, rows * D);
    for (size_t i = 0; i < rows * D; i++)
        change[i] = blend->point[i] - victim->x[i];
    if (!largest)
        team_row_products(victim->team, rows, D, change, change, distance);
    for (size_t n = 0; n < rows; n++) {
        for (size_t i = n * D; i < (n + 1) * D && largest; i++)
            distance[n] =
                scalar_absolute(change[i]) > distance[n] ? scalar_absolute(change[i]) : distance[n];
        distance[n] = largest ? distance[n] : scalar_sqrt(distance[n]);
    }
}
