// SPDX-License-Identifier: MIT
#include "../lab/trial.h"

#include <math.h>

enum { EPOCHS = 100, POINTS = 20 };

struct watch {
    const struct split *split;
    double validation[EPOCHS], train[EPOCHS], test[EPOCHS]; /* two losses and an accuracy */
};

static bool after_epoch(struct fit *fit)
{
    struct watch *watch = fit->plan->context;
    const size_t e = fit->epoch - 1;
    watch->train[e] = network_loss(fit->net, &watch->split->train);
    watch->validation[e] = network_loss(fit->net, &watch->split->validation);
    watch->test[e] = network_accuracy(fit->net, &watch->split->test);
    return false;
}

/* Parts 2 set and 2 set + 1: does validation turn while training falls on; is the test worse at the
 * end than at the turn. Arms 2 set and 2 set + 1: the losses of training and validation. */
static void train(struct replica *r, const struct split *split, size_t hidden, size_t batch,
                  size_t set)
{
    struct watch *watch = lab_take(r, 1, sizeof *watch);
    watch->split = split;
    const struct network_plan plan =
        network_plan(split->train.features, 3, hidden, split->train.classes);
    const struct fit_plan how = {.optimizer = FIT_ADAM,
                                 .rate = 0.001,
                                 .batch = batch,
                                 .epochs = EPOCHS,
                                 .after_epoch = after_epoch,
                                 .context = watch};
    struct network *net = network_create(r, &plan, 256);
    const size_t last = fit_network(net, &split->train, &how).epoch - 1;
    network_free(net);
    size_t turn = 0;
    for (size_t e = 1; e <= last; e++)
        turn = watch->validation[e] < watch->validation[turn] ? e : turn;
    for (size_t p = 0; p < POINTS; p++) {
        const size_t e = (size_t)claim_place(r->claim, p) - 1;
        replica_point(r, 2 * set, p, watch->train[e]);
        replica_point(r, 2 * set + 1, p, watch->validation[e]);
    }
    const bool rises = watch->validation[last] >= 1.05 * watch->validation[turn];
    replica_effect(r, 2 * set, rises && watch->train[last] < watch->train[turn] ? 1 : 0);
    replica_effect(r, 2 * set + 1, watch->test[last] < watch->test[turn] ? 1 : 0);
}

void turning_point(struct replica *r)
{
    const struct samples moons = samples_moons(r, 0, 1400, 0.3), digits = samples_digits(r);
    struct split planar = samples_split(&moons, 100, 300),
                 images = samples_split(&digits, 300, 400);
    samples_flip_labels(r, 10, &images.train, 0.2);
    samples_flip_labels(r, 11, &images.validation, 0.2);
    train(r, &planar, 512, 32, 0);
    train(r, &images, 64, 32, 1);
}
