// SPDX-License-Identifier: MIT
#include "../lab/fit.h"

enum {
    WIDTH = 32,
    TRAIN = 1000,
    VALIDATION = 200,
    TEST = 300,
    BATCH = 32,
    EPOCHS = 15,
    ROWS = 256
};
enum { KINDS = 3, RATES = 8, EVERY = 5, LIMIT = EPOCHS * ((TRAIN + BATCH - 1) / BATCH) };

static const double target = 0.93;

/* The first step after which each set is classified well enough; 0: not yet. */
struct watch {
    struct samples validation, test;
    size_t on_validation, on_test;
};

static void look(struct fit *fit, const struct samples *samples, size_t *step)
{
    if (*step == 0 && network_accuracy(fit->net, samples) >= target)
        *step = fit->step;
}

static bool after_step(struct fit *fit)
{
    struct watch *watch = fit->plan->context;
    if (fit->step % EVERY == 0) {
        look(fit, &watch->validation, &watch->on_validation);
        look(fit, &watch->test, &watch->on_test);
    }
    return watch->on_validation > 0 && watch->on_test > 0;
}

static size_t or_limit(size_t step)
{
    return step > 0 ? step : LIMIT;
}

/* Steps until the test samples are classified well, at the rate that needs the fewest for the
 * validation samples. */
static double steps(struct replica *r, const struct samples *digits, size_t depth,
                    enum network_activation activation, size_t arm)
{
    const size_t used = TRAIN + VALIDATION;
    const struct samples train = samples_part(digits, 0, TRAIN);
    struct network_plan plan = network_plan(digits->features, depth, WIDTH, digits->classes);
    plan.activation = activation;
    plan.start = activation == ACTIVATION_RELU ? START_HE_NORMAL : START_GLOROT_NORMAL;
    struct network *net = network_create(r, &plan, ROWS);
    size_t fewest = LIMIT + 1, found = LIMIT;
    for (size_t i = 0; i < RATES; i++) {
        struct watch watch = {.validation = samples_part(digits, TRAIN, VALIDATION),
                              .test = samples_part(digits, used, TEST)};
        const struct fit_plan how = {.optimizer = FIT_MOMENTUM,
                                     .rate = r->claim->curve.at[i],
                                     .batch = BATCH,
                                     .epochs = EPOCHS,
                                     .after_step = after_step,
                                     .context = &watch};
        network_start(net);
        fit_network(net, &train, &how);
        replica_point(r, arm, i, (double)or_limit(watch.on_test));
        if (or_limit(watch.on_validation) < fewest) {
            fewest = or_limit(watch.on_validation);
            found = or_limit(watch.on_test);
        }
    }
    network_free(net);
    return (double)found;
}

void steps_to_accuracy(struct replica *r)
{
    static const enum network_activation kind[KINDS] = {ACTIVATION_RELU, ACTIVATION_SIGMOID,
                                                        ACTIVATION_TANH};
    static const size_t depths[] = {2, 8};
    const struct samples digits = samples_digits(r);
    for (size_t d = 0; d < 2; d++) {
        double needed[KINDS];
        for (size_t k = 0; k < KINDS; k++)
            needed[k] = steps(r, &digits, depths[d], kind[k], KINDS * d + k);
        for (size_t k = 1; k < KINDS; k++)
            replica_effect(r, 2 * d + k - 1, 1 - needed[0] / needed[k]);
    }
}
