// SPDX-License-Identifier: MIT
#include "batches.h"

enum { TRAIN = 512, VALIDATION = 300, SIZES = 6, MODERATE = 3, RATES = 6, MACHINES = 3 };
enum { EVERY = 64, EPOCHS = 20, FULL_EPOCHS = 300 }; /* EVERY: samples between looks, at least */

static const size_t sizes[SIZES] = {1, 2, 8, 32, 128, TRAIN};
static const size_t lanes[MACHINES] = {1, 16, 256}; /* samples that a machine does at once */
static const double rates[RATES] = {0.3, 0.1, 1, 0.03, 3, 0.01};
static const double target = 0.9;

struct search {
    const struct samples *validation;
    size_t every;
};

static bool after_step(struct fit *fit)
{
    const struct search *search = fit->plan->context;
    return fit->step % search->every == 0 &&
           network_accuracy(fit->net, search->validation) >= target;
}

/* The fewest steps to the target over all rates; as many as are allowed if none gets there. */
static size_t steps_to_target(struct network *net, const struct split *split, size_t batch)
{
    struct search search = {&split->validation, batch < EVERY ? EVERY / batch : 1};
    const size_t epochs = batch == TRAIN ? FULL_EPOCHS : EPOCHS;
    struct fit_plan plan = {
        .batch = batch, .epochs = epochs, .after_step = after_step, .context = &search};
    plan.steps = epochs * TRAIN / batch;
    for (size_t i = 0; i < RATES; i++) {
        plan.rate = rates[i];
        network_start(net);
        const struct fit fit = fit_network(net, &split->train, &plan);
        if (!fit.has_diverged && fit.step < plan.steps)
            plan.steps = fit.step; /* no other rate needs to go further */
    }
    return plan.steps;
}

void batch_balance(struct replica *r)
{
    const struct samples digits = samples_digits(r);
    const struct split split = samples_split(&digits, TRAIN, VALIDATION);
    struct network *net = batch_network(r);
    double rounds[MACHINES][SIZES];
    for (size_t i = 0; i < SIZES; i++) {
        const size_t steps = steps_to_target(net, &split, sizes[i]);
        for (size_t m = 0; m < MACHINES; m++) {
            rounds[m][i] = (double)(steps * ((sizes[i] + lanes[m] - 1) / lanes[m]));
            replica_point(r, m, i, rounds[m][i]);
        }
    }
    for (size_t m = 0; m < MACHINES; m++) {
        const double one = rounds[m][0], whole = rounds[m][SIZES - 1];
        replica_effect(r, m, 1 - rounds[m][MODERATE] / (one < whole ? one : whole));
    }
    network_free(net);
}
