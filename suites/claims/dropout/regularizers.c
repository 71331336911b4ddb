// SPDX-License-Identifier: MIT
#include "regularizers.h"

#include "../lab/augment.h"

enum { LAYERS = 3, UNITS = 64, BATCH = 32, STEPS = 600, RATES = 4, STRENGTHS = 3, PLANE = 2 };

static const double rates[RATES] = {0.0003, 0.001, 0.003, 0.01};
static const double strengths[REGULARIZERS][STRENGTHS] = {
    [REGULARIZER_NONE] = {0},
    [REGULARIZER_DROPOUT] = {0.2, 0.5, 0.7},
    [REGULARIZER_L2] = {0.001, 0.01, 0.1},
    [REGULARIZER_L1] = {0.0001, 0.001, 0.01},
    [REGULARIZER_STOPPING] = {3, 10, 30},
    [REGULARIZER_AUGMENTATION] = {5, 10, 20},
};
static const double noises[STRENGTHS] = {0.1, 0.2, 0.4};

static struct outcome fit_with(struct replica *r, const struct split *split,
                               enum regularizer regularizer, size_t i)
{
    const double strength = strengths[regularizer][i];
    const size_t features = split->train.features;
    struct network_plan plan = network_plan(features, LAYERS, UNITS, split->train.classes);
    struct fit_plan how = {.optimizer = FIT_ADAM, .batch = BATCH, .epochs = STEPS, .steps = STEPS};
    struct augmentation change = {.from = &split->train, .degrees = strength};
    if (features == PLANE)
        change = (struct augmentation){.from = &split->train, .noise = noises[i]};
    if (regularizer == REGULARIZER_DROPOUT)
        plan.dropout = strength;
    if (regularizer == REGULARIZER_L2)
        how.decay = strength;
    if (regularizer == REGULARIZER_L1)
        how.l1 = strength;
    if (regularizer == REGULARIZER_STOPPING) {
        how.validation = &split->validation;
        how.patience = (size_t)strength;
        how.restore = true;
    }
    if (regularizer == REGULARIZER_AUGMENTATION) {
        how.alter = augment;
        how.context = &change;
    }
    double score[RATES];
    struct network *net = network_create(r, &plan, 256);
    const size_t best = fit_tune(net, &split->train, &split->validation, &how, rates, RATES, score);
    const struct outcome outcome = {score[best], network_accuracy(net, &split->test)};
    network_free(net);
    return outcome;
}

struct outcome regularizer_fit(struct replica *r, const struct split *split,
                               enum regularizer regularizer)
{
    struct outcome best = fit_with(r, split, regularizer, 0);
    for (size_t i = 1; i < STRENGTHS && regularizer != REGULARIZER_NONE; i++) {
        const struct outcome now = fit_with(r, split, regularizer, i);
        if (now.validation > best.validation)
            best = now;
    }
    return best;
}
