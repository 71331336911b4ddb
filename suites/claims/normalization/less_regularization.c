// SPDX-License-Identifier: MIT
#include "../lab/fit.h"
#include "../lab/split.h"

enum { LAYERS = 3, WIDTH = 64, BATCH = 32, STEPS = 300, SETS = 2, PLACES = 5, RATES = 4 };

static const double rates[RATES] = {0.0003, 0.001, 0.003, 0.01};
static const double dropouts[PLACES] = {0, 0.2, 0.5, 0, 0};
static const double decays[PLACES] = {0, 0, 0, 0.01, 0.1};

/* Test accuracy with the best regulariser less that without any. */
static double gain(struct replica *r, const struct split *split, bool is_normalized, size_t arm)
{
    double best = -1, chosen = 0, none = 0;
    for (size_t i = 0; i < PLACES; i++) {
        struct network_plan plan =
            network_plan(split->train.features, LAYERS, WIDTH, split->train.classes);
        plan.normalization = is_normalized ? NORMALIZATION_BEFORE : NORMALIZATION_NONE;
        plan.dropout = dropouts[i];
        const struct fit_plan how = {.optimizer = FIT_ADAM,
                                     .batch = BATCH,
                                     .epochs = STEPS,
                                     .steps = STEPS,
                                     .decay = decays[i]};
        double score[RATES];
        struct network *net = network_create(r, &plan, 256);
        const size_t rate =
            fit_tune(net, &split->train, &split->validation, &how, rates, RATES, score);
        const double test = network_accuracy(net, &split->test);
        network_free(net);
        replica_point(r, arm, i, test);
        if (i == 0)
            none = test;
        if (score[rate] > best) {
            best = score[rate];
            chosen = test;
        }
    }
    return chosen - none;
}

void less_regularization(struct replica *r)
{
    const struct split sets[SETS] = {split_digits(r, 128, 0), split_digits(r, 128, 0.2)};
    for (size_t set = 0; set < SETS; set++) {
        const double without = gain(r, &sets[set], false, 2 * set);
        const double with = gain(r, &sets[set], true, 2 * set + 1);
        replica_effect(r, set, without - with);
    }
}
