// SPDX-License-Identifier: MIT
/* Jacobian-based augmentation; definition in reference/adversarial/jacobian_augmentation.h.
 *
 * How it is distributed: the first samples are sharded, and all descendants of a sample stay with
 * its owner; substitute and oracle are whole on every rank. Nothing crosses the network. A round
 * takes the generations one by one through the substitute, all samples of a rank together.
 */
#include "victim.h"

#include <string.h>

enum { CONSTANT, ALTERNATING, ONCE };

struct augmentation {
    struct victim *victim;
    int schedule;
    bool probabilities, by_parent;
    size_t rounds, period, size;
    scalar lambda;
    const scalar *w, *b;
    scalar *dx, *p, *output; /* (rows,D), (rows,K) twice */
};

static struct augmentation read_augmentation(struct question *q)
{
    static const char *const schedules[] = {"constant", "alternating", "once", NULL};
    static const char *const values[] = {"logits", "probabilities", NULL};
    static const char *const labellers[] = {"oracle", "parent", NULL};
    struct augmentation is = {.victim = victim_read(q)};
    const size_t rows = is.victim->rows, K = is.victim->K;
    if (K < 2)
        question_refuse(q, "its input 'w1' leads to one logit; give two or more");
    is.schedule = question_choice(q, "schedule", schedules);
    is.probabilities = question_choice(q, "value", values) == 1;
    is.by_parent = question_choice(q, "labels_by", labellers) == 1;
    is.rounds = question_count_or(q, "rounds", 1, 1, 16);
    is.period = question_count_or(q, "period", 3, 1, 1 << 16);
    is.lambda = question_number_or(q, "lambda", (scalar)0.1);
    if (is.lambda == 0 || is.lambda != is.lambda)
        question_refuse(q, "its number 'lambda' must not be 0");
    if (!is.by_parent) {
        is.w = question_input(q, "oracle_w", "AK");
        is.b = question_input(q, "oracle_b", "K");
    }
    is.size = rows * is.victim->D;
    is.dx = question_scratch(q, is.size);
    is.p = question_scratch(q, rows * K);
    is.output = question_scratch(q, rows * K);
    question_bind(q, 'P', (size_t)1 << is.rounds);
    question_bind(q, 'R', is.rounds);
    return is;
}

static scalar lambda_of(const struct augmentation *is, size_t r)
{
    const size_t turns = r / is->period;
    const bool back = is->schedule == ALTERNATING ? turns % 2 == 1 : turns == 0;
    return is->schedule != CONSTANT && back ? -is->lambda : is->lambda;
}

/* Labels of children (rows,D) by the oracle. */
static void ask(const struct augmentation *is, scalar *labels, const scalar *children)
{
    const struct victim *victim = is->victim;
    const size_t rows = victim->rows, D = victim->D, K = victim->K;
    for (size_t i = 0; i < rows * K; i++)
        is->output[i] = is->b[i % K];
    if (rows > 0)
        team_product(victim->team, false, false, rows, K, D, children, D, is->w, K, is->output, K);
    for (size_t n = 0; n < rows; n++) {
        size_t best = 0;
        for (size_t k = 1; k < K; k++)
            if (is->output[n * K + k] > is->output[n * K + best])
                best = k;
        labels[n] = (scalar)best;
    }
}

static void make_probabilities(const struct augmentation *is, const scalar *z)
{
    const size_t rows = is->victim->rows, K = is->victim->K;
    for (size_t n = 0; n < rows; n++) {
        scalar largest = z[n * K];
        for (size_t k = 1; k < K; k++)
            largest = z[n * K + k] > largest ? z[n * K + k] : largest;
        for (size_t k = 0; k < K; k++)
            is->p[n * K + k] = z[n * K + k] - largest;
    }
    is->victim->team->kernels->exponential(rows * K, is->p, is->p);
    for (size_t n = 0; n < rows; n++) {
        scalar sum = 0;
        for (size_t k = 0; k < K; k++)
            sum += is->p[n * K + k];
        for (size_t k = 0; k < K; k++)
            is->p[n * K + k] /= sum;
    }
}

static void differentiate(const struct augmentation *is, const scalar *x, const scalar *labels)
{
    struct victim *victim = is->victim;
    const size_t K = victim->K;
    const scalar *z = victim_logits(victim, x);
    if (is->probabilities)
        make_probabilities(is, z);
    for (size_t i = 0; i < victim->rows * K; i++) {
        const size_t n = i / K, y = (size_t)labels[n];
        const scalar own = i % K == y;
        victim->dz[i] = is->probabilities ? is->p[n * K + y] * (own - is->p[i]) : own;
    }
    victim_pullback(victim, is->dx, victim->dz);
}

void jacobian_augmentation_run(struct question *q)
{
    struct augmentation is = read_augmentation(q);
    const size_t rows = is.victim->rows, K = is.victim->K;
    const int *given = question_integers(q, "labels", "[N]", 0, (int)K - 1);
    scalar *samples = question_output(q, "samples", "P[N]A");
    scalar *labels = question_output(q, "sample_labels", "P[N]");
    scalar *lambdas = question_output(q, "lambdas", "R");
    memcpy(samples, is.victim->x, is.size * sizeof *samples);
    for (size_t n = 0; n < rows; n++)
        labels[n] = (scalar)given[n];
    for (size_t r = 0, parents = 1; r < is.rounds; r++, parents *= 2) {
        const scalar lambda = lambdas[r] = lambda_of(&is, r);
        for (size_t p = 0; p < parents; p++) {
            const scalar *x = samples + p * is.size;
            scalar *child = samples + (parents + p) * is.size;
            scalar *child_label = labels + (parents + p) * rows;
            differentiate(&is, x, labels + p * rows);
            for (size_t i = 0; i < is.size; i++)
                child[i] = x[i] + (is.dx[i] > 0 ? lambda : is.dx[i] < 0 ? -lambda : 0);
            victim_clip(is.victim, child, is.size);
            if (is.by_parent)
                memcpy(child_label, labels + p * rows, rows * sizeof *labels);
            else
                ask(&is, child_label, child);
        }
    }
}
