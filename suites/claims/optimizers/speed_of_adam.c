// SPDX-License-Identifier: MIT
#include "../lab/tasks.h"

enum { RATES = 7 };

static const double rate[RATES] = {0.1, 0.03, 0.3, 0.01, 1, 0.003, 3};

/* Steps to the target's loss with the arm's best rate. */
static double steps(struct replica *r, const struct task *task, enum fit_optimizer optimizer)
{
    const struct race race = {
        .task = task, .plan = {.optimizer = optimizer, .batch = 16}, .every = 1, .limit = 3000};
    return (double)race_tuned(r, &race, rate, RATES, NULL, 0, NULL);
}

void speed_of_adam(struct replica *r)
{
    for (size_t kind = 0; kind < TASKS; kind++) {
        const struct task task = task_create(r, (enum task_kind)kind);
        const double descent = steps(r, &task, FIT_GRADIENT_DESCENT);
        const double momentum = steps(r, &task, FIT_MOMENTUM);
        const double adam = steps(r, &task, FIT_ADAM);
        replica_point(r, 0, kind, descent);
        replica_point(r, 1, kind, momentum);
        replica_point(r, 2, kind, adam);
        replica_effect(r, kind, lab_log(r, descent / adam) / lab_log(r, 2));
    }
}
