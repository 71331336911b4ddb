// SPDX-License-Identifier: MIT
#include "../lab/fit.h"
#include "../lab/split.h"

#include <math.h>

enum { LAYERS = 3, WIDTH = 64, STEPS = 1500, SETS = 2, SIZES = 4, CHOSEN = 2, RATES = 5 };

static const double rates[RATES] = {0.0003, 0.001, 0.003, 0.01, 0.03}, fitted = 0.1;

struct outcome {
    double gap, test; /* accuracies */
};

/* Stops when the training set, as the network is used, has the same loss in all runs. */
static bool after_epoch(struct fit *fit)
{
    const struct samples *train = fit->plan->context;
    return network_loss(fit->net, train) <= fitted;
}

static struct outcome fit_with(struct replica *r, const struct split *split, size_t batch,
                               bool is_normalized)
{
    struct network_plan plan =
        network_plan(split->train.features, LAYERS, WIDTH, split->train.classes);
    plan.normalization = is_normalized ? NORMALIZATION_BEFORE : NORMALIZATION_NONE;
    const struct fit_plan how = {.optimizer = FIT_ADAM,
                                 .batch = batch,
                                 .epochs = STEPS,
                                 .steps = STEPS,
                                 .after_epoch = after_epoch,
                                 .context = (void *)&split->train};
    struct network *net = network_create(r, &plan, 256);
    fit_tune(net, &split->train, &split->validation, &how, rates, RATES, NULL);
    const struct outcome outcome = {split_gap(net, split), network_accuracy(net, &split->test)};
    network_free(net);
    return outcome;
}

void normalization_gap(struct replica *r)
{
    const struct split sets[SETS] = {split_digits(r, 128, 0), split_digits(r, 128, 0.2)};
    for (size_t set = 0; set < SETS; set++)
        for (size_t i = 0; i < SIZES; i++) {
            const size_t batch = (size_t)claim_place(r->claim, i);
            const struct outcome without = fit_with(r, &sets[set], batch, false);
            const struct outcome with = fit_with(r, &sets[set], batch, true);
            replica_point(r, 2 * set, i, without.gap);
            replica_point(r, 2 * set + 1, i, with.gap);
            if (i != CHOSEN)
                continue;
            replica_effect(r, set, fmin(without.gap - with.gap, with.test - without.test));
        }
}
