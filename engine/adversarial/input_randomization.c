// SPDX-License-Identifier: MIT
/* Randomisation of the input; definition in reference/adversarial/input_randomization.h.
 *
 * How it is distributed: the samples are sharded, each with all its draws; every rank holds the
 * model. Predictions, losses and dx belong to a sample. What crosses the network, once for each
 * draw: the gradients of the parameters, a chain over the samples of each canonical block, then
 * the fixed tree over the blocks; the draws are added in their order.
 */
#include "defense.h"

#include <string.h>

enum { PROBABILITIES, LOGITS, LOSSES };

struct noisy {
    struct question *q;
    struct victim *model;
    size_t M, rows, D, K;
    int average;
    bool multiplicative, clipped;
    scalar sigma;
    const scalar *noise;
    scalar *x, *factor, *own, *losses, *dp;
};

static struct noisy read(struct question *q)
{
    static const char *const kinds[] = {"additive", "multiplicative", NULL};
    static const char *const averages[] = {"probabilities", "logits", "losses", NULL};
    static const char *const bounds[] = {"free", "clipped", NULL};
    struct victim *model = victim_read(q);
    victim_read_goal(q, model);
    struct noisy is = {.q = q,
                       .model = model,
                       .rows = model->rows,
                       .D = model->D,
                       .K = model->K,
                       .average = question_choice(q, "average", averages),
                       .multiplicative = question_choice(q, "kind", kinds) == 1,
                       .clipped = question_choice(q, "noisy", bounds) == 1,
                       .sigma = question_number(q, "sigma")};
    is.noise = question_input(q, "noise", "M[N]A");
    is.M = question_size(q, 'M');
    if (!(is.sigma >= 0))
        question_refuse(q, "its 'sigma' is %g; give at least 0", (double)is.sigma);
    if (is.M == 0)
        question_refuse(q, "its input 'noise' has no draws; give one");
    if (model->objective != VICTIM_CROSS_ENTROPY)
        question_refuse(q, "its 'objective' is not cross_entropy");
    is.x = question_scratch(q, is.rows * is.D);
    is.factor = question_scratch(q, is.rows * is.D);
    is.own = question_scratch(q, is.rows * is.K);
    is.dp = question_scratch(q, is.rows * is.K);
    is.losses = question_scratch(q, is.rows);
    return is;
}

static const scalar *draw(const struct noisy *is, size_t m)
{
    const struct victim *model = is->model;
    const size_t n = is->rows * is->D;
    for (size_t i = 0; i < n; i++) {
        const scalar change = is->sigma * is->noise[m * n + i], x = model->x[i];
        is->factor[i] = is->multiplicative ? 1 + change : 1;
        is->x[i] = is->multiplicative ? x * is->factor[i] : x + change;
        if (is->clipped && (is->x[i] < model->low || is->x[i] > model->high)) {
            is->x[i] = is->x[i] < model->low ? model->low : model->high;
            is->factor[i] = 0;
        }
    }
    return victim_logits(is->model, is->x);
}

static void predict(const struct noisy *is, scalar *p, scalar *loss)
{
    const size_t n = is->rows * is->K;
    struct victim *model = is->model;
    for (size_t m = 0; m < is->M; m++) {
        const scalar *z = draw(is, m);
        victim_loss(model, is->losses, model->dz, z, model->answer);
        defense_softmax(model->team, is->rows, is->K, z, is->own);
        for (size_t i = 0; i < n; i++)
            p[i] += is->average == LOGITS ? z[i] : is->own[i];
        for (size_t r = 0; r < is->rows; r++)
            loss[r] += is->losses[r];
    }
    for (size_t i = 0; i < n; i++)
        p[i] /= (scalar)is->M;
    for (size_t r = 0; r < is->rows; r++)
        loss[r] /= (scalar)is->M;
    if (is->average == LOGITS) {
        victim_loss(model, loss, model->dz, p, model->answer);
        defense_softmax(model->team, is->rows, is->K, p, p);
    }
    if (is->average != PROBABILITIES)
        return;
    for (size_t r = 0; r < is->rows; r++)
        loss[r] = p[r * is->K + (size_t)model->answer[r]];
    model->team->kernels->logarithm(is->rows, loss, loss);
    for (size_t r = 0; r < is->rows; r++)
        loss[r] = -loss[r];
}

static void slope(const struct noisy *is, const scalar *z, const scalar *p, const scalar *dloss)
{
    const struct victim *model = is->model;
    const size_t K = is->K;
    defense_softmax(model->team, is->rows, K, z, is->own);
    for (size_t i = 0; i < is->rows * K; i++) {
        const bool label = model->answer[i / K] == (int)(i % K);
        const scalar guess = is->average == LOGITS ? p[i] : is->own[i];
        model->dz[i] = (guess - label) * dloss[i / K] / (scalar)is->M;
        is->dp[i] = label ? -dloss[i / K] / p[i] / (scalar)is->M : 0;
    }
    if (is->average == PROBABILITIES)
        defense_softmax_backward(model->team, is->rows, K, is->own, is->dp, model->dz);
}

static void differentiate(const struct noisy *is, const scalar *p, const scalar *dloss)
{
    struct victim *model = is->model;
    struct tape *tape = model->net.tape;
    const size_t n = is->rows * is->D;
    scalar *dx = question_output(is->q, "dx", "[N]A"), *own = question_scratch(is->q, n);
    scalar *all = question_scratch(is->q, tape->sums), *total = question_scratch(is->q, tape->sums);
    struct reduction *over_samples = question_sum(is->q, 'N', tape->sums);
    for (size_t m = 0; m < is->M; m++) {
        slope(is, draw(is, m), p, dloss);
        victim_pullback(model, own, model->dz);
        for (size_t i = 0; i < n; i++)
            dx[i] += own[i] * is->factor[i];
        tape_sum(tape, over_samples);
        reduction_finish(over_samples, total);
        for (size_t i = 0; i < tape->parameters; i++)
            all[i] += total[i];
    }
    const struct perceptron_outputs outputs =
        perceptron_case_outputs(is->q, &model->net, "d", "", 0);
    perceptron_case_record(&model->net, &outputs, 0, all);
}

void input_randomization_run(struct question *q)
{
    const struct noisy is = read(q);
    scalar *p = question_output(q, "p", "[N]K"), *loss = question_output(q, "loss", "[N]");
    predict(&is, p, loss);
    if (question_has(q, "dloss"))
        differentiate(&is, p, question_input(q, "dloss", "[N]"));
}
