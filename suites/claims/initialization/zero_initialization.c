// SPDX-License-Identifier: MIT
#include "../lab/fit.h"

enum { TRAIN = 1200, BATCH = 32, EPOCHS = 10, HIDDEN = 32 };

struct watch {
    const struct samples *test;
    size_t arm;
};

static bool after_epoch(struct fit *fit)
{
    const struct watch *watch = fit->plan->context;
    replica_point(fit->net->replica, watch->arm, fit->epoch - 1,
                  network_accuracy(fit->net, watch->test));
    return false;
}

static double learns(struct replica *r, const struct samples *digits, size_t layers,
                     enum network_initialization start, size_t arm)
{
    const struct samples train = samples_part(digits, 0, TRAIN);
    const struct samples test = samples_part(digits, TRAIN, digits->count - TRAIN);
    struct network_plan plan = network_plan(digits->features, layers, HIDDEN, digits->classes);
    plan.activation = ACTIVATION_TANH;
    plan.start = start;
    struct watch watch = {&test, arm};
    const struct fit_plan how = {.optimizer = FIT_ADAM,
                                 .rate = 0.01,
                                 .batch = BATCH,
                                 .epochs = EPOCHS,
                                 .after_epoch = after_epoch,
                                 .context = &watch};
    struct network *net = network_create(r, &plan, 256);
    fit_network(net, &train, &how);
    const double accuracy = network_accuracy(net, &test);
    network_free(net);
    return accuracy;
}

void zero_initialization(struct replica *r)
{
    const struct samples digits = samples_digits(r);
    const double zeros = learns(r, &digits, 2, START_ZERO, 0);
    const double glorot = learns(r, &digits, 2, START_GLOROT_NORMAL, 1);
    learns(r, &digits, 1, START_ZERO, 2);
    replica_effect(r, 0, glorot - zeros);
}
