// SPDX-License-Identifier: MIT
#include "../lab/fit.h"
#include "../lab/split.h"

#include <math.h>

enum {
    DEEP = 20,
    LAYERS = 6,
    WIDTH = 32,
    TRAIN = 800,
    BATCH = 64,
    STEPS = 100,
    EVERY = 20,
    RATES = 6
};

static const double step_length = 0.01; /* of the norm of all weights and biases */

/* ---- gradients of a deep network before training --------------------------------------------- */

/* Decades between the gradients of the first and the last hidden layer. */
static double decades(struct replica *r, const struct samples *train,
                      enum network_activation activation, bool is_normalized, size_t arm)
{
    struct network_plan plan = network_plan(train->features, DEEP, WIDTH, train->classes);
    plan.activation = activation;
    plan.start = activation == ACTIVATION_RELU ? START_HE_NORMAL : START_GLOROT_NORMAL;
    plan.normalization = is_normalized ? NORMALIZATION_BEFORE : NORMALIZATION_NONE;
    struct network *net = network_create(r, &plan, 256);
    network_gradient(net, train, NULL, 256, 0);
    const double last = network_layer_norm(net, DEEP - 2);
    for (size_t l = 0; l + 1 < DEEP; l++)
        replica_point(r, arm, l, network_layer_norm(net, l) / last);
    const double ratio = network_layer_norm(net, 0) / last;
    network_free(net);
    return fabs(lab_log10(r, ratio));
}

/* ---- how fast the gradient turns along a step ------------------------------------------------ */

struct watch {
    const struct samples *batch;
    double sum; /* of the logarithms of relative changes of the gradient */
    size_t looks;
};

/* |g(w - s) - g(w)| / |g(w)|, where s is along g(w); statistics are left as they were. */
static double change(struct network *net, const struct samples *batch)
{
    struct replica *r = net->replica;
    const struct arena kept = lab_borrow(r);
    const size_t P = network_parameters(net);
    float *state = lab_floats(r, network_state_count(net)), *g = lab_floats(r, P);
    float *w = network_parameter(net);
    network_save(net, state);
    network_gradient(net, batch, NULL, batch->count, 0);
    for (size_t i = 0; i < P; i++)
        g[i] = net->gradient[i];
    const double norm = lab_norm(g, P), length = step_length * lab_norm(w, P);
    for (size_t i = 0; i < P; i++)
        w[i] -= (float)(length / norm) * g[i];
    network_gradient(net, batch, NULL, batch->count, 0);
    for (size_t i = 0; i < P; i++)
        g[i] -= net->gradient[i];
    const double relative = lab_norm(g, P) / norm;
    network_load(net, state);
    lab_return(r, kept);
    return relative;
}

static bool after_step(struct fit *fit)
{
    struct watch *watch = fit->plan->context;
    if (fit->step % EVERY == 0) {
        watch->sum += lab_log10(fit->net->replica, change(fit->net, watch->batch));
        watch->looks++;
    }
    return false;
}

/* Mean decades of the relative change during training. */
static double turning(struct replica *r, const struct split *split,
                      enum network_activation activation, bool is_normalized)
{
    static const double rates[RATES] = {0.003, 0.01, 0.03, 0.1, 0.3, 1};
    const struct samples batch = samples_part(&split->train, 0, 256);
    struct network_plan plan = network_plan(batch.features, LAYERS, WIDTH, batch.classes);
    plan.activation = activation;
    plan.start = activation == ACTIVATION_RELU ? START_HE_NORMAL : START_GLOROT_NORMAL;
    plan.normalization = is_normalized ? NORMALIZATION_BEFORE : NORMALIZATION_NONE;
    struct network *net = network_create(r, &plan, 256);
    struct fit_plan how = {.optimizer = FIT_MOMENTUM, .batch = BATCH, .epochs = STEPS};
    how.steps = STEPS;
    const size_t best = fit_tune(net, &split->train, &split->validation, &how, rates, RATES, NULL);
    struct watch watch = {.batch = &batch};
    how.rate = rates[best];
    how.after_step = after_step;
    how.context = &watch;
    network_start(net);
    fit_network(net, &split->train, &how);
    network_free(net);
    return watch.sum / (double)watch.looks;
}

void smoother_landscape(struct replica *r)
{
    static const enum network_activation kind[] = {ACTIVATION_SIGMOID, ACTIVATION_TANH,
                                                   ACTIVATION_RELU};
    const struct split split = split_digits(r, TRAIN, 0);
    for (size_t k = 0; k < 3; k++) {
        const double without = decades(r, &split.train, kind[k], false, 2 * k);
        const double with = decades(r, &split.train, kind[k], true, 2 * k + 1);
        replica_effect(r, k, without - with);
        if (k > 0)
            replica_effect(r, 2 + k,
                           turning(r, &split, kind[k], false) - turning(r, &split, kind[k], true));
    }
}
