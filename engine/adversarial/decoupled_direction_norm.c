// SPDX-License-Identifier: MIT
/* Decoupled direction and norm; definition in reference/adversarial/decoupled_direction_norm.h.
 *
 * How it is distributed: the samples are sharded, the model is whole on every rank. Each sample has
 * its own change and norm, the rates are the same for all: nothing crosses the network.
 */
#include "victim.h"

#include <string.h>

enum { NEVER, EVERY_STEP, AT_END };

struct walk {
    struct victim *victim;
    int quantised;
    bool capped, constant;
    size_t T, levels, size;
    scalar norm, gamma, rate, last;
    scalar *x, *d, *g, *loss, *e, *best; /* (rows,D) three times, (rows) three times */
    int *class;
};

static void read_numbers(struct question *q, struct walk *walk)
{
    walk->T = question_count_or(q, "steps", 100, 1, 1 << 20);
    walk->levels = question_count_or(q, "levels", 256, 2, 1 << 20);
    walk->norm = question_number_or(q, "norm", 1);
    walk->gamma = question_number_or(q, "gamma", (scalar)0.05);
    walk->rate = question_number_or(q, "rate", 1);
    walk->last = question_number_or(q, "last", (scalar)0.01);
    if (!(walk->norm > 0))
        question_refuse(q, "its number 'norm' must be above 0");
    if (!(walk->gamma > 0 && walk->gamma < 1))
        question_refuse(q, "its number 'gamma' must be between 0 and 1");
    if (!(walk->rate > 0))
        question_refuse(q, "its number 'rate' must be above 0");
    if (!(walk->last >= 0))
        question_refuse(q, "its number 'last' must not be negative");
    question_bind(q, 'T', walk->T);
}

static struct walk read_walk(struct question *q)
{
    static const char *const quantisations[] = {"never", "every", "end", NULL};
    static const char *const caps[] = {"none", "worst", NULL};
    static const char *const anneals[] = {"cosine", "none", NULL};
    struct walk walk = {.victim = victim_read(q)};
    const size_t rows = walk.victim->rows;
    victim_read_goal(q, walk.victim);
    walk.quantised = question_choice(q, "quantised", quantisations);
    walk.capped = question_choice(q, "cap", caps) == 1;
    walk.constant = question_choice(q, "anneal", anneals) == 1;
    if (walk.quantised != NEVER && !walk.victim->boxed)
        question_refuse(q, "its convention 'quantised' needs a box");
    read_numbers(q, &walk);
    walk.size = rows * walk.victim->D;
    walk.x = question_scratch(q, walk.size);
    walk.d = question_scratch(q, walk.size);
    walk.g = question_scratch(q, walk.size);
    walk.loss = question_scratch(q, rows);
    walk.e = question_scratch(q, rows);
    walk.best = question_scratch(q, rows);
    walk.class = arena_take(question_arena(q), rows, sizeof *walk.class);
    for (size_t n = 0; n < rows; n++)
        walk.e[n] = walk.norm;
    return walk;
}

static scalar length(const struct walk *walk, const scalar *y)
{
    scalar square;
    team_row_products(walk->victim->team, 1, walk->victim->D, y, y, &square);
    return scalar_sqrt(square);
}

static scalar rate_of(const struct walk *walk, size_t k)
{
    scalar wave = (scalar)3.14159265358979323846 * (scalar)k / (scalar)walk->T;
    if (walk->constant)
        return walk->rate;
    walk->victim->team->kernels->cosine(1, &wave, &wave);
    return walk->last + (walk->rate - walk->last) * (1 + wave) / 2;
}

static scalar quantise(const struct walk *walk, scalar y)
{
    const scalar low = walk->victim->low, range = walk->victim->high - low;
    const scalar steps = (scalar)(walk->levels - 1), at = (y - low) / range * steps;
    if (at < 0 || at > steps)
        return y;
    scalar level = (scalar)(long long)at;
    if (at - level > (scalar)0.5)
        level += 1;
    return low + range * (level / steps);
}

/* Whether sample n succeeds with its present change, which is kept if it is the smallest. */
static bool judge(struct walk *walk, scalar *adversarial, scalar *found, size_t n, size_t k)
{
    const size_t D = walk->victim->D;
    const bool same = walk->class[n] == walk->victim->answer[n];
    if (same != (walk->victim->goal == VICTIM_TARGET))
        return false;
    const scalar now = length(walk, walk->d + n * D);
    if (found[n] == 0 || now < walk->best[n]) {
        walk->best[n] = now;
        found[n] = (scalar)(k + 1);
        memcpy(adversarial + n * D, walk->x + n * D, D * sizeof *adversarial);
    }
    return true;
}

/* e is at most the distance to the farthest corner; `scratch` (D). */
static void cap(const struct walk *walk, scalar *e, const scalar *x, scalar *scratch)
{
    const struct victim *victim = walk->victim;
    for (size_t i = 0; i < victim->D; i++) {
        const scalar below = x[i] - victim->low, above = victim->high - x[i];
        scratch[i] = below > above ? below : above;
    }
    const scalar limit = length(walk, scratch);
    *e = *e > limit ? limit : *e;
}

static void move(struct walk *walk, scalar rate, bool success, size_t n)
{
    const struct victim *victim = walk->victim;
    const size_t D = victim->D;
    const scalar *start = victim->x + n * D;
    scalar *d = walk->d + n * D, *g = walk->g + n * D, *x = walk->x + n * D, *e = walk->e + n;
    const scalar steepness = length(walk, g);
    for (size_t i = 0; i < D && steepness > 0; i++)
        d[i] += (victim->goal == VICTIM_TARGET ? -rate : rate) * g[i] / steepness;
    *e *= success ? 1 - walk->gamma : 1 + walk->gamma;
    if (walk->capped)
        cap(walk, e, start, g);
    const scalar size = length(walk, d);
    for (size_t i = 0; i < D; i++) {
        x[i] = start[i] + (size > 0 ? *e / size * d[i] : 0);
        if (walk->quantised == EVERY_STEP)
            x[i] = quantise(walk, x[i]);
        victim_clip(victim, x + i, 1);
        d[i] = x[i] - start[i];
    }
}

void decoupled_direction_norm_run(struct question *q)
{
    struct walk walk = read_walk(q);
    struct victim *victim = walk.victim;
    const size_t rows = victim->rows, bytes = walk.size * sizeof(scalar);
    scalar *iterates = question_output(q, "iterates", "T[N]A");
    scalar *norms = question_output(q, "norms", "T[N]"), *rates = question_output(q, "rates", "T");
    scalar *adversarial = question_output(q, "adversarial", "[N]A");
    scalar *distance = question_output(q, "distance", "[N]");
    scalar *found = question_output(q, "found", "[N]");
    memcpy(walk.x, victim->x, bytes);
    memcpy(adversarial, victim->x, bytes);
    for (size_t k = 0; k < walk.T; k++) {
        const scalar *z = victim_logits(victim, walk.x);
        victim_predict(victim, walk.class, z);
        victim_loss(victim, walk.loss, victim->dz, z, victim->answer);
        victim_pullback(victim, walk.g, victim->dz);
        rates[k] = rate_of(&walk, k);
        for (size_t n = 0; n < rows; n++)
            move(&walk, rates[k], judge(&walk, adversarial, found, n, k), n);
        memcpy(norms + k * rows, walk.e, rows * sizeof *norms);
        memcpy(iterates + k * walk.size, walk.x, bytes);
    }
    for (size_t i = 0; i < walk.size; i++) {
        if (walk.quantised == AT_END)
            adversarial[i] = quantise(&walk, adversarial[i]);
        walk.d[i] = adversarial[i] - victim->x[i];
    }
    for (size_t n = 0; n < rows; n++)
        distance[n] = length(&walk, walk.d + n * victim->D);
}
