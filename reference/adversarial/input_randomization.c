// SPDX-License-Identifier: MIT
#include "input_randomization.h"

#include "../activations/softmax.h"
#include "network_outputs.h"

enum average { PROBABILITIES, LOGITS, LOSSES };

struct randomized {
    struct call *call;
    struct victim model;
    size_t M;
    enum average average;
    int multiplicative, clipped;
    real sigma;
    const real *noise;
    real *noisy, *factor; /* (N,D): x_m, and its slope by x */
};

static struct randomized read(struct call *call)
{
    static const char *const kinds[] = {"additive", "multiplicative", NULL};
    static const char *const averages[] = {"probabilities", "logits", "losses", NULL};
    static const char *const noisy[] = {"free", "clipped", NULL};
    struct randomized is = {.call = call};
    victim_read(call, &is.model);
    victim_read_goal(call, &is.model);
    is.noise = call_input(call, "noise", "MNa");
    is.M = call_size(call, 'M');
    is.average = (enum average)call_choice(call, "average", averages);
    is.multiplicative = call_choice(call, "kind", kinds);
    is.clipped = call_choice(call, "noisy", noisy);
    is.sigma = call_number(call, "sigma");
    if (!(is.sigma >= 0))
        call_fail(call, "number 'sigma' must be at least 0");
    if (is.M == 0)
        call_fail(call, "input 'noise' has no draws");
    if (is.model.objective != VICTIM_CROSS_ENTROPY)
        call_fail(call, "convention 'objective' must be cross_entropy");
    is.noisy = call_scratch(call, is.model.N * is.model.D);
    is.factor = call_scratch(call, is.model.N * is.model.D);
    return is;
}

/* The logits (N,K) of draw m. */
static const real *draw(struct randomized *is, size_t m)
{
    struct victim *model = &is->model;
    size_t n = model->N * model->D;
    for (size_t i = 0; i < n; i++) {
        real change = is->sigma * is->noise[m * n + i];
        is->factor[i] = is->multiplicative ? 1 + change : R(1.0);
        is->noisy[i] = is->multiplicative ? model->x[i] * is->factor[i] : model->x[i] + change;
        real room[2] = {is->noisy[i] - model->low, model->high - is->noisy[i]};
        if (!is->clipped)
            continue;
        call_decisions(is->call, 2, room);
        if (room[0] < 0 || room[1] < 0) {
            is->noisy[i] = room[0] < 0 ? model->low : model->high;
            is->factor[i] = R(0.0);
        }
    }
    return victim_logits(model, is->noisy);
}

/* p (N,K) and loss (N). */
static void predict(struct randomized *is, real *p, real *loss)
{
    struct victim *model = &is->model;
    size_t N = model->N, K = model->K;
    real *own = call_scratch(is->call, N * K), *losses = call_scratch(is->call, N);
    real M = real_count(is->M);
    for (size_t m = 0; m < is->M; m++) {
        const real *z = draw(is, m);
        victim_loss(model, losses, model->dz, z, model->answer);
        softmax_forward(own, z, N, K);
        for (size_t i = 0; i < N * K; i++)
            p[i] = p[i] + (is->average == LOGITS ? z[i] : own[i]);
        for (size_t n = 0; n < N; n++)
            loss[n] = loss[n] + losses[n];
    }
    for (size_t i = 0; i < N * K; i++)
        p[i] = p[i] / M;
    for (size_t n = 0; n < N; n++)
        loss[n] = loss[n] / M;
    if (is->average == LOGITS) {
        victim_loss(model, loss, model->dz, p, model->answer);
        for (size_t i = 0; i < N * K; i++)
            own[i] = p[i];
        softmax_forward(p, own, N, K);
    }
    for (size_t n = 0; is->average == PROBABILITIES && n < N; n++)
        loss[n] = -real_log(p[n * K + (size_t)model->answer[n]]);
}

/* dz (N,K) of a draw whose logits are z. */
static void slope(const struct randomized *is, real *dz, const real *z, const real *p,
                  const real *dloss)
{
    const struct victim *model = &is->model;
    size_t N = model->N, K = model->K;
    real M = real_count(is->M);
    real *own = call_scratch(is->call, N * K), *dp = call_scratch(is->call, N * K);
    softmax_forward(own, z, N, K);
    for (size_t i = 0; i < N * K; i++) {
        int label = (size_t)model->answer[i / K] == i % K;
        real q = is->average == LOGITS ? p[i] : own[i];
        dz[i] = (q - (label ? 1 : 0)) * dloss[i / K] / M;
        dp[i] = label ? -dloss[i / K] / p[i] / M : R(0.0);
    }
    if (is->average == PROBABILITIES)
        softmax_backward(dz, dp, own, N, K);
}

static void add(real *to, const real *from, size_t n)
{
    for (size_t i = 0; i < n; i++)
        to[i] = to[i] + from[i];
}

static void differentiate(struct randomized *is, const real *p, const real *dloss)
{
    struct victim *model = &is->model;
    const struct perceptron *net = &model->net;
    real *all = call_output(is->call, "dx", "Na"), *dw[PERCEPTRON_LAYERS], *db[PERCEPTRON_LAYERS];
    real *dx = call_scratch(is->call, model->N * model->D);
    network_outputs(is->call, net, "d", dw, db);
    for (size_t m = 0; m < is->M; m++) {
        const real *z = draw(is, m);
        victim_decisions(is->call, model);
        slope(is, model->dz, z, p, dloss);
        victim_pullback(model, dx, model->dz);
        for (size_t i = 0; i < model->N * model->D; i++)
            all[i] = all[i] + dx[i] * is->factor[i];
        for (size_t l = 0; l < net->layers; l++) {
            add(dw[l], model->batch.dw[l], net->size[l] * net->size[l + 1]);
            add(db[l], model->batch.db[l], net->size[l + 1]);
        }
    }
}

void input_randomization_answer(struct call *call)
{
    struct randomized is = read(call);
    real *p = call_output(call, "p", "NK"), *loss = call_output(call, "loss", "N");
    predict(&is, p, loss);
    if (call_has(call, "dloss"))
        differentiate(&is, p, call_input(call, "dloss", "N"));
}
