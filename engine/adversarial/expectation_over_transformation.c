// SPDX-License-Identifier: MIT
/* Expectation over transformation; definition in
 * reference/adversarial/expectation_over_transformation.h.
 *
 * How it is distributed: the samples are sharded with their noise; every rank holds the model and
 * all indices and masks. The mean over the draws is a sample's own, so nothing crosses the network.
 */
#include "projected_gradient_descent.h"

#include <string.h>

enum average { OF_GRADIENTS, OF_SIGNS, OF_LOGITS };

struct expectation {
    struct victim *victim;
    struct attack attack;
    enum average average;
    size_t draws;
    bool every_step;
    const int *index;
    const scalar *mask, *noise;         /* NULL: not there */
    scalar *t, *du, *own, *loss, *mean; /* (rows,D) three times, (rows), (rows,K) */
};

static struct expectation read_expectation(struct question *q)
{
    static const char *const averages[] = {"gradient", "sign", "logits", NULL};
    struct victim *victim = victim_read(q);
    victim_read_goal(q, victim);
    struct expectation is = {.victim = victim, .attack = attack_read(q, victim)};
    const size_t n = victim->rows * victim->D;
    is.average = (enum average)question_choice(q, "average", averages);
    question_bind(q, 'S', is.attack.steps);
    const bool indexed = question_has(q, "index"), masked = question_has(q, "mask");
    const bool noisy = question_has(q, "noise");
    if (!indexed && !masked && !noisy)
        question_refuse(q, "it lacks all of 'index', 'mask' and 'noise'");
    const char *first = indexed ? "index" : masked ? "mask" : "noise";
    is.every_step = question_axes(q, first) == (indexed || masked ? 3 : 4);
    const char *shape = is.every_step ? "SRA" : "RA";
    if (indexed)
        is.index = question_integers(q, "index", shape, 0, (int)victim->D - 1);
    if (masked)
        is.mask = question_input(q, "mask", shape);
    if (noisy)
        is.noise = question_input(q, "noise", is.every_step ? "SR[N]A" : "R[N]A");
    is.draws = question_size(q, 'R');
    if (is.draws == 0)
        question_refuse(q, "its input '%s' has no draw", first);
    is.t = question_scratch(q, n);
    is.du = question_scratch(q, n);
    is.own = question_scratch(q, n);
    is.loss = question_scratch(q, victim->rows);
    is.mean = question_scratch(q, victim->rows * victim->K);
    return is;
}

static size_t source_of(const struct expectation *is, size_t row, size_t d)
{
    return is->index != NULL ? (size_t)is->index[row * is->victim->D + d] : d;
}

static const scalar *transform(struct expectation *is, const scalar *x, size_t row)
{
    const size_t D = is->victim->D, rows = is->victim->rows;
    for (size_t n = 0; n < rows; n++)
        for (size_t d = 0; d < D; d++) {
            scalar value = x[n * D + source_of(is, row, d)];
            if (is->mask != NULL)
                value *= is->mask[row * D + d];
            if (is->noise != NULL)
                value += is->noise[(row * rows + n) * D + d];
            is->t[n * D + d] = value;
        }
    return victim_logits(is->victim, is->t);
}

/* Adds one draw's gradient, or its signs, to g. */
static void pull_back(struct expectation *is, scalar *g, const scalar *dz, size_t row)
{
    const size_t D = is->victim->D, n = is->victim->rows * D;
    victim_pullback(is->victim, is->du, dz);
    memset(is->own, 0, n * sizeof *g);
    for (size_t i = 0; i < n; i++) {
        const scalar weight = is->mask != NULL ? is->mask[row * D + i % D] : 1;
        is->own[i - i % D + source_of(is, row, i % D)] += weight * is->du[i];
    }
    for (size_t i = 0; i < n; i++) {
        const scalar own = is->own[i];
        g[i] += is->average != OF_SIGNS ? own : (scalar)((own > 0) - (own < 0));
    }
}

/* The sum of the draws' gradients at x; losses, not divided yet. */
static void of_losses(struct expectation *is, scalar *g, scalar *losses, const scalar *x,
                      size_t first_row)
{
    struct victim *victim = is->victim;
    for (size_t r = 0; r < is->draws; r++) {
        const scalar *z = transform(is, x, first_row + r);
        victim_loss(victim, is->loss, victim->dz, z, victim->answer);
        pull_back(is, g, victim->dz, first_row + r);
        for (size_t n = 0; n < victim->rows; n++)
            losses[n] += is->loss[n];
    }
    for (size_t n = 0; n < victim->rows; n++)
        losses[n] /= (scalar)is->draws;
}

static void of_logits(struct expectation *is, scalar *g, scalar *losses, const scalar *x,
                      size_t first_row)
{
    struct victim *victim = is->victim;
    const size_t all = victim->rows * victim->K;
    memset(is->mean, 0, all * sizeof *is->mean);
    for (size_t r = 0; r < is->draws; r++) {
        const scalar *z = transform(is, x, first_row + r);
        for (size_t i = 0; i < all; i++)
            is->mean[i] += z[i];
    }
    for (size_t i = 0; i < all; i++)
        is->mean[i] /= (scalar)is->draws;
    victim_loss(victim, losses, victim->dz, is->mean, victim->answer);
    for (size_t r = 0; r < is->draws; r++) {
        transform(is, x, first_row + r);
        pull_back(is, g, victim->dz, first_row + r);
    }
}

void expectation_over_transformation_run(struct question *q)
{
    struct expectation is = read_expectation(q);
    struct attack *attack = &is.attack;
    const size_t rows = is.victim->rows, n = rows * is.victim->D, steps = attack->steps;
    scalar *iterates = question_output(q, "iterates", "S[N]A");
    scalar *gradients = question_output(q, "gradients", "S[N]A");
    scalar *losses = question_output(q, "losses", "S[N]");
    scalar *success = question_output(q, "success", "R[N]"), *x = question_scratch(q, n);
    memcpy(x, is.victim->x, n * sizeof *x);
    size_t row = 0;
    for (size_t s = 0; s < steps; s++) {
        scalar *g = gradients + s * n;
        row = is.every_step ? s * is.draws : 0;
        if (is.average == OF_LOGITS)
            of_logits(&is, g, losses + s * rows, x, row);
        else
            of_losses(&is, g, losses + s * rows, x, row);
        for (size_t i = 0; i < n; i++)
            g[i] /= (scalar)is.draws;
        perturbation_direction(&attack->rules, attack->direction, g, rows);
        attack_step(attack, x, attack->direction);
        memcpy(iterates + s * n, x, n * sizeof *x);
    }
    for (size_t r = 0; r < is.draws; r++) {
        attack_reached(attack, attack->stays, transform(&is, x, row + r));
        for (size_t i = 0; i < rows; i++)
            success[r * rows + i] = attack->stays[i];
    }
}
