// SPDX-License-Identifier: MIT
#include "../lab/fit.h"

enum { TRAIN = 1024, BATCH = 16, DEVICES = 8, EPOCHS = 5, RATES = 6, POINTS = 4 };

static const double rates[RATES] = {0.03, 0.1, 0.3, 1, 3, 10};

void more_devices(struct replica *r)
{
    const struct samples all = samples_digits(r);
    const struct samples train = samples_part(&all, 0, TRAIN);
    const struct samples validation = samples_part(&all, TRAIN, 300);
    const struct samples test = samples_part(&all, TRAIN + 300, all.count - TRAIN - 300);
    const struct network_plan plan = network_plan(all.features, 2, 32, all.classes);
    struct network *net = network_create(r, &plan, 256);
    double one = 0, eight = 0;
    for (size_t i = 0, devices = 1; i < POINTS; i++, devices *= 2) {
        const struct fit_plan how = {.optimizer = FIT_GRADIENT_DESCENT,
                                     .batch = BATCH * devices,
                                     .epochs = EPOCHS,
                                     .tune_by_loss = true};
        fit_tune(net, &train, &validation, &how, rates, RATES, NULL);
        const double loss = network_loss(net, &test);
        replica_point(r, 0, i, loss);
        one = devices == 1 ? loss : one;
        eight = devices == DEVICES ? loss : eight;
    }
    replica_effect(r, 0, (one - eight) / one);
    network_free(net);
}
