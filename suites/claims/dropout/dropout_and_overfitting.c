// SPDX-License-Identifier: MIT
#include "../lab/fit.h"
#include "../lab/split.h"

#include <math.h>

enum { LAYERS = 3, UNITS = 128, BATCH = 32, STEPS = 600, SETS = 3, PLACES = 4, RATES = 5 };

static const double dropouts[PLACES] = {0, 0.2, 0.5, 0.8};
static const double rates[RATES] = {0.0001, 0.0003, 0.001, 0.003, 0.01};

struct outcome {
    double validation, gap, test; /* accuracies */
};

static struct outcome fit_with(struct replica *r, const struct split *split, double dropout)
{
    struct network_plan plan =
        network_plan(split->train.features, LAYERS, UNITS, split->train.classes);
    plan.dropout = dropout;
    const struct fit_plan how = {
        .optimizer = FIT_ADAM, .batch = BATCH, .epochs = STEPS, .steps = STEPS};
    struct network *net = network_create(r, &plan, 256);
    double score[RATES];
    const size_t best = fit_tune(net, &split->train, &split->validation, &how, rates, RATES, score);
    const struct outcome outcome = {.validation = score[best],
                                    .gap = split_gap(net, split),
                                    .test = network_accuracy(net, &split->test)};
    network_free(net);
    return outcome;
}

void dropout_and_overfitting(struct replica *r)
{
    const struct split sets[SETS] = {split_digits(r, 200, 0), split_digits(r, 200, 0.2),
                                     split_moons(r, 100, 0.3, 0.2)};
    for (size_t set = 0; set < SETS; set++) {
        struct outcome without = {0}, chosen = {.validation = -1};
        for (size_t i = 0; i < PLACES; i++) {
            const struct outcome now = fit_with(r, &sets[set], dropouts[i]);
            replica_point(r, 2 * set, i, now.gap);
            replica_point(r, 2 * set + 1, i, now.test);
            if (i == 0)
                without = now;
            else if (now.validation > chosen.validation)
                chosen = now;
        }
        replica_effect(r, set, fmin(without.gap - chosen.gap, chosen.test - without.test));
    }
}
