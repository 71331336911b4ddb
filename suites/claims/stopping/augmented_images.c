// SPDX-License-Identifier: MIT
#include "../lab/augment.h"
#include "../lab/split.h"

enum { LAYERS = 3, UNITS = 64, BATCH = 32, STEPS = 1200, RATES = 2, ARMS = 4, SIZES = 3 };

static const double rates[RATES] = {0.001, 0.003};

struct outcome {
    double validation, test; /* accuracies */
};

/* With the changes of an arm: none, turns, shifts, or mirrors. */
static struct outcome learns(struct replica *r, const struct split *split, size_t arm)
{
    const struct augmentation changes[ARMS] = {{.from = &split->train},
                                               {.from = &split->train, .degrees = 10},
                                               {.from = &split->train, .shift = 1},
                                               {.from = &split->train, .flips = true}};
    const struct network_plan plan =
        network_plan(split->train.features, LAYERS, UNITS, split->train.classes);
    const struct fit_plan how = {.optimizer = FIT_ADAM,
                                 .batch = BATCH,
                                 .epochs = STEPS,
                                 .steps = STEPS,
                                 .alter = augment,
                                 .context = (void *)&changes[arm]};
    struct network *net = network_create(r, &plan, 256);
    double score[RATES];
    const size_t best = fit_tune(net, &split->train, &split->validation, &how, rates, RATES, score);
    const struct outcome outcome = {score[best], network_accuracy(net, &split->test)};
    network_free(net);
    return outcome;
}

void augmented_images(struct replica *r)
{
    for (size_t i = 0; i < SIZES; i++) {
        const struct split split = split_digits(r, (size_t)claim_place(r->claim, i), 0);
        struct outcome found[ARMS];
        for (size_t arm = 0; arm < ARMS; arm++) {
            found[arm] = learns(r, &split, arm);
            replica_point(r, arm, i, found[arm].test);
        }
        const struct outcome *chosen =
            found[2].validation > found[1].validation ? &found[2] : &found[1];
        replica_effect(r, i, chosen->test - found[0].test);
    }
}
