// SPDX-License-Identifier: MIT
#include "../lab/tasks.h"

#include <math.h>

enum { PARTS = 3, RATES = 8, TRAIN = 300, BATCH = 16, LIMIT = 3000, WRONG = 50 };

static const double rate[RATES] = {0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3};

/* Test accuracy at the moment when the loss of all training samples has fallen to the target, with
 * the rate whose validation accuracy at that moment is best. */
static double accuracy(struct replica *r, const struct task *task, enum fit_optimizer optimizer,
                       size_t arm)
{
    const struct race race = {.task = task,
                              .plan = {.optimizer = optimizer, .batch = BATCH},
                              .every = 10,
                              .limit = LIMIT};
    struct network *net = network_create(r, &task->network, TRAIN);
    double best = -INFINITY, test = 0;
    for (size_t i = 0; i < RATES; i++) {
        network_start(net);
        if (race_run(net, &race, rate[i], 0) == LIMIT)
            continue;
        const double now = network_accuracy(net, &task->validation);
        const double right = network_accuracy(net, &task->test);
        replica_point(r, arm, i, right);
        test = now > best ? right : test;
        best = now > best ? now : best;
    }
    network_free(net);
    if (best < 0)
        replica_fail(r, "no rate reaches the loss %g on %s", task->target, task->name);
    return test;
}

void generalization_of_momentum(struct replica *r)
{
    struct task task[PARTS] = {task_create(r, TASK_DIGITS), task_create(r, TASK_DIGITS),
                               task_create(r, TASK_MOONS)};
    static const double target[PARTS] = {0.1, 0.5, 0.1};
    for (size_t p = 0; p < PARTS; p++) {
        if (p < 2)
            task[p].train = samples_part(&task[p].train, 0, TRAIN);
        if (p == 1)
            samples_flip_labels(r, WRONG, &task[p].train, 0.2);
        task[p].watched = task[p].train;
        task[p].target = target[p];
        const double momentum = accuracy(r, &task[p], FIT_MOMENTUM, 2 * p);
        const double descent = accuracy(r, &task[p], FIT_GRADIENT_DESCENT, 2 * p + 1);
        replica_effect(r, p, momentum - descent);
    }
}
