// SPDX-License-Identifier: MIT
#include "decoupled_direction_norm.h"

enum quantised { NEVER, EVERY, END };

struct walk {
    struct victim victim;
    enum quantised quantised;
    int capped, constant;
    size_t T, levels;
    real norm, gamma, rate, last;
    real *x, *d, *g, *loss, *e, *best; /* (N,D) three times, (N) three times */
};

static void read_numbers(struct call *call, struct walk *walk)
{
    walk->T = call_count_or(call, "steps", 100, 1, 1 << 20);
    walk->levels = call_count_or(call, "levels", 256, 2, 1 << 20);
    walk->norm = call_number_or(call, "norm", R(1.0));
    walk->gamma = call_number_or(call, "gamma", R(0.05));
    walk->rate = call_number_or(call, "rate", R(1.0));
    walk->last = call_number_or(call, "last", R(0.01));
    if (!(walk->norm > 0))
        call_fail(call, "number 'norm' must be above 0, or no factor changes it");
    if (!(walk->gamma > 0 && walk->gamma < 1))
        call_fail(call, "number 'gamma' must be between 0 and 1");
    if (!(walk->rate > 0))
        call_fail(call, "number 'rate' must be above 0, or nothing moves");
    if (!(walk->last >= 0))
        call_fail(call, "number 'last' is negative: the last steps would go back");
    call_bind(call, 'T', walk->T);
}

static struct walk read_walk(struct call *call)
{
    static const char *const quantisations[] = {"never", "every", "end", NULL};
    static const char *const caps[] = {"none", "worst", NULL};
    static const char *const anneals[] = {"cosine", "none", NULL};
    struct walk walk;
    struct victim *victim = &walk.victim;
    victim_read(call, victim);
    victim_read_goal(call, victim);
    walk.quantised = (enum quantised)call_choice(call, "quantised", quantisations);
    walk.capped = call_choice(call, "cap", caps);
    walk.constant = call_choice(call, "anneal", anneals);
    if (walk.quantised != NEVER && !victim->boxed)
        call_fail(call, "convention 'quantised' needs a box, whose levels it uses");
    read_numbers(call, &walk);
    size_t N = victim->N, D = victim->D;
    real **arrays[] = {&walk.x, &walk.d, &walk.g, &walk.loss, &walk.e, &walk.best};
    for (size_t i = 0; i < 6; i++)
        *arrays[i] = call_scratch(call, i < 3 ? N * D : N);
    return walk;
}

static real length(const real *y, size_t D)
{
    return real_sqrt(sum_products(0, D, y, 1, y, 1));
}

static real rate_of(const struct walk *walk, size_t k)
{
    const real pi = R(3.14159265358979323846264338327950288);
    if (walk->constant)
        return walk->rate;
    real wave = 1 + real_cos(pi * real_count(k) / real_count(walk->T));
    return walk->last + (walk->rate - walk->last) * wave / 2;
}

/* The level nearest to y. */
static real quantise(struct call *call, const struct walk *walk, real y)
{
    const struct victim *victim = &walk->victim;
    real steps = real_count(walk->levels - 1), range = victim->high - victim->low;
    real at = (y - victim->low) / range * steps;
    size_t below = 0;
    if (at < 0 || at > steps)
        return y; /* to be clipped */
    while (below + 1 < walk->levels && real_count(below + 1) <= at)
        below++;
    real level = real_count(below), gap = at - level - R(0.5);
    call_decisions(call, 1, &gap);
    return victim->low + range * ((gap > 0 ? level + 1 : level) / steps);
}

/* Whether x + d succeeds; keeps the smallest. */
static void judge(struct call *call, struct walk *walk, const int *class, int *success,
                  real *adversarial, real *found, size_t k)
{
    size_t D = walk->victim.D;
    for (size_t n = 0; n < walk->victim.N; n++) {
        int same = class[n] == walk->victim.answer[n];
        success[n] = same == (walk->victim.goal == VICTIM_TARGET);
        real now = length(&walk->d[n * D], D), gap = now - walk->best[n];
        if (!success[n])
            continue;
        call_decisions(call, found[n] > 0, &gap);
        if (found[n] > 0 && !(gap < 0))
            continue;
        walk->best[n] = now;
        found[n] = real_count(k + 1);
        for (size_t i = n * D; i < (n + 1) * D; i++)
            adversarial[i] = walk->x[i];
    }
}

/* The distance of sample n to the farthest corner. */
static real worst(const struct walk *walk, size_t n, real *scratch)
{
    const struct victim *victim = &walk->victim;
    for (size_t d = 0; d < victim->D; d++) {
        real x = victim->x[n * victim->D + d], below = x - victim->low, above = victim->high - x;
        scratch[d] = below > above ? below : above;
    }
    return length(scratch, victim->D);
}

static void move(struct call *call, struct walk *walk, real rate, int success, size_t n)
{
    struct victim *victim = &walk->victim;
    size_t D = victim->D;
    real *d = &walk->d[n * D], *g = &walk->g[n * D], *x = &walk->x[n * D], size = length(g, D);
    real way = victim->goal == VICTIM_TARGET ? -rate : rate;
    for (size_t i = 0; i < D; i++)
        d[i] = size > 0 ? d[i] + way * g[i] / size : d[i];
    walk->e[n] = walk->e[n] * (success ? 1 - walk->gamma : 1 + walk->gamma);
    real limit = walk->capped ? worst(walk, n, g) : walk->e[n];
    walk->e[n] = walk->e[n] > limit ? limit : walk->e[n];
    size = length(d, D);
    for (size_t i = 0; i < D; i++) {
        const real start = victim->x[n * D + i];
        x[i] = start + (size > 0 ? walk->e[n] / size * d[i] : 0);
        x[i] = walk->quantised == EVERY ? quantise(call, walk, x[i]) : x[i];
        victim_clip(victim, &x[i], 1);
        d[i] = x[i] - start;
    }
}

static void finish(struct call *call, struct walk *walk, real *adversarial, real *distance)
{
    size_t N = walk->victim.N, D = walk->victim.D;
    for (size_t i = 0; i < N * D; i++) {
        if (walk->quantised == END)
            adversarial[i] = quantise(call, walk, adversarial[i]);
        walk->d[i] = adversarial[i] - walk->victim.x[i];
    }
    for (size_t n = 0; n < N; n++)
        distance[n] = length(&walk->d[n * D], D);
}

void decoupled_direction_norm_answer(struct call *call)
{
    struct walk walk = read_walk(call);
    struct victim *victim = &walk.victim;
    size_t N = victim->N, ND = N * victim->D;
    int *class = call_scratch_integers(call, N), *success = call_scratch_integers(call, N);
    real *iterates = call_output(call, "iterates", "TNa");
    real *norms = call_output(call, "norms", "TN"), *rates = call_output(call, "rates", "T");
    real *adversarial = call_output(call, "adversarial", "Na");
    real *distance = call_output(call, "distance", "N");
    real *found = call_output_integers(call, "found", "N");
    for (size_t i = 0; i < ND; i++)
        adversarial[i] = walk.x[i] = victim->x[i];
    for (size_t n = 0; n < N; n++)
        walk.e[n] = walk.norm;
    for (size_t k = 0; k < walk.T; k++) {
        const real *z = victim_logits(victim, walk.x);
        victim_decisions(call, victim);
        victim_prediction_decisions(call, victim, z);
        victim_rival_decisions(call, victim, z, victim->answer);
        victim_predict(victim, class, z);
        victim_loss(victim, walk.loss, victim->dz, z, victim->answer);
        victim_pullback(victim, walk.g, victim->dz);
        judge(call, &walk, class, success, adversarial, found, k);
        rates[k] = rate_of(&walk, k);
        for (size_t n = 0; n < N; n++) {
            move(call, &walk, rates[k], success[n], n);
            norms[k * N + n] = walk.e[n];
        }
        for (size_t i = 0; i < ND; i++)
            iterates[k * ND + i] = walk.x[i];
    }
    finish(call, &walk, adversarial, distance);
}
