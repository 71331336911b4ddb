// SPDX-License-Identifier: MIT
/* An attack on a model with batch normalisation; definition in
 * reference/adversarial/attack_with_batch_normalization.h.
 *
 * How it is distributed: the samples are sharded, every rank holds the model. With running
 * statistics nothing crosses the network. With those of the batch, three sums do in every step: the
 * values, the squares about their mean, and backwards dv with dv x_hat; each a chain over the
 * samples of a canonical block, then the fixed tree over the blocks.
 */
#include "projected_gradient_descent.h"

#include <string.h>

struct normalised {
    struct victim *victim;
    struct attack attack;
    bool batch;
    scalar smoothing, momentum;
    const scalar *gamma, *beta;
    scalar *running_mean, *running_variance; /* (D) */
    struct reduction *one, *two;             /* sums of D, and of 2 D numbers */
    scalar *mean, *squares, *s, *sums;       /* (D), (D), (D), (2 D): of dv, then dv x_hat */
    scalar *hat, *v, *dv;                    /* (rows,D) */
};

static struct normalised read_all(struct question *q)
{
    static const char *const statistics[] = {"running", "batch", NULL};
    struct victim *victim = victim_read(q);
    victim->mean = victim->deviation = NULL;
    struct normalised is = {.victim = victim, .attack = attack_read(q, victim)};
    const size_t D = victim->D, n = victim->rows * D;
    is.batch = question_choice(q, "statistics", statistics) == 1;
    is.smoothing = question_number_or(q, "smoothing", (scalar)1e-5);
    is.momentum = question_number_or(q, "momentum", (scalar)0.1);
    is.gamma = question_input(q, "gamma", "A");
    is.beta = question_input(q, "beta", "A");
    const scalar *mean = question_input(q, "running_mean", "A");
    const scalar *variance = question_input(q, "running_variance", "A");
    if (!(is.smoothing > 0))
        question_refuse(q, "its number 'smoothing' is not above 0");
    if (!(is.momentum >= 0 && is.momentum <= 1))
        question_refuse(q, "its number 'momentum' is not in [0, 1]");
    if (is.batch && victim->N < 2)
        question_refuse(q, "its 'statistics' are of the batch, which has one sample");
    for (size_t d = 0; d < D; d++)
        if (!(variance[d] >= 0))
            question_refuse(q, "element %zu of its input 'running_variance' is negative", d);
    is.running_mean = question_output(q, "running_mean_after", "A");
    is.running_variance = question_output(q, "running_variance_after", "A");
    memcpy(is.running_mean, mean, D * sizeof *mean);
    memcpy(is.running_variance, variance, D * sizeof *variance);
    is.one = question_sum(q, 'N', D);
    is.two = question_sum(q, 'N', 2 * D);
    is.mean = question_scratch(q, D);
    is.squares = question_scratch(q, D);
    is.s = question_scratch(q, D);
    is.sums = question_scratch(q, 2 * D);
    is.hat = question_scratch(q, n);
    is.v = question_scratch(q, n);
    is.dv = question_scratch(q, n);
    return is;
}

/* total (D): the sum over all samples of x, or of its squares. */
static void sum_up(const struct normalised *is, const scalar *x, bool squares, scalar *total)
{
    const size_t D = is->victim->D;
    for (size_t i = 0; i < reduction_pieces(is->one); i++) {
        const struct piece piece = reduction_piece(is->one, i);
        scalar *leaf = reduction_leaf(is->one);
        for (size_t n = piece.first; n < piece.first + piece.count; n++) {
            const scalar *row = x + n * D;
            if (squares)
                is->victim->team->kernels->multiply_add(D, leaf, row, row);
            for (size_t d = 0; d < D && !squares; d++)
                leaf[d] += row[d];
        }
        reduction_push(is->one);
    }
    reduction_finish(is->one, total);
}

/* Centres x about the batch's mean and finds the batch's squares. */
static void take_statistics(const struct normalised *is, const scalar *x)
{
    const size_t D = is->victim->D;
    sum_up(is, x, false, is->mean);
    for (size_t d = 0; d < D; d++)
        is->mean[d] /= (scalar)is->victim->N;
    for (size_t i = 0; i < is->victim->rows * D; i++)
        is->hat[i] = x[i] - is->mean[i % D];
    sum_up(is, is->hat, true, is->squares);
}

static void normalise(const struct normalised *is, const scalar *x, bool batch)
{
    const size_t D = is->victim->D, n = is->victim->rows * D;
    if (batch)
        take_statistics(is, x);
    for (size_t d = 0; d < D; d++) {
        const scalar own = is->squares[d] / (scalar)is->victim->N;
        is->s[d] = scalar_sqrt((batch ? own : is->running_variance[d]) + is->smoothing);
    }
    for (size_t i = 0; i < n; i++) {
        const size_t d = i % D;
        const scalar centred = batch ? is->hat[i] : x[i] - is->running_mean[d];
        is->hat[i] = centred / is->s[d];
        is->v[i] = is->gamma[d] * is->hat[i] + is->beta[d];
    }
}

static void update_running(const struct normalised *is)
{
    const scalar fresh = is->momentum, old = 1 - fresh, M = (scalar)(is->victim->N - 1);
    for (size_t d = 0; d < is->victim->D; d++) {
        const scalar variance = is->squares[d] / M;
        is->running_mean[d] = old * is->running_mean[d] + fresh * is->mean[d];
        is->running_variance[d] = old * is->running_variance[d] + fresh * variance;
    }
}

/* dx from dv, in place of the attack's gradient. */
static void pull_back(const struct normalised *is, scalar *dx)
{
    const size_t D = is->victim->D;
    for (size_t i = 0; i < reduction_pieces(is->two) && is->batch; i++) {
        const struct piece piece = reduction_piece(is->two, i);
        scalar *leaf = reduction_leaf(is->two);
        for (size_t n = piece.first; n < piece.first + piece.count; n++) {
            const scalar *dv = is->dv + n * D;
            for (size_t d = 0; d < D; d++)
                leaf[d] += dv[d];
            is->victim->team->kernels->multiply_add(D, leaf + D, dv, is->hat + n * D);
        }
        reduction_push(is->two);
    }
    if (is->batch)
        reduction_finish(is->two, is->sums);
    const scalar M = (scalar)is->victim->N;
    for (size_t i = 0; i < is->victim->rows * D; i++) {
        const size_t d = i % D;
        const scalar g = is->gamma[d] / is->s[d];
        const scalar a = is->sums[d] / M, b = is->sums[D + d] / M;
        dx[i] = is->batch ? g * (is->dv[i] - a - is->hat[i] * b) : g * is->dv[i];
    }
}

static void step(struct normalised *is, scalar *x)
{
    struct attack *attack = &is->attack;
    normalise(is, x, is->batch);
    if (is->batch)
        update_running(is);
    victim_gradient(is->victim, attack->loss, is->dv, is->v);
    pull_back(is, attack->gradient);
    perturbation_direction(&attack->rules, attack->direction, attack->gradient, is->victim->rows);
    attack_step(attack, x, attack->direction);
}

void attack_with_batch_normalization_run(struct question *q)
{
    static const char *const goals[] = {"labels", "target", NULL};
    struct normalised is = read_all(q);
    question_choice(q, "goal", goals);
    victim_read_goal(q, is.victim);
    const size_t rows = is.victim->rows, n = rows * is.victim->D, steps = is.attack.steps;
    question_bind(q, 'S', steps);
    scalar *iterates = question_output(q, "iterates", "S[N]A");
    scalar *logits = question_output(q, "logits", "[N]K");
    scalar *success = question_output(q, "success", "[N]"), *x = question_scratch(q, n);
    memcpy(x, is.victim->x, n * sizeof *x);
    for (size_t s = 0; s < steps; s++) {
        step(&is, x);
        memcpy(iterates + s * n, x, n * sizeof *x);
    }
    normalise(&is, x, false);
    const scalar *z = victim_logits(is.victim, is.v);
    attack_reached(&is.attack, is.attack.stays, z);
    memcpy(logits, z, rows * is.victim->K * sizeof *z);
    for (size_t i = 0; i < rows; i++)
        success[i] = is.attack.stays[i];
}
