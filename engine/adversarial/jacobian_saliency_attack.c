// SPDX-License-Identifier: MIT
/* Jacobian saliency map attack; definition in reference/adversarial/jacobian_saliency_attack.h.
 *
 * How it is distributed: the samples are sharded, the model is whole on every rank. The features of
 * a sample, and the D (D - 1) / 2 pairs of them, are the business of its owner: nothing crosses the
 * network.
 */
#include "victim.h"

#include <string.h>

struct map {
    struct victim *victim;
    bool single, probabilities, again, target_alone;
    size_t T, size;
    scalar theta;
    const int *target;
    int *class;
    bool *open;
    scalar *x, *p, *own, *others, *dx;
};

struct choice {
    bool any;
    size_t p, q;
    scalar score;
};

static struct map read_map(struct question *q)
{
    static const char *const features[] = {"pairs", "single", NULL};
    static const char *const values[] = {"logits", "probabilities", NULL};
    static const char *const uses[] = {"once", "until_saturated", NULL};
    static const char *const maps[] = {"product", "target", NULL};
    struct map map = {.victim = victim_read(q)};
    const size_t rows = map.victim->rows, D = map.victim->D, K = map.victim->K;
    if (K < 2)
        question_refuse(q, "its input 'w1' leads to one logit; give two or more");
    if (!map.victim->boxed)
        question_refuse(q, "its convention 'box' is none; features end at a box");
    map.target = question_integers(q, "target", "[N]", 0, (int)K - 1);
    map.single = question_choice(q, "features", features) == 1;
    map.probabilities = question_choice(q, "value", values) == 1;
    map.again = question_choice(q, "used", uses) == 1;
    map.target_alone = question_choice(q, "map", maps) == 1;
    map.theta = question_number_or(q, "theta", 1);
    const scalar gamma = question_number_or(q, "gamma", 1);
    if (map.theta == 0 || map.theta != map.theta)
        question_refuse(q, "its number 'theta' must not be 0");
    if (!(gamma >= 0 && gamma <= 1))
        question_refuse(q, "its number 'gamma' must be between 0 and 1");
    map.T = (size_t)(gamma * (scalar)D) / (map.single ? 1 : 2);
    if (map.T == 0)
        question_refuse(q, "its number 'gamma' allows no change");
    map.size = rows * D;
    map.class = arena_take(question_arena(q), rows, sizeof *map.class);
    map.open = arena_take(question_arena(q), map.size, sizeof *map.open);
    map.x = question_scratch(q, map.size);
    map.own = question_scratch(q, map.size);
    map.others = question_scratch(q, map.size);
    map.dx = question_scratch(q, map.size);
    map.p = question_scratch(q, rows * K);
    question_bind(q, 'T', map.T);
    return map;
}

static bool at_end(const struct map *map, scalar x)
{
    return map->theta > 0 ? x >= map->victim->high : x <= map->victim->low;
}

static void make_probabilities(struct map *map, const scalar *z)
{
    const size_t rows = map->victim->rows, K = map->victim->K;
    for (size_t n = 0; n < rows; n++) {
        scalar largest = z[n * K];
        for (size_t k = 1; k < K; k++)
            largest = z[n * K + k] > largest ? z[n * K + k] : largest;
        for (size_t k = 0; k < K; k++)
            map->p[n * K + k] = z[n * K + k] - largest;
    }
    map->victim->team->kernels->exponential(rows * K, map->p, map->p);
    for (size_t n = 0; n < rows; n++) {
        scalar sum = 0;
        for (size_t k = 0; k < K; k++)
            sum += map->p[n * K + k];
        for (size_t k = 0; k < K; k++)
            map->p[n * K + k] /= sum;
    }
}

/* own and others (rows,D): slopes of the target's output, and of the sum of all others. */
static void differentiate(struct map *map, const scalar *z)
{
    struct victim *victim = map->victim;
    const size_t K = victim->K, D = victim->D;
    memset(map->others, 0, map->size * sizeof *map->others);
    if (map->probabilities)
        make_probabilities(map, z);
    for (size_t k = 0; k < K; k++) {
        for (size_t i = 0; i < victim->rows * K; i++) {
            const scalar is = i % K == k;
            victim->dz[i] = map->probabilities ? map->p[i / K * K + k] * (is - map->p[i]) : is;
        }
        victim_pullback(victim, map->dx, victim->dz);
        for (size_t i = 0; i < map->size; i++) {
            if (map->target[i / D] == (int)k)
                map->own[i] = map->dx[i];
            else
                map->others[i] += map->dx[i];
        }
    }
}

static void consider(const struct map *map, struct choice *best, size_t n, size_t p, size_t q)
{
    const size_t at = n * map->victim->D;
    const scalar *own = map->own + at, *others = map->others + at;
    scalar alpha = own[p], beta = others[p];
    if (p != q) {
        alpha += own[q];
        beta += others[q];
    }
    bool fits = map->theta > 0 ? alpha > 0 && beta < 0 : alpha < 0 && beta > 0;
    scalar score = -alpha * beta;
    if (map->target_alone) {
        fits = true;
        score = map->theta > 0 ? alpha : -alpha;
    }
    if (fits && (!best->any || score > best->score))
        *best = (struct choice){true, p, q, score};
}

static struct choice choose(const struct map *map, size_t n)
{
    const size_t D = map->victim->D;
    const bool *open = map->open + n * D;
    struct choice best = {false, 0, 0, 0};
    for (size_t p = 0; p < D; p++) {
        if (!open[p])
            continue;
        if (map->single)
            consider(map, &best, n, p, p);
        for (size_t q = p + 1; q < D && !map->single; q++)
            if (open[q])
                consider(map, &best, n, p, q);
    }
    return best;
}

static void change(struct map *map, size_t i)
{
    map->x[i] += map->theta;
    victim_clip(map->victim, map->x + i, 1);
    map->open[i] = map->again && !at_end(map, map->x[i]);
}

void jacobian_saliency_attack_run(struct question *question)
{
    struct map map = read_map(question);
    struct victim *victim = map.victim;
    const size_t rows = victim->rows, D = victim->D;
    scalar *iterates = question_output(question, "iterates", "T[N]A");
    scalar *first = question_output(question, "first", "T[N]");
    scalar *second = question_output(question, "second", "T[N]");
    scalar *score = question_output(question, "score", "T[N]");
    scalar *iterations = question_output(question, "iterations", "[N]");
    scalar *reached = question_output(question, "reached", "[N]");
    memcpy(map.x, victim->x, map.size * sizeof *map.x);
    for (size_t i = 0; i < map.size; i++)
        map.open[i] = !at_end(&map, map.x[i]);
    const scalar *z = victim_logits(victim, map.x);
    for (size_t t = 0; t < map.T; t++) {
        victim_predict(victim, map.class, z);
        differentiate(&map, z);
        for (size_t n = 0; n < rows; n++) {
            const size_t at = t * rows + n;
            struct choice best = {false, 0, 0, 0};
            if (map.class[n] != map.target[n])
                best = choose(&map, n);
            first[at] = second[at] = -1;
            score[at] = best.score;
            if (!best.any)
                continue;
            iterations[n] += 1;
            first[at] = (scalar)best.p;
            change(&map, n * D + best.p);
            if (map.single)
                continue;
            second[at] = (scalar)best.q;
            change(&map, n * D + best.q);
        }
        memcpy(iterates + t * map.size, map.x, map.size * sizeof *iterates);
        z = victim_logits(victim, map.x);
    }
    victim_predict(victim, map.class, z);
    for (size_t n = 0; n < rows; n++)
        reached[n] = map.class[n] == map.target[n];
}
