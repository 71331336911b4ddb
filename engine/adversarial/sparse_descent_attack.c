// SPDX-License-Identifier: MIT
/* Sparse L1 descent; definition in reference/adversarial/sparse_descent_attack.h.
 *
 * How it is distributed: the samples are sharded, the model is whole on every rank. Features are
 * chosen and changes projected for each sample by its owner: nothing crosses the network.
 */
#include "victim.h"

#include <stdlib.h>
#include <string.h>

struct descent {
    struct victim *victim;
    bool rescaled, dropped;
    size_t T, features, size;
    scalar rate, epsilon;
    scalar *x, *g, *d, *a;
};

static struct descent read_descent(struct question *q)
{
    static const char *const balls[] = {"euclidean", "rescaled", NULL};
    static const char *const outwards[] = {"kept", "dropped", NULL};
    struct descent is = {.victim = victim_read(q)};
    const size_t D = is.victim->D;
    victim_read_goal(q, is.victim);
    is.rescaled = question_choice(q, "ball", balls) == 1;
    is.dropped = question_choice(q, "outward", outwards) == 1;
    is.T = question_count_or(q, "steps", 1, 1, 1 << 16);
    is.features = question_count_or(q, "features", 1, 1, D);
    is.rate = question_number_or(q, "rate", 1);
    is.epsilon = question_number_or(q, "epsilon", 10);
    if (!(is.rate > 0))
        question_refuse(q, "its number 'rate' must be above 0");
    if (!(is.epsilon > 0))
        question_refuse(q, "its number 'epsilon' must be above 0");
    if (is.dropped && !is.victim->boxed)
        question_refuse(q, "its convention 'outward' is dropped, which needs a box");
    is.size = is.victim->rows * D;
    is.x = question_scratch(q, is.size);
    is.g = question_scratch(q, is.size);
    is.d = question_scratch(q, D);
    is.a = question_scratch(q, D);
    memcpy(is.x, is.victim->x, is.size * sizeof *is.x);
    question_bind(q, 'T', is.T);
    return is;
}

static int larger_first(const void *left, const void *right)
{
    const scalar a = *(const scalar *)left, b = *(const scalar *)right;
    return (a < b) - (a > b);
}

static void sort_magnitudes(const struct descent *is, const scalar *y)
{
    for (size_t d = 0; d < is->victim->D; d++)
        is->a[d] = scalar_absolute(y[d]);
    qsort(is->a, is->victim->D, sizeof *is->a, larger_first);
}

/* Slopes g of one sample at x become its step; returns how many features it moves. */
static size_t choose(const struct descent *is, scalar *g, const scalar *x)
{
    const struct victim *victim = is->victim;
    size_t count = 0;
    for (size_t d = 0; d < victim->D; d++) {
        if (victim->goal == VICTIM_TARGET)
            g[d] = -g[d];
        if (is->dropped && (g[d] > 0 ? x[d] >= victim->high : x[d] <= victim->low))
            g[d] = 0;
    }
    sort_magnitudes(is, g);
    const scalar threshold = is->a[is->features - 1];
    for (size_t d = 0; d < victim->D; d++) {
        if (scalar_absolute(g[d]) < threshold)
            g[d] = 0;
        count += g[d] != 0;
    }
    for (size_t d = 0; d < victim->D; d++)
        if (g[d] != 0)
            g[d] = (g[d] > 0 ? 1 : -1) / (scalar)count;
    return count;
}

/* The change d into the ball. */
static void project(const struct descent *is)
{
    const size_t D = is->victim->D;
    scalar length = 0, sum = 0, theta = 0;
    for (size_t d = 0; d < D; d++)
        length += scalar_absolute(is->d[d]);
    if (!(length > is->epsilon))
        return;
    for (size_t d = 0; d < D && is->rescaled; d++)
        is->d[d] = is->d[d] * is->epsilon / length;
    if (is->rescaled)
        return;
    sort_magnitudes(is, is->d);
    for (size_t j = 0; j < D; j++) {
        sum += is->a[j];
        const scalar next = (sum - is->epsilon) / (scalar)(j + 1);
        theta = is->a[j] > next ? next : theta;
    }
    for (size_t d = 0; d < D; d++) {
        const scalar left = scalar_absolute(is->d[d]) - theta;
        is->d[d] = left > 0 ? (is->d[d] < 0 ? -left : left) : 0;
    }
}

static scalar move(struct descent *is, size_t n)
{
    const struct victim *victim = is->victim;
    const size_t D = victim->D;
    const scalar *start = victim->x + n * D;
    scalar *x = is->x + n * D, length = 0;
    for (size_t d = 0; d < D; d++)
        is->d[d] = x[d] + is->rate * is->g[n * D + d] - start[d];
    project(is);
    for (size_t d = 0; d < D; d++) {
        x[d] = start[d] + is->d[d];
        victim_clip(victim, x + d, 1);
        length += scalar_absolute(x[d] - start[d]);
    }
    return length;
}

void sparse_descent_attack_run(struct question *q)
{
    struct descent is = read_descent(q);
    struct victim *victim = is.victim;
    const size_t rows = victim->rows, D = victim->D;
    scalar *iterates = question_output(q, "iterates", "T[N]A");
    scalar *losses = question_output(q, "losses", "T[N]");
    scalar *counts = question_output(q, "counts", "T[N]");
    scalar *lengths = question_output(q, "lengths", "T[N]");
    scalar *class = question_output(q, "class", "[N]");
    int *predicted = arena_take(question_arena(q), rows, sizeof *predicted);
    for (size_t t = 0; t < is.T; t++) {
        victim_gradient(victim, losses + t * rows, is.g, is.x);
        for (size_t n = 0; n < rows; n++) {
            counts[t * rows + n] = (scalar)choose(&is, is.g + n * D, is.x + n * D);
            lengths[t * rows + n] = move(&is, n);
        }
        memcpy(iterates + t * is.size, is.x, is.size * sizeof *iterates);
    }
    victim_predict(victim, predicted, victim_logits(victim, is.x));
    for (size_t n = 0; n < rows; n++)
        class[n] = (scalar)predicted[n];
}
