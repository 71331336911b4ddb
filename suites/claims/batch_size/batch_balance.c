// SPDX-License-Identifier: MIT
#include "batches.h"

enum { TRAIN = 512, VALIDATION = 300, SIZES = 7, RATES = 7, MACHINES = 3 };
enum { EVERY = 64, EPOCHS = 20, FULL_EPOCHS = 300 }; /* EVERY: samples between looks, at least */
enum { OTHER_START = 300, OTHER_ORDER = 10000 };     /* streams of the runs that choose */

static const size_t sizes[SIZES] = {1, 2, 8, 32, 64, 128, TRAIN};
static const size_t moderate[] = {3, 4, 5}, ends[] = {0, SIZES - 1}; /* places among them */
static const size_t lanes[MACHINES] = {1, 16, 256}; /* samples that a machine does at once */
static const double rates[RATES] = {0.3, 0.1, 1, 0.03, 3, 0.01, 10};
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
static size_t steps_to_target(struct network *net, const struct split *split, size_t batch,
                              uint64_t order)
{
    struct search search = {&split->validation, batch < EVERY ? EVERY / batch : 1};
    const size_t epochs = batch == TRAIN ? FULL_EPOCHS : EPOCHS;
    struct fit_plan plan = {
        .batch = batch, .epochs = epochs, .after_step = after_step, .context = &search};
    plan.order_stream = order;
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

/* Rounds of each machine, from the weights and in the order of these streams. */
static void measure(struct network *net, const struct split *split, uint64_t start, uint64_t order,
                    double rounds[MACHINES][SIZES])
{
    net->plan.stream = start;
    for (size_t i = 0; i < SIZES; i++) {
        const size_t steps = steps_to_target(net, split, sizes[i], order);
        for (size_t m = 0; m < MACHINES; m++)
            rounds[m][i] = (double)(steps * ((sizes[i] + lanes[m] - 1) / lanes[m]));
    }
}

/* The place with the fewest rounds. */
static size_t fewest(const double *rounds, const size_t *place, size_t count)
{
    size_t best = place[0];
    for (size_t k = 1; k < count; k++)
        best = rounds[place[k]] < rounds[best] ? place[k] : best;
    return best;
}

void batch_balance(struct replica *r)
{
    const struct samples digits = samples_digits(r);
    const struct split split = samples_split(&digits, TRAIN, VALIDATION);
    struct network *net = batch_network(r);
    double chosen_by[MACHINES][SIZES], rounds[MACHINES][SIZES];
    measure(net, &split, OTHER_START, OTHER_ORDER, chosen_by);
    measure(net, &split, 0, 0, rounds);
    for (size_t m = 0; m < MACHINES; m++) {
        const size_t middle = fewest(chosen_by[m], moderate, 3),
                     end = fewest(chosen_by[m], ends, 2);
        for (size_t i = 0; i < SIZES; i++)
            replica_point(r, m, i, rounds[m][i]);
        replica_effect(r, m, 1 - rounds[m][middle] / rounds[m][end]);
    }
    network_free(net);
}
