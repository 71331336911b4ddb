// SPDX-License-Identifier: MIT
#include "blend_forks.h"

struct blending blending_create(struct call *call, struct victim *victim, const real *end)
{
    return (struct blending){.mistake = call_variant(call),
                             .victim = victim,
                             .at = jacobian_create(call, victim),
                             .end = end,
                             .point = call_scratch(call, victim->N * victim->D),
                             .success = call_scratch_integers(call, victim->N)};
}

static void place(struct blending *is, real e, size_t n)
{
    size_t D = is->victim->D;
    real radius = 0;
    e = is->mistake == BLEND_OTHER_WAY ? 1 - e : e;
    for (size_t i = n * D; i < (n + 1) * D; i++) {
        real gap = is->end[i] - is->victim->x[i];
        radius = gap > radius ? gap : -gap > radius ? -gap : radius;
    }
    for (size_t i = n * D; i < (n + 1) * D; i++) {
        real x = is->victim->x[i], gap = is->end[i] - x, reach = e * radius;
        if (!is->shrinking)
            is->point[i] = x + gap * e;
        else
            is->point[i] = gap > reach ? x + reach : -gap > reach ? x - reach : is->end[i];
    }
}

void blending_try(struct blending *is, const real *e)
{
    const struct victim *victim = is->victim;
    int all = 1;
    for (size_t n = 0; n < victim->N; n++) {
        place(is, e[n], n);
        jacobian_fill(&is->at, &is->point[n * victim->D]);
        int class = victim->K == 1 ? *is->at.z > 0 : (int)jacobian_class(&is->at);
        int toward = victim->goal == VICTIM_TARGET && is->mistake != BLEND_TARGET_FLED;
        is->success[n] = toward ? class == victim->answer[n] : class != victim->answer[n];
        all = all && is->success[n];
    }
    for (size_t n = 0; n < victim->N && is->mistake == BLEND_SHARED; n++)
        is->success[n] = all;
}

void blending_bisect(struct blending *is, real *tested, real *lower, real *upper, size_t T,
                     int from_zero)
{
    size_t N = is->victim->N;
    for (size_t n = 0; n < N; n++)
        upper[n] = 1;
    for (size_t t = 0; t < T; t++) {
        real *e = &tested[t * N];
        for (size_t n = 0; n < N; n++) {
            e[n] = lower[n] + (upper[n] - lower[n]) / 2;
            e[n] = is->mistake == BLEND_HALVES_OF_LOWER ? upper[n] / 2 : e[n];
            e[n] = t == 0 && from_zero ? 0 : e[n];
        }
        blending_try(is, e);
        for (size_t n = 0; n < N; n++) {
            if ((is->success[n] != 0) == (is->mistake != BLEND_SIDES_SWAPPED))
                upper[n] = e[n];
            else
                lower[n] = e[n];
        }
    }
    for (size_t n = 0; n < N; n++) {
        upper[n] = is->mistake == BLEND_NEAR_SIDE ? lower[n] : upper[n];
        upper[n] = is->mistake == BLEND_LAST_TRIED ? tested[(T - 1) * N + n] : upper[n];
    }
}

void blending_distances(struct blending *is, real *distance)
{
    size_t D = is->victim->D;
    for (size_t n = 0; n < is->victim->N; n++) {
        real square = 0, largest = 0;
        for (size_t i = (n + 1) * D; i-- > n * D;) {
            real from = is->mistake == BLEND_DISTANCE_OF_POINT ? 0 : is->victim->x[i];
            real change = is->point[i] - from;
            square = square + change * change;
            largest = real_abs(change) > largest ? real_abs(change) : largest;
        }
        distance[n] = is->shrinking ? largest : real_sqrt(square);
        distance[n] = is->mistake == BLEND_DISTANCE_SQUARED ? square : distance[n];
    }
}
