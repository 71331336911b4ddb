// SPDX-License-Identifier: MIT
#include "defense_in_depth.h"

#include "network_outputs.h"

#include <string.h>

enum attacker { ADAPTIVE, CLIPPED, STATIC };

struct chain {
    struct call *call;
    struct victim model;
    struct bit_depth depth;
    enum attacker attacker;
    int noise_first;
    real sigma, epsilon, share, rate;
    real *seen, *pass, *loss_n; /* g(x, e), its slope by x, (N,D); losses (N) */
    real *dw[PERCEPTRON_LAYERS], *db[PERCEPTRON_LAYERS];
};

static struct chain read(struct call *call)
{
    static const char *const attackers[] = {"adaptive", "clipped", "static", NULL};
    static const char *const orders[] = {"squeeze_first", "noise_first", NULL};
    struct chain is = {.call = call};
    victim_read(call, &is.model);
    victim_read_goal(call, &is.model);
    struct victim *model = &is.model;
    size_t bits = call_count(call, "bit_depth", 1, 16);
    is.depth = (struct bit_depth){model->low, model->high, real_count(((size_t)1 << bits) - 1),
                                  BIT_HALF_EVEN};
    is.attacker = (enum attacker)call_choice(call, "attacker", attackers);
    is.noise_first = call_choice(call, "order", orders);
    is.sigma = call_number(call, "sigma");
    is.epsilon = call_number(call, "epsilon");
    is.share = call_number_or(call, "share", R(0.5));
    is.rate = call_number(call, "rate");
    if (!(is.sigma >= 0))
        call_fail(call, "number 'sigma' must be at least 0");
    if (!(is.epsilon >= 0))
        call_fail(call, "number 'epsilon' must be at least 0");
    if (!(is.share >= 0 && is.share <= 1))
        call_fail(call, "number 'share' must be in [0, 1]");
    if (model->objective != VICTIM_CROSS_ENTROPY)
        call_fail(call, "convention 'objective' must be cross_entropy");
    if (!model->boxed)
        call_fail(call, "convention 'box' must be clip: levels need one");
    is.seen = call_scratch(call, model->N * model->D);
    is.pass = call_scratch(call, model->N * model->D);
    is.loss_n = call_scratch(call, model->N);
    for (size_t l = 0; l < model->net.layers; l++) {
        is.dw[l] = call_scratch(call, model->net.size[l] * model->net.size[l + 1]);
        is.db[l] = call_scratch(call, model->net.size[l + 1]);
    }
    return is;
}

/* The logits (N,K) of g(x, e). */
static const real *look(struct chain *is, const real *x, const real *e)
{
    struct victim *model = &is->model;
    for (size_t i = 0; i < model->N * model->D; i++) {
        real v = is->noise_first ? x[i] : bit_depth_reduce(is->call, &is->depth, x[i]);
        v = v + is->sigma * e[i];
        real room[2] = {v - model->low, model->high - v};
        call_decisions(is->call, 2, room);
        is->pass[i] = room[0] < 0 || room[1] < 0 ? R(0.0) : R(1.0);
        v = room[0] < 0 ? model->low : room[1] < 0 ? model->high : v;
        is->seen[i] = is->noise_first ? bit_depth_reduce(is->call, &is->depth, v) : v;
    }
    const real *z = victim_logits(model, is->seen);
    victim_decisions(is->call, model);
    return z;
}

/* to (N,D): the gradient that the attacker follows. */
static void pull(struct chain *is, real *to, const real *e)
{
    struct victim *model = &is->model;
    const real *z = is->attacker == STATIC ? victim_logits(model, model->x) : look(is, model->x, e);
    if (is->attacker == STATIC)
        victim_decisions(is->call, model);
    model->W = R(1.0);
    victim_loss(model, is->loss_n, model->dz, z, model->answer);
    victim_pullback(model, to, model->dz);
    for (size_t i = 0; is->attacker == CLIPPED && i < model->N * model->D; i++)
        to[i] = to[i] * is->pass[i];
}

static void attack(const struct chain *is, real *to, const real *v)
{
    const struct victim *model = &is->model;
    for (size_t i = 0; i < model->N * model->D; i++) {
        real sign = v[i] > 0 ? R(1.0) : v[i] < 0 ? R(-1.0) : R(0.0);
        call_decisions(is->call, sign != 0, &v[i]);
        to[i] = model->x[i] + is->epsilon * sign;
        real room[2] = {to[i] - model->low, model->high - to[i]};
        call_decisions(is->call, 2, room);
    }
    victim_clip(model, to, model->N * model->D);
}

/* The mean loss at x, times share; its gradient is added to dw and db. */
static real learn(struct chain *is, const real *x, const real *e, real share, real *dx)
{
    struct victim *model = &is->model;
    const struct perceptron *net = &model->net;
    const real *z = look(is, x, e);
    model->W = real_count(model->N);
    victim_loss(model, is->loss_n, model->dz, z, model->answer);
    for (size_t i = 0; i < model->N * model->K; i++)
        model->dz[i] = model->dz[i] * share;
    victim_pullback(model, dx, model->dz);
    for (size_t l = 0; l < net->layers; l++) {
        for (size_t k = 0; k < net->size[l] * net->size[l + 1]; k++)
            is->dw[l][k] = is->dw[l][k] + model->batch.dw[l][k];
        for (size_t k = 0; k < net->size[l + 1]; k++)
            is->db[l][k] = is->db[l][k] + model->batch.db[l][k];
    }
    return share * (sum_samples(model->N, model->block, is->loss_n, 1) / real_count(model->N));
}

/* A step down the gradients, which are 0 afterwards. */
static void descend(struct chain *is)
{
    struct perceptron *net = &is->model.net;
    for (size_t l = 0; l < net->layers; l++) {
        size_t I = net->size[l], O = net->size[l + 1];
        for (size_t k = 0; k < I * O; k++)
            net->w[l][k] = net->w[l][k] - is->rate * is->dw[l][k];
        for (size_t k = 0; k < O; k++)
            net->b[l][k] = net->b[l][k] - is->rate * is->db[l][k];
        memset(is->dw[l], 0, I * O * sizeof(real));
        memset(is->db[l], 0, O * sizeof(real));
    }
}

static void predict(struct chain *is, const char *name, const real *z)
{
    struct victim *model = &is->model;
    int *class = call_scratch_integers(is->call, model->N);
    real *to = call_output_integers(is->call, name, "N");
    victim_predict(model, class, z);
    victim_prediction_decisions(is->call, model, z);
    for (size_t n = 0; n < model->N; n++)
        to[n] = real_count((size_t) class[n]);
}

static void test(struct chain *is, const real *e)
{
    struct victim *model = &is->model;
    const real *logits = look(is, model->x, e);
    real *z = call_output(is->call, "z", "NK"), *slope = call_output(is->call, "slope", "Na");
    memcpy(z, logits, model->N * model->K * sizeof *z);
    predict(is, "predicted", z);
    pull(is, slope, e);
    real *attacked = call_scratch(is->call, model->N * model->D);
    attack(is, attacked, slope);
    predict(is, "predicted_attacked", look(is, attacked, e));
}

static void write_trained(struct call *call, const struct perceptron *net)
{
    real *w[PERCEPTRON_LAYERS], *b[PERCEPTRON_LAYERS];
    network_outputs(call, net, "trained_", w, b);
    for (size_t l = 0; l < net->layers; l++) {
        memcpy(w[l], net->w[l], net->size[l] * net->size[l + 1] * sizeof(real));
        memcpy(b[l], net->b[l], net->size[l + 1] * sizeof(real));
    }
}

void defense_in_depth_answer(struct call *call)
{
    struct chain is = read(call);
    const real *noise = call_input(call, "noise", "SNa"), *e = call_input(call, "test_noise", "Na");
    size_t size = is.model.N * is.model.D;
    real *loss = call_output(call, "loss", "S"), *attacked = call_output(call, "attacked", "SNa");
    real *v = call_scratch(call, size), *dx = call_scratch(call, size);
    for (size_t s = 0; s < call_size(call, 'S'); s++) {
        pull(&is, v, noise + s * size);
        attack(&is, attacked + s * size, v);
        loss[s] = learn(&is, is.model.x, noise + s * size, 1 - is.share, dx);
        loss[s] = loss[s] + learn(&is, attacked + s * size, noise + s * size, is.share, dx);
        descend(&is);
    }
    test(&is, e);
    write_trained(call, &is.model.net);
}
