// SPDX-License-Identifier: MIT
#include "../lab/fit.h"

enum {
    LAYERS = 20,
    WIDTH = 32,
    TRAIN = 800,
    VALIDATION = 400,
    BATCH = 32,
    EPOCHS = 10,
    ROWS = 256
};

static const double rates[] = {0.001, 0.003, 0.01, 0.03, 0.1};

static bool after_epoch(struct fit *fit)
{
    const size_t *arm = fit->plan->context;
    replica_point(fit->net->replica, *arm, fit->epoch - 1, fit->epoch_loss);
    return false;
}

/* Test accuracy with the best rate. The losses of that run, by epoch, are the points of `arm`. */
static double learns(struct replica *r, const struct samples *digits,
                     enum network_activation activation, enum network_initialization start,
                     size_t arm)
{
    const size_t used = TRAIN + VALIDATION, count = sizeof rates / sizeof rates[0];
    const struct samples train = samples_part(digits, 0, TRAIN);
    const struct samples validation = samples_part(digits, TRAIN, VALIDATION);
    const struct samples test = samples_part(digits, used, digits->count - used);
    struct network_plan plan = network_plan(digits->features, LAYERS, WIDTH, digits->classes);
    struct fit_plan how = {.optimizer = FIT_MOMENTUM, .batch = BATCH, .epochs = EPOCHS};
    plan.activation = activation;
    plan.start = start;
    struct network *net = network_create(r, &plan, ROWS);
    how.rate = rates[fit_tune(net, &train, &validation, &how, rates, count, NULL)];
    how.after_epoch = after_epoch;
    how.context = &arm;
    network_start(net);
    fit_network(net, &train, &how);
    const double accuracy = network_accuracy(net, &test);
    network_free(net);
    return accuracy;
}

void matching_weights(struct replica *r)
{
    const struct samples digits = samples_digits(r);
    const double relu_he = learns(r, &digits, ACTIVATION_RELU, START_HE_NORMAL, 0);
    const double relu_glorot = learns(r, &digits, ACTIVATION_RELU, START_GLOROT_NORMAL, 1);
    const double tanh_he = learns(r, &digits, ACTIVATION_TANH, START_HE_NORMAL, 2);
    const double tanh_glorot = learns(r, &digits, ACTIVATION_TANH, START_GLOROT_NORMAL, 3);
    replica_effect(r, 0, relu_he - relu_glorot);
    replica_effect(r, 1, tanh_glorot - tanh_he);
}
