// SPDX-License-Identifier: MIT
#include "../lab/fit.h"

enum { RATES = 11, HUNDREDTH = 4, BATCH = 32, TASKS = 3, VALIDATION = 200 };
enum { MOONS = 1, SPIRALS = 3 }; /* streams */

static const double rates[RATES] = {1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1, 3, 10};

struct task {
    struct split split;
    struct network_plan plan;
    size_t epochs;
};

/* Points of test accuracy at 0.01, less those at the rate with the best validation accuracy. */
static double compare(struct replica *r, const struct task *task, enum fit_optimizer optimizer,
                      size_t arm)
{
    struct network *net = network_create(r, &task->plan, 512);
    double validation[RATES], test[RATES];
    size_t best = 0;
    for (size_t k = 0; k < RATES; k++) {
        const struct fit_plan how = {
            .optimizer = optimizer, .rate = rates[k], .batch = BATCH, .epochs = task->epochs};
        network_start(net);
        fit_network(net, &task->split.train, &how);
        validation[k] = network_accuracy(net, &task->split.validation);
        test[k] = 100 * network_accuracy(net, &task->split.test);
        replica_point(r, arm, k, test[k]);
        best = validation[k] > validation[best] ? k : best;
    }
    network_free(net);
    return test[HUNDREDTH] - test[best];
}

void hundredth(struct replica *r)
{
    const struct samples digits = samples_digits(r);
    const struct samples moons = samples_moons(r, MOONS, 200 + VALIDATION + 1000, 0.2);
    const struct samples spirals = samples_spirals(r, SPIRALS, 300 + VALIDATION + 1000, 1, 0.02);
    const struct task tasks[TASKS] = {
        {samples_split(&digits, 800, VALIDATION), network_plan(64, 2, 32, 10), 20},
        {samples_split(&moons, 200, VALIDATION), network_plan(2, 3, 32, 2), 60},
        {samples_split(&spirals, 300, VALIDATION), network_plan(2, 3, 32, 2), 100},
    };
    for (size_t t = 0; t < TASKS; t++) {
        replica_effect(r, t, compare(r, &tasks[t], FIT_GRADIENT_DESCENT, t));
        replica_effect(r, TASKS + t, compare(r, &tasks[t], FIT_ADAM, TASKS + t));
    }
}
