// SPDX-License-Identifier: MIT
#include "defensive_distillation.h"

#include "network_outputs.h"

#include <string.h>

struct distillation {
    struct call *call;
    struct victim model;
    size_t steps;
    real T, U, F, rate;
    real *p, *targets, *loss_n, *gap; /* (N,K), (N,K), (N), (K) */
};

/* p (N,K) of logits z at temperature T; the losses against the targets. */
static void soften(struct distillation *is, const real *z, real T)
{
    size_t K = is->model.K;
    for (size_t n = 0; n < is->model.N; n++) {
        real *p = is->p + n * K, most = z[n * K] / T;
        for (size_t k = 1; k < K; k++)
            most = z[n * K + k] / T > most ? z[n * K + k] / T : most;
        for (size_t k = 0; k < K; k++) {
            is->gap[k] = z[n * K + k] / T - most;
            p[k] = real_exp(is->gap[k]);
        }
        real s = sum_features(K, p, 1), log_s = real_log(s);
        for (size_t k = 0; k < K; k++) {
            is->gap[k] = log_s - is->gap[k];
            p[k] = p[k] / s;
        }
        is->loss_n[n] = sum_products(R(0.0), K, is->targets + n * K, 1, is->gap, 1);
    }
}

/* One step; returns the loss before it. */
static real step(struct distillation *is, real *dx)
{
    struct victim *model = &is->model;
    struct perceptron *net = &model->net;
    size_t N = model->N;
    soften(is, victim_logits(model, model->x), is->T);
    victim_decisions(is->call, model);
    for (size_t i = 0; i < N * model->K; i++)
        model->dz[i] = (is->p[i] - is->targets[i]) * (is->F / is->T) / real_count(N);
    victim_pullback(model, dx, model->dz);
    for (size_t l = 0; l < net->layers; l++) {
        for (size_t k = 0; k < net->size[l] * net->size[l + 1]; k++)
            net->w[l][k] = net->w[l][k] - is->rate * model->batch.dw[l][k];
        for (size_t k = 0; k < net->size[l + 1]; k++)
            net->b[l][k] = net->b[l][k] - is->rate * model->batch.db[l][k];
    }
    return sum_samples(N, model->block, is->loss_n, 1) / real_count(N) * is->F;
}

/* Copies all parameters: out of the network, or into it. */
static void exchange(struct perceptron *net, real *store, int into)
{
    for (size_t l = 0; l < net->layers; l++) {
        size_t w = net->size[l] * net->size[l + 1], b = net->size[l + 1];
        memcpy(into ? net->w[l] : store, into ? store : net->w[l], w * sizeof *store);
        store += w;
        memcpy(into ? net->b[l] : store, into ? store : net->b[l], b * sizeof *store);
        store += b;
    }
}

static void one_hot(struct distillation *is)
{
    size_t K = is->model.K;
    for (size_t i = 0; i < is->model.N * K; i++)
        is->targets[i] = (size_t)is->model.answer[i / K] == i % K ? R(1.0) : R(0.0);
}

static struct distillation read(struct call *call)
{
    static const char *const scales[] = {"none", "squared", NULL};
    struct distillation is = {.call = call};
    victim_read(call, &is.model);
    victim_read_goal(call, &is.model);
    is.T = call_number_or(call, "temperature", R(20.0));
    is.U = call_number_or(call, "test_temperature", R(1.0));
    is.rate = call_number(call, "rate");
    is.steps = call_count(call, "steps", 1, 64);
    if (!(is.T > 0))
        call_fail(call, "number 'temperature' must be above 0");
    if (!(is.U > 0))
        call_fail(call, "number 'test_temperature' must be above 0");
    if (is.model.objective != VICTIM_CROSS_ENTROPY)
        call_fail(call, "convention 'objective' must be cross_entropy");
    is.F = call_choice(call, "scale", scales) ? is.T * is.T : R(1.0);
    is.p = call_scratch(call, is.model.N * is.model.K);
    is.targets = call_scratch(call, is.model.N * is.model.K);
    is.loss_n = call_scratch(call, is.model.N);
    is.gap = call_scratch(call, is.model.K);
    return is;
}

static void write_student(struct call *call, const struct perceptron *net)
{
    real *w[PERCEPTRON_LAYERS], *b[PERCEPTRON_LAYERS];
    network_outputs(call, net, "student_", w, b);
    for (size_t l = 0; l < net->layers; l++) {
        memcpy(w[l], net->w[l], net->size[l] * net->size[l + 1] * sizeof(real));
        memcpy(b[l], net->b[l], net->size[l + 1] * sizeof(real));
    }
}

void defensive_distillation_answer(struct call *call)
{
    static const char *const starts[] = {"fresh", "teacher", NULL};
    struct distillation is = read(call);
    struct victim *model = &is.model;
    struct perceptron *net = &model->net;
    size_t size = model->N * model->K, parameters = 0;
    int fresh = call_choice(call, "start", starts) == 0;
    call_bind(call, 'S', is.steps);
    for (size_t l = 0; l < net->layers; l++)
        parameters += (net->size[l] + 1) * net->size[l + 1];
    real *first = call_scratch(call, parameters), *dx = call_scratch(call, model->N * model->D);
    real *teacher_loss = call_output(call, "teacher_loss", "S");
    real *student_loss = call_output(call, "student_loss", "S");
    exchange(net, first, 0);
    one_hot(&is);
    for (size_t s = 0; s < is.steps; s++)
        teacher_loss[s] = step(&is, dx);
    soften(&is, victim_logits(model, model->x), is.T);
    memcpy(call_output(call, "soft", "NK"), is.p, size * sizeof *is.p);
    memcpy(is.targets, is.p, size * sizeof *is.p);
    if (fresh)
        exchange(net, first, 1);
    for (size_t s = 0; s < is.steps; s++)
        student_loss[s] = step(&is, dx);
    one_hot(&is);
    soften(&is, victim_logits(model, model->x), is.U);
    victim_decisions(call, model);
    memcpy(call_output(call, "p", "NK"), is.p, size * sizeof *is.p);
    for (size_t i = 0; i < size; i++)
        model->dz[i] = (is.p[i] - is.targets[i]) * (1 / is.U);
    victim_pullback(model, call_output(call, "slope", "Na"), model->dz);
    write_student(call, net);
}
