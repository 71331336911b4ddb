// SPDX-License-Identifier: MIT
#include "../lab/ask.h"
#include "../lab/fit.h"

#include <math.h>
#include <string.h>

enum { TRAIN = 1200, HIDDEN = 32, BATCH = 32, EPOCHS = 60, ALMOST = 4 };

static const double l1 = 0.001, rate = 0.1, adam_rate = 0.003, almost = 0.001;

struct arm {
    enum fit_optimizer optimizer;
    double rate, l1;
    bool (*after_step)(struct fit *fit);
};

/* Share of the weights, biases apart, whose magnitude is at most `limit`. */
static double share_upto(struct network *net, double limit)
{
    size_t few = 0, all = 0;
    for (size_t l = 0; l < net->plan.layers; l++)
        for (size_t i = net->weight[l]; i < net->bias[l]; i++, all++)
            few += fabs((double)network_parameter(net)[i]) <= limit;
    return (double)few / (double)all;
}

/* The proximal step of the penalty, after a step without it. */
static bool shrink(struct fit *fit)
{
    struct replica *r = fit->net->replica;
    const struct arena kept = lab_borrow(r);
    for (size_t l = 0; l < fit->net->plan.layers; l++) {
        const size_t P = fit->net->bias[l] - fit->net->weight[l];
        float *w = network_parameter(fit->net) + fit->net->weight[l];
        struct ask *ask = ask_new(r, "proximal_l1");
        ask_floats(ask, "w", 1, (size_t[]){P}, w);
        ask_floats(ask, "g", 2, (size_t[]){1, P}, lab_floats(r, P));
        ask_floats(ask, "rate", 1, (size_t[]){1}, (const float[]){(float)fit->rate});
        ask_number(ask, "lambda", l1);
        ask_run(ask);
        memcpy(w, ask_output(ask, "w_after", P), P * sizeof *w);
    }
    lab_return(r, kept);
    return false;
}

static bool after_epoch(struct fit *fit)
{
    const size_t arm = *(const size_t *)fit->plan->context;
    replica_point(fit->net->replica, arm, fit->epoch - 1, share_upto(fit->net, 0));
    if (arm == 0)
        replica_point(fit->net->replica, ALMOST, fit->epoch - 1, share_upto(fit->net, almost));
    return false;
}

void exact_zeros(struct replica *r)
{
    static const struct arm arms[] = {{FIT_GRADIENT_DESCENT, rate, l1, NULL},
                                      {FIT_ADAM, adam_rate, l1, NULL},
                                      {FIT_GRADIENT_DESCENT, rate, 0, shrink},
                                      {FIT_GRADIENT_DESCENT, rate, 0, NULL}};
    const struct samples digits = samples_digits(r);
    const struct samples train = samples_part(&digits, 0, TRAIN);
    const struct network_plan plan = network_plan(digits.features, 2, HIDDEN, digits.classes);
    struct network *net = network_create(r, &plan, BATCH);
    for (size_t arm = 0; arm < sizeof arms / sizeof arms[0]; arm++) {
        const struct fit_plan how = {.optimizer = arms[arm].optimizer,
                                     .rate = arms[arm].rate,
                                     .l1 = arms[arm].l1,
                                     .batch = BATCH,
                                     .epochs = EPOCHS,
                                     .after_step = arms[arm].after_step,
                                     .after_epoch = after_epoch,
                                     .context = &arm};
        network_start(net);
        fit_network(net, &train, &how);
        if (arm < 2)
            replica_effect(r, arm, share_upto(net, 0));
    }
    network_free(net);
}
