// SPDX-License-Identifier: MIT
#include "../lab/trial.h"

enum { MOONS, DIGITS, MOONS_EPOCHS = 300, DIGITS_EPOCHS = 100, LONGEST = MOONS_EPOCHS };

struct watch {
    const struct split *split;
    double train[LONGEST], validation[LONGEST]; /* losses by epoch */
    size_t turn;                                /* epoch of the least validation loss, from 0 */
    double at_turn;                             /* test accuracy then */
};

static bool after_epoch(struct fit *fit)
{
    struct watch *watch = fit->plan->context;
    const size_t e = fit->epoch - 1;
    watch->train[e] = network_loss(fit->net, &watch->split->train);
    watch->validation[e] = network_loss(fit->net, &watch->split->validation);
    if (e == 0 || watch->validation[e] < watch->validation[watch->turn]) {
        watch->turn = e;
        watch->at_turn = network_accuracy(fit->net, &watch->split->test);
    }
    return false;
}

/* The test accuracy that is lost from the turn to the end; 0 where validation does not rise while
 * training falls on. Parts and arms are those of the set. */
static void train(struct replica *r, const struct split *split, const struct network_plan *plan,
                  size_t epochs, size_t set)
{
    struct watch *watch = lab_take(r, 1, sizeof *watch);
    watch->split = split;
    const struct fit_plan how = {.optimizer = FIT_ADAM,
                                 .rate = 0.001,
                                 .batch = 32,
                                 .epochs = epochs,
                                 .after_epoch = after_epoch,
                                 .context = watch};
    struct network *net = network_create(r, plan, 256);
    const size_t last = fit_network(net, &split->train, &how).epoch - 1;
    const double at_end = network_accuracy(net, &split->test);
    network_free(net);
    const bool turns = watch->validation[last] >= 1.05 * watch->validation[watch->turn] &&
                       watch->train[last] < watch->train[watch->turn];
    replica_effect(r, set, turns ? watch->at_turn - at_end : 0);
    for (size_t p = 0; p < r->claim->curve.points; p++) {
        const size_t e = (size_t)claim_place(r->claim, p) - 1;
        if (e > last)
            break;
        replica_point(r, 2 * set, p, watch->train[e]);
        replica_point(r, 2 * set + 1, p, watch->validation[e]);
    }
}

void turning_point(struct replica *r)
{
    const struct samples moons = samples_moons(r, 0, 1400, 0.3), digits = samples_digits(r);
    struct split planar = samples_split(&moons, 100, 300),
                 images = samples_split(&digits, 300, 400);
    struct network_plan large = network_plan(2, 3, 512, 1),
                        small = network_plan(digits.features, 3, 64, digits.classes);
    large.loss = LOSS_BINARY_CROSS_ENTROPY;
    large.start = START_GLOROT_UNIFORM;
    split_standardize(&planar);
    samples_flip_labels(r, 10, &images.train, 0.2);
    samples_flip_labels(r, 11, &images.validation, 0.2);
    train(r, &planar, &large, MOONS_EPOCHS, MOONS);
    train(r, &images, &small, DIGITS_EPOCHS, DIGITS);
}
