// SPDX-License-Identifier: MIT
/* DeepFool; definition in reference/adversarial/deep_fool.h.
 *
 * How it is distributed: the samples are sharded, the model is whole on every rank, and no sample
 * needs another one: nothing crosses the network. All samples of a rank go through the model
 * together, also those that have arrived. A rank makes the slopes of all candidates first and then
 * chooses, so that each class costs one pass back.
 */
#include "hyperplane.h"
#include "victim.h"

#include <string.h>

enum { EVERY, AT_END, PER_STEP };

struct fool {
    struct victim *victim;
    struct hyperplane plane; /* its norm */
    int overshoots;
    bool probabilities;
    size_t T, classes;
    scalar overshoot, offset;
    int *own, *now;
    bool *candidate;               /* (rows,K) */
    scalar *p, *slope, *total, *r; /* (rows,K), (K,rows,D), (rows,D), (D) */
    scalar *x;                     /* (rows,D) */
};

static void read_numbers(struct question *q, struct fool *fool)
{
    static const char *const overshoots[] = {"every", "end", "step", NULL};
    static const char *const values[] = {"logits", "probabilities", NULL};
    const size_t K = fool->victim->K;
    fool->plane.norm = hyperplane_norm(q);
    fool->overshoots = question_choice(q, "overshoots", overshoots);
    fool->probabilities = question_choice(q, "value", values) == 1;
    fool->T = question_count_or(q, "steps", 50, 1, 1 << 16);
    fool->overshoot = question_number_or(q, "overshoot", (scalar)0.02);
    fool->offset = question_number_or(q, "offset", 0);
    if (K < 2)
        question_refuse(q, "its input 'w1' leads to one logit; give two or more");
    fool->classes = question_count_or(q, "classes", K, 2, K);
    if (!(fool->overshoot >= 0))
        question_refuse(q, "its number 'overshoot' must not be negative");
    if (!(fool->offset >= 0))
        question_refuse(q, "its number 'offset' must not be negative");
    question_bind(q, 'T', fool->T);
}

static struct fool read_fool(struct question *q)
{
    struct fool fool = {.victim = victim_read(q)};
    read_numbers(q, &fool);
    const size_t rows = fool.victim->rows, D = fool.victim->D, K = fool.victim->K;
    fool.own = arena_take(question_arena(q), rows, sizeof *fool.own);
    fool.now = arena_take(question_arena(q), rows, sizeof *fool.now);
    fool.candidate = arena_take(question_arena(q), rows * K, sizeof *fool.candidate);
    fool.p = question_scratch(q, rows * K);
    fool.slope = question_scratch(q, K * rows * D);
    fool.total = question_scratch(q, rows * D);
    fool.r = question_scratch(q, D);
    fool.x = question_scratch(q, rows * D);
    memcpy(fool.x, fool.victim->x, rows * D * sizeof *fool.x);
    return fool;
}

/* The own class of each sample, and the largest of the others one by one. */
static void choose(struct question *q, struct fool *fool, const scalar *z)
{
    static const char *const owns[] = {"prediction", "label", NULL};
    const size_t rows = fool->victim->rows, K = fool->victim->K;
    victim_predict(fool->victim, fool->own, z);
    if (question_choice(q, "own", owns) == 1) {
        const int *labels = question_integers(q, "labels", "[N]", 0, (int)K - 1);
        memcpy(fool->own, labels, rows * sizeof *labels);
    }
    for (size_t n = 0; n < rows; n++) {
        bool *taken = fool->candidate + n * K;
        for (size_t i = 1; i < fool->classes; i++) {
            size_t best = K;
            for (size_t k = 0; k < K; k++)
                if ((int)k != fool->own[n] && !taken[k] &&
                    (best == K || z[n * K + k] > z[n * K + best]))
                    best = k;
            taken[best] = true;
        }
    }
}

static const scalar *values(struct fool *fool, const scalar *z)
{
    const size_t rows = fool->victim->rows, K = fool->victim->K;
    if (!fool->probabilities)
        return z;
    for (size_t n = 0; n < rows; n++) {
        scalar largest = z[n * K];
        for (size_t k = 1; k < K; k++)
            largest = z[n * K + k] > largest ? z[n * K + k] : largest;
        for (size_t k = 0; k < K; k++)
            fool->p[n * K + k] = z[n * K + k] - largest;
    }
    fool->victim->team->kernels->exponential(rows * K, fool->p, fool->p);
    for (size_t n = 0; n < rows; n++) {
        scalar sum = 0;
        for (size_t k = 0; k < K; k++)
            sum += fool->p[n * K + k];
        for (size_t k = 0; k < K; k++)
            fool->p[n * K + k] /= sum;
    }
    return fool->p;
}

/* slope (K,rows,D): of g_k - g_c. */
static void make_slopes(struct fool *fool, const scalar *g)
{
    struct victim *victim = fool->victim;
    const size_t rows = victim->rows, K = victim->K;
    for (size_t k = 0; k < K; k++) {
        for (size_t n = 0; n < rows; n++) {
            const size_t c = (size_t)fool->own[n];
            const scalar *p = g + n * K;
            scalar *dz = victim->dz + n * K;
            for (size_t j = 0; j < K; j++) {
                if (fool->probabilities)
                    dz[j] = (j == k ? p[k] : 0) - (j == c ? p[c] : 0) - (p[k] - p[c]) * p[j];
                else
                    dz[j] = (scalar)((j == k) - (j == c));
            }
        }
        victim_pullback(victim, fool->slope + k * rows * victim->D, victim->dz);
    }
}

/* One step of sample n to its nearest candidate. */
static void step(struct fool *fool, const scalar *g, size_t n)
{
    const struct victim *victim = fool->victim;
    const size_t D = victim->D, K = victim->K, c = (size_t)fool->own[n];
    size_t best = K;
    scalar least = 0;
    for (size_t k = 0; k < K; k++) {
        if (!fool->candidate[n * K + k])
            continue;
        hyperplane_measure(victim->team, &fool->plane, fool->slope + (k * victim->rows + n) * D, D);
        const scalar distance = (g[n * K + c] - g[n * K + k]) / fool->plane.dual;
        if (best == K || distance < least) {
            best = k;
            least = distance;
        }
    }
    const scalar *v = fool->slope + (best * victim->rows + n) * D;
    scalar *total = fool->total + n * D, *x = fool->x + n * D, *r = fool->r;
    hyperplane_measure(victim->team, &fool->plane, v, D);
    const scalar m = g[n * K + c] - g[n * K + best] + fool->offset * fool->plane.dual;
    hyperplane_reach(r, m, v, &fool->plane, D);
    for (size_t d = 0; d < D; d++) {
        total[d] += r[d];
        if (fool->overshoots == EVERY)
            x[d] = victim->x[n * D + d] + (1 + fool->overshoot) * total[d];
        else
            x[d] += fool->overshoots == PER_STEP ? (1 + fool->overshoot) * r[d] : r[d];
    }
    victim_clip(victim, x, D);
}

static void finish(const struct fool *fool, scalar *adversarial, scalar *distance)
{
    const struct victim *victim = fool->victim;
    const size_t rows = victim->rows, D = victim->D;
    for (size_t i = 0; i < rows * D; i++) {
        adversarial[i] = fool->x[i];
        if (fool->overshoots == AT_END)
            adversarial[i] = victim->x[i] + (1 + fool->overshoot) * (fool->x[i] - victim->x[i]);
    }
    victim_clip(victim, adversarial, rows * D);
    for (size_t n = 0; n < rows; n++) {
        for (size_t d = 0; d < D; d++)
            fool->r[d] = adversarial[n * D + d] - victim->x[n * D + d];
        distance[n] = hyperplane_length(victim->team, fool->plane.norm, fool->r, D);
    }
}

void deep_fool_run(struct question *q)
{
    struct fool fool = read_fool(q);
    struct victim *victim = fool.victim;
    const size_t rows = victim->rows, D = victim->D;
    scalar *iterates = question_output(q, "iterates", "T[N]A");
    scalar *adversarial = question_output(q, "adversarial", "[N]A");
    scalar *distance = question_output(q, "distance", "[N]");
    scalar *iterations = question_output(q, "iterations", "[N]");
    scalar *class = question_output(q, "class", "[N]");
    const scalar *z = victim_logits(victim, fool.x);
    choose(q, &fool, z);
    for (size_t t = 0; t < fool.T; t++) {
        victim_predict(victim, fool.now, z);
        const scalar *g = values(&fool, z);
        make_slopes(&fool, g);
        for (size_t n = 0; n < rows; n++) {
            if (fool.now[n] != fool.own[n])
                continue;
            iterations[n] += 1;
            step(&fool, g, n);
        }
        memcpy(iterates + t * rows * D, fool.x, rows * D * sizeof *iterates);
        z = victim_logits(victim, fool.x);
    }
    finish(&fool, adversarial, distance);
    victim_predict(victim, fool.now, victim_logits(victim, adversarial));
    for (size_t n = 0; n < rows; n++)
        class[n] = (scalar)fool.now[n];
}
