// SPDX-License-Identifier: MIT
#include "blend.h"

struct blend blend_create(struct call *call, struct victim *victim, const real *end, int shrinking)
{
    return (struct blend){.victim = victim,
                          .end = end,
                          .shrinking = shrinking,
                          .point = call_scratch(call, victim->N * victim->D),
                          .success = call_scratch_integers(call, victim->N),
                          .change = call_scratch(call, victim->D)};
}

static real largest_change(const struct blend *blend, size_t n)
{
    size_t D = blend->victim->D;
    real largest = 0;
    for (size_t i = n * D; i < (n + 1) * D; i++) {
        real change = real_abs(blend->end[i] - blend->victim->x[i]);
        largest = change > largest ? change : largest;
    }
    return largest;
}

void blend_try(struct call *call, struct blend *blend, const real *e)
{
    struct victim *victim = blend->victim;
    size_t N = victim->N, D = victim->D;
    int *class = blend->success;
    for (size_t n = 0; n < N; n++) {
        real radius = e[n] * largest_change(blend, n);
        for (size_t i = n * D; i < (n + 1) * D; i++) {
            real x = victim->x[i], to = blend->end[i];
            if (!blend->shrinking) {
                blend->point[i] = (1 - e[n]) * x + e[n] * to;
                continue;
            }
            to = to < x - radius ? x - radius : to;
            blend->point[i] = to > x + radius ? x + radius : to;
        }
    }
    const real *z = victim_logits(victim, blend->point);
    victim_prediction_decisions(call, victim, z);
    victim_predict(victim, class, z);
    for (size_t n = 0; n < N; n++)
        blend->success[n] = (class[n] == victim->answer[n]) == (victim->goal == VICTIM_TARGET);
}

void blend_bisect(struct call *call, struct blend *blend, real *tested, real *lower, real *upper,
                  size_t T, int from_zero)
{
    size_t N = blend->victim->N;
    for (size_t n = 0; n < N; n++)
        upper[n] = 1;
    for (size_t t = 0; t < T; t++) {
        real *e = &tested[t * N];
        for (size_t n = 0; n < N; n++)
            e[n] = t == 0 && from_zero ? 0 : (lower[n] + upper[n]) / 2;
        blend_try(call, blend, e);
        for (size_t n = 0; n < N; n++) {
            if (blend->success[n])
                upper[n] = e[n];
            else
                lower[n] = e[n];
        }
    }
}

void blend_distances(struct blend *blend, real *distance, int largest)
{
    size_t D = blend->victim->D;
    for (size_t n = 0; n < blend->victim->N; n++) {
        for (size_t d = 0; d < D; d++) {
            blend->change[d] = blend->point[n * D + d] - blend->victim->x[n * D + d];
            real size = real_abs(blend->change[d]);
            distance[n] = size > distance[n] ? size : distance[n];
        }
        if (!largest)
            distance[n] = real_sqrt(sum_products(0, D, blend->change, 1, blend->change, 1));
    }
}
