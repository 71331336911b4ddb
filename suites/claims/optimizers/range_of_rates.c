// SPDX-License-Identifier: MIT
#include "../lab/tasks.h"

enum { PARTS = 4, RATES = 16, BATCH = 16, EPOCHS = 30, DIGITS_EPOCHS = 15, PER_DECADE = 3 };

static const enum task_kind kind[PARTS] = {TASK_DIGITS, TASK_MOONS, TASK_CIRCLES, TASK_SPIRALS};
static const double rate[RATES] = {0.0001, 0.000215, 0.000464, 0.001, 0.00215, 0.00464,
                                   0.01,   0.0215,   0.0464,   0.1,   0.215,   0.464,
                                   1,      2.15,     4.64,     10};

/* Decades of rates whose test accuracy is within 2 points of the best. */
static double range(struct replica *r, size_t part, enum fit_optimizer optimizer, size_t arm)
{
    struct task task = task_create(r, kind[part]);
    double accuracy[RATES], best = 0;
    size_t good = 0;
    if (kind[part] == TASK_DIGITS)
        task.train = samples_part(&task.train, 0, 300);
    struct network *net = network_create(r, &task.network, 256);
    for (size_t i = 0; i < RATES; i++) {
        const struct fit_plan plan = {.optimizer = optimizer,
                                      .rate = rate[i],
                                      .batch = BATCH,
                                      .epochs = kind[part] == TASK_DIGITS ? DIGITS_EPOCHS : EPOCHS};
        network_start(net);
        const struct fit fit = fit_network(net, &task.train, &plan);
        accuracy[i] = fit.has_diverged ? 0 : network_accuracy(net, &task.test);
        best = accuracy[i] > best ? accuracy[i] : best;
        if (part == 0)
            replica_point(r, arm, i, accuracy[i]);
    }
    network_free(net);
    for (size_t i = 0; i < RATES; i++)
        good += accuracy[i] >= best - 0.02;
    return (double)good / PER_DECADE;
}

void range_of_rates(struct replica *r)
{
    for (size_t part = 0; part < PARTS; part++)
        replica_effect(r, part,
                       range(r, part, FIT_ADAM, 2) - range(r, part, FIT_GRADIENT_DESCENT, 0));
    range(r, 0, FIT_MOMENTUM, 1);
}
