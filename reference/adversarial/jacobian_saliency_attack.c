// SPDX-License-Identifier: MIT
#include "jacobian_saliency_attack.h"

struct map {
    struct victim victim;
    int single, probabilities, again, target_alone;
    size_t T;
    real theta;
    const int *target;
    int *open;                /* (N,D): features that may be changed */
    real *x, *p, *a, *b, *dx; /* (N,D), (N,K), (N,D) three times */
};

static struct map read_map(struct call *call)
{
    static const char *const features[] = {"pairs", "single", NULL};
    static const char *const values[] = {"logits", "probabilities", NULL};
    static const char *const uses[] = {"once", "until_saturated", NULL};
    static const char *const maps[] = {"product", "target", NULL};
    struct map map;
    struct victim *victim = &map.victim;
    victim_read(call, victim);
    size_t N = victim->N, D = victim->D, K = victim->K;
    if (K < 2)
        call_fail(call, "input 'w1' ends in one logit: there is no other class to reach");
    if (!victim->boxed)
        call_fail(call, "convention 'box' is none, but features end at the box");
    map.target = call_integers(call, "target", "N", 0, (int)K - 1);
    map.single = call_choice(call, "features", features);
    map.probabilities = call_choice(call, "value", values);
    map.again = call_choice(call, "used", uses);
    map.target_alone = call_choice(call, "map", maps);
    map.theta = call_number_or(call, "theta", R(1.0));
    real gamma = call_number_or(call, "gamma", R(1.0)), share = gamma * real_count(D);
    if (!(map.theta > 0 || map.theta < 0))
        call_fail(call, "number 'theta' is 0: no feature would change");
    if (!(gamma >= 0 && gamma <= 1))
        call_fail(call, "number 'gamma' must be between 0 and 1");
    for (map.T = 0; real_count((map.T + 1) * (map.single ? 1 : 2)) <= share;)
        map.T++;
    if (map.T == 0)
        call_fail(call, "number 'gamma' leaves no change");
    map.open = call_scratch_integers(call, N * D);
    real **arrays[] = {&map.x, &map.a, &map.b, &map.dx};
    for (size_t i = 0; i < 4; i++)
        *arrays[i] = call_scratch(call, N * D);
    map.p = call_scratch(call, N * K);
    call_bind(call, 'T', map.T);
    return map;
}

static int at_end(const struct map *map, real x)
{
    return map->theta > 0 ? x >= map->victim.high : x <= map->victim.low;
}

/* dz (N,K) of g_k. */
static void slopes_of(struct map *map, const real *z, size_t k)
{
    size_t N = map->victim.N, K = map->victim.K;
    for (size_t n = 0; n < N; n++) {
        real *p = &map->p[n * K], *dz = &map->victim.dz[n * K], m = z[n * K];
        for (size_t j = 0; j < K; j++)
            m = z[n * K + j] > m ? z[n * K + j] : m;
        for (size_t j = 0; j < K; j++)
            p[j] = real_exp(z[n * K + j] - m);
        real s = sum_features(K, p, 1);
        for (size_t j = 0; j < K; j++)
            p[j] = p[j] / s;
        for (size_t j = 0; j < K; j++)
            dz[j] = map->probabilities ? p[k] * ((j == k ? 1 : 0) - p[j]) : (real)(j == k);
    }
}

/* a and b (N,D). */
static void differentiate(struct map *map, const real *z)
{
    size_t N = map->victim.N, D = map->victim.D;
    for (size_t i = 0; i < N * D; i++)
        map->b[i] = 0;
    for (size_t k = 0; k < map->victim.K; k++) {
        slopes_of(map, z, k);
        victim_pullback(&map->victim, map->dx, map->victim.dz);
        for (size_t i = 0; i < N * D; i++) {
            if ((size_t)map->target[i / D] == k)
                map->a[i] = map->dx[i];
            else
                map->b[i] = map->b[i] + map->dx[i];
        }
    }
}

/* Whether features p and q (p = q: one) of sample n are candidates, and their score. */
static int score_of(const struct map *map, size_t n, size_t p, size_t q, real *score)
{
    size_t D = map->victim.D;
    const real *a = &map->a[n * D], *b = &map->b[n * D];
    real alpha = map->single ? a[p] : a[p] + a[q], beta = map->single ? b[p] : b[p] + b[q];
    int up = map->theta > 0, fits = up ? alpha > 0 && beta < 0 : alpha < 0 && beta > 0;
    if ((map->single ? p != q : p >= q) || !map->open[n * D + p] || !map->open[n * D + q])
        return 0;
    *score = fits ? -alpha * beta : 0;
    if (map->target_alone)
        *score = up ? alpha : -alpha;
    return 1;
}

/* Whether sample n has a pair to change; the one with the largest score. */
static int choose(struct call *call, const struct map *map, size_t n, size_t *first, size_t *second,
                  real *best)
{
    size_t D = map->victim.D;
    int any = 0;
    real score = 0;
    for (size_t i = 0; i < D * D; i++) {
        if (!score_of(map, n, i / D, i % D, &score))
            continue;
        if (any ? score > *best : map->target_alone || score > 0) {
            any = 1;
            *best = score;
            *first = i / D;
            *second = i % D;
        }
    }
    for (size_t i = 0; i < D * D && any; i++) {
        size_t other = i != *first * D + *second && score_of(map, n, i / D, i % D, &score);
        real gap = *best - score;
        call_decisions(call, other, &gap);
    }
    return any;
}

static void change(struct map *map, size_t i)
{
    map->x[i] = map->x[i] + map->theta;
    victim_clip(&map->victim, &map->x[i], 1);
    map->open[i] = map->again && !at_end(map, map->x[i]);
}

void jacobian_saliency_attack_answer(struct call *call)
{
    struct map map = read_map(call);
    struct victim *victim = &map.victim;
    size_t N = victim->N, D = victim->D;
    real *iterates = call_output(call, "iterates", "TNa");
    real *first = call_output_integers(call, "first", "TN");
    real *second = call_output_integers(call, "second", "TN");
    real *scores = call_output(call, "score", "TN");
    real *iterations = call_output_integers(call, "iterations", "N");
    real *reached = call_output_integers(call, "reached", "N");
    int *class = call_scratch_integers(call, N);
    for (size_t i = 0; i < N * D; i++) {
        map.x[i] = victim->x[i];
        map.open[i] = !at_end(&map, map.x[i]);
    }
    const real *z = victim_logits(victim, map.x);
    for (size_t t = 0; t < map.T; t++) {
        victim_decisions(call, victim);
        victim_prediction_decisions(call, victim, z);
        victim_predict(victim, class, z);
        differentiate(&map, z);
        for (size_t n = 0; n < N; n++) {
            size_t p = 0, q = 0;
            int any =
                class[n] != map.target[n] && choose(call, &map, n, &p, &q, &scores[t * N + n]);
            first[t * N + n] = any ? real_count(p) : -1;
            second[t * N + n] = any && !map.single ? real_count(q) : -1;
            if (!any)
                continue;
            change(&map, n * D + p);
            if (!map.single)
                change(&map, n * D + q);
            iterations[n] = iterations[n] + 1;
        }
        for (size_t i = 0; i < N * D; i++)
            iterates[t * N * D + i] = map.x[i];
        z = victim_logits(victim, map.x);
    }
    victim_prediction_decisions(call, victim, z);
    victim_predict(victim, class, z);
    for (size_t n = 0; n < N; n++)
        reached[n] = class[n] == map.target[n];
}
