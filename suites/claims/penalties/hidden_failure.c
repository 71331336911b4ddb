// SPDX-License-Identifier: MIT
#include "../lab/fit.h"

enum { TRAIN = 64, HIDDEN = 64, BATCH = 32, EPOCHS = 60, ARMS = 5 };

/* Without; moderate ones; strong ones. */
static const double dropouts[ARMS] = {0, 0.5, 0, 0.9, 0}, decays[ARMS] = {0, 0, 0.01, 0, 1};

static bool after_epoch(struct fit *fit)
{
    const size_t arm = *(const size_t *)fit->plan->context;
    replica_point(fit->net->replica, arm, fit->epoch - 1, fit->epoch_loss);
    return false;
}

void hidden_failure(struct replica *r)
{
    const struct samples digits = samples_digits(r);
    const struct samples train = samples_part(&digits, 0, TRAIN);
    double loss[ARMS];
    for (size_t arm = 0; arm < ARMS; arm++) {
        struct network_plan plan = network_plan(digits.features, 3, HIDDEN, digits.classes);
        plan.dropout = dropouts[arm];
        const struct fit_plan how = {.optimizer = FIT_ADAM,
                                     .rate = 0.003,
                                     .decay = decays[arm],
                                     .batch = BATCH,
                                     .epochs = EPOCHS,
                                     .after_epoch = after_epoch,
                                     .context = &arm};
        struct network *net = network_create(r, &plan, BATCH);
        loss[arm] = fit_network(net, &train, &how).epoch_loss;
        network_free(net);
    }
    replica_effect(r, 0, loss[3] - loss[0]);
    replica_effect(r, 1, loss[4] - loss[0]);
}
