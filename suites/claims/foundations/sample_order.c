// SPDX-License-Identifier: MIT
#include "../lab/trial.h"

#include <string.h>

enum { TRAIN = 1000, VALIDATION = 300, EPOCHS = 15, ORDERS = 3 };

static const double rates[] = {0.01, 0.03, 0.1, 0.3};

struct watch {
    const struct samples *test;
    double *accuracy; /* (EPOCHS) */
};

static bool after_epoch(struct fit *fit)
{
    const struct watch *watch = fit->plan->context;
    watch->accuracy[fit->epoch - 1] = network_accuracy(fit->net, watch->test);
    return false;
}

/* The samples, class after class. */
static struct samples sorted(struct replica *r, const struct samples *from)
{
    struct samples to = samples_copy(r, from);
    const size_t D = from->features;
    for (size_t k = 0, at = 0; k < from->classes; k++)
        for (size_t n = 0; n < from->count; n++)
            if (from->label[n] == (int)k) {
                memcpy(to.x + at * D, from->x + n * D, D * sizeof *to.x);
                to.label[at++] = (int)k;
            }
    return to;
}

/* Test accuracy at the end, with the rate that validation chose for this order. */
static double learns(struct replica *r, const struct split *split, enum fit_order order, size_t arm)
{
    double accuracy[EPOCHS] = {0};
    struct watch watch = {&split->test, accuracy};
    struct fit_plan how = {
        .optimizer = FIT_GRADIENT_DESCENT, .batch = 32, .epochs = EPOCHS, .order = order};
    const struct network_plan plan =
        network_plan(split->train.features, 2, 64, split->train.classes);
    struct network *net = network_create(r, &plan, 256);
    const struct trial trial = trial_run(net, split, &how, rates, sizeof rates / sizeof rates[0]);
    how.rate = rates[trial.best];
    how.after_epoch = after_epoch;
    how.context = &watch;
    network_start(net);
    fit_network(net, &split->train, &how);
    for (size_t e = 0; e < EPOCHS; e++)
        replica_point(r, arm, e, accuracy[e]);
    network_free(net);
    return trial.test;
}

void sample_order(struct replica *r)
{
    const struct samples digits = samples_digits(r);
    struct split split = samples_split(&digits, TRAIN, VALIDATION);
    const double reshuffled = learns(r, &split, FIT_RESHUFFLED, 0);
    const double once = learns(r, &split, FIT_SHUFFLED_ONCE, 1);
    split.train = sorted(r, &split.train);
    const double by_class = learns(r, &split, FIT_IN_ORDER, 2);
    replica_effect(r, 0, reshuffled - by_class);
    replica_effect(r, 1, reshuffled - once);
}
