// SPDX-License-Identifier: MIT
/* Gradient ascent in the input; definition in reference/adversarial/input_gradient_ascent.h.
 *
 * How it is distributed: the samples are sharded, the model is whole on every rank, and every
 * sample climbs by itself: nothing crosses the network. Samples that have crossed still go through
 * the model with the others of their rank, but they do not move.
 */
#include "victim.h"

#include <string.h>

enum { RAW, UNIT, LARGEST };

struct ascent {
    struct victim *victim;
    int direction;
    size_t T, size;
    scalar rate, penalty, confidence;
    scalar *g, *e, *p, *change; /* (rows,D), (rows,K), (rows), (D) */
    int *class;
};

static struct ascent read_ascent(struct question *q)
{
    static const char *const directions[] = {"raw", "unit", "largest", NULL};
    struct ascent is = {.victim = victim_read(q)};
    const size_t rows = is.victim->rows;
    victim_read_goal(q, is.victim);
    is.direction = question_choice(q, "direction", directions);
    is.T = question_count_or(q, "steps", 100, 1, 1 << 20);
    is.rate = question_number_or(q, "rate", (scalar)0.1);
    is.penalty = question_number_or(q, "penalty", 0);
    is.confidence = question_number_or(q, "confidence", 0);
    if (!(is.rate > 0))
        question_refuse(q, "its number 'rate' must be above 0");
    if (!(is.penalty >= 0))
        question_refuse(q, "its number 'penalty' must not be negative");
    if (!(is.confidence >= 0 && is.confidence < 1))
        question_refuse(q, "its number 'confidence' must be at least 0 and below 1");
    is.size = rows * is.victim->D;
    is.g = question_scratch(q, is.size);
    is.e = question_scratch(q, rows * is.victim->K);
    is.p = question_scratch(q, rows);
    is.change = question_scratch(q, is.victim->D);
    is.class = arena_take(question_arena(q), rows, sizeof *is.class);
    question_bind(q, 'T', is.T);
    return is;
}

static void look(struct ascent *is, const scalar *z)
{
    const struct victim *victim = is->victim;
    const size_t K = victim->K;
    victim_predict(victim, is->class, z);
    for (size_t i = 0; i < victim->rows * K; i++) {
        const size_t n = i / K;
        is->e[i] = K == 1 ? -scalar_absolute(z[i]) : z[i] - z[n * K + (size_t)is->class[n]];
    }
    victim->team->kernels->exponential(victim->rows * K, is->e, is->e);
    for (size_t n = 0; n < victim->rows; n++) {
        scalar sum = 0;
        for (size_t k = 0; k < K; k++)
            sum += is->e[n * K + k];
        is->p[n] = 1 / (K == 1 ? 1 + sum : sum);
    }
}

static bool crossed(const struct ascent *is, size_t n)
{
    const bool same = is->class[n] == is->victim->answer[n];
    return same == (is->victim->goal == VICTIM_TARGET) && is->p[n] >= is->confidence;
}

static scalar length(const struct ascent *is, const scalar *y)
{
    scalar square;
    team_row_products(is->victim->team, 1, is->victim->D, y, y, &square);
    return scalar_sqrt(square);
}

/* One step of sample n; returns its length. */
static scalar climb(struct ascent *is, scalar *x, size_t n)
{
    const struct victim *victim = is->victim;
    const size_t D = victim->D;
    const scalar pull = 2 * is->penalty;
    scalar *h = is->g + n * D, size = 0;
    for (size_t d = 0; d < D; d++) {
        if (victim->goal == VICTIM_TARGET)
            h[d] = -h[d];
        h[d] -= pull * (x[d] - victim->x[n * D + d]);
        size = scalar_absolute(h[d]) > size ? scalar_absolute(h[d]) : size;
    }
    if (is->direction == UNIT)
        size = length(is, h);
    for (size_t d = 0; d < D; d++) {
        const scalar before = x[d];
        if (is->direction == RAW)
            x[d] += is->rate * h[d];
        else if (size > 0)
            x[d] += is->rate * h[d] / size;
        victim_clip(victim, x + d, 1);
        is->change[d] = x[d] - before;
    }
    return length(is, is->change);
}

void input_gradient_ascent_run(struct question *q)
{
    struct ascent is = read_ascent(q);
    struct victim *victim = is.victim;
    const size_t rows = victim->rows, D = victim->D;
    scalar *iterates = question_output(q, "iterates", "T[N]A");
    scalar *losses = question_output(q, "losses", "T[N]");
    scalar *x = question_output(q, "adversarial", "[N]A");
    scalar *distance = question_output(q, "distance", "[N]");
    scalar *path = question_output(q, "path", "[N]");
    scalar *probability = question_output(q, "probability", "[N]");
    scalar *iterations = question_output(q, "iterations", "[N]");
    scalar *class = question_output(q, "class", "[N]");
    memcpy(x, victim->x, is.size * sizeof *x);
    const scalar *z = victim_logits(victim, x);
    for (size_t t = 0; t < is.T; t++) {
        look(&is, z);
        victim_loss(victim, losses + t * rows, victim->dz, z, victim->answer);
        victim_pullback(victim, is.g, victim->dz);
        for (size_t n = 0; n < rows; n++) {
            if (crossed(&is, n))
                continue;
            path[n] += climb(&is, x + n * D, n);
            iterations[n] += 1;
        }
        memcpy(iterates + t * is.size, x, is.size * sizeof *x);
        z = victim_logits(victim, x);
    }
    look(&is, z);
    for (size_t n = 0; n < rows; n++) {
        for (size_t d = 0; d < D; d++)
            is.change[d] = x[n * D + d] - victim->x[n * D + d];
        distance[n] = length(&is, is.change);
        probability[n] = is.p[n];
        class[n] = (scalar)is.class[n];
    }
}
