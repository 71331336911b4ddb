// SPDX-License-Identifier: MIT
#include "../lab/fit.h"

enum { TRAIN = 800, VALIDATION = 400, BATCH = 32, EPOCHS = 10, ROWS = 256 };

static const double rates[] = {0.001, 0.003, 0.01, 0.03, 0.1, 0.3};

/* Test accuracy with the best rate. */
static double learns(struct replica *r, const struct samples *digits, size_t depth, size_t width,
                     enum network_initialization start)
{
    const size_t used = TRAIN + VALIDATION;
    const struct samples train = samples_part(digits, 0, TRAIN);
    const struct samples validation = samples_part(digits, TRAIN, VALIDATION);
    const struct samples test = samples_part(digits, used, digits->count - used);
    struct network_plan plan = network_plan(digits->features, depth, width, digits->classes);
    const struct fit_plan how = {.optimizer = FIT_ADAM, .batch = BATCH, .epochs = EPOCHS};
    plan.start = start;
    struct network *net = network_create(r, &plan, ROWS);
    fit_tune(net, &train, &validation, &how, rates, sizeof rates / sizeof rates[0], NULL);
    const double accuracy = network_accuracy(net, &test);
    network_free(net);
    return accuracy;
}

void uniform_weights(struct replica *r)
{
    static const size_t shape[][2] = {{2, 16}, {2, 64}, {2, 256}, {4, 16}, {4, 64}, {8, 32}};
    const struct samples digits = samples_digits(r);
    for (size_t i = 0; i < sizeof shape / sizeof shape[0]; i++) {
        const double uniform = learns(r, &digits, shape[i][0], shape[i][1], START_UNIFORM);
        const double he = learns(r, &digits, shape[i][0], shape[i][1], START_HE_NORMAL);
        replica_point(r, 0, i, uniform);
        replica_point(r, 1, i, he);
        replica_effect(r, i, uniform - he);
    }
}
