// SPDX-License-Identifier: MIT
#include "../lab/quadratic.h"
#include "../lab/tasks.h"

enum {
    AXES = 10,
    TRIALS = 36, /* rates of descent; rates times momenta of momentum */
    SIDE = 6,
    QUADRATICS = 4,
    NETWORKS = 4,
    RATES = 7,
    STREAM = 100,
};

static const double condition[QUADRATICS] = {10, 100, 1000, 10000};
static const size_t longest[QUADRATICS] = {1000, 10000, 100000, 1000000};
static const double arrival = 1e-6;

static const double momentum_rate[SIDE] = {1.5, 1, 2, 2.5, 3.5, 0.5};
static const double share[SIDE] = {0.9, 0.95, 0.98, 0.75, 0.5, 0.25};

static const enum task_kind network[NETWORKS] = {TASK_DIGITS, TASK_MOONS, TASK_SPIRALS,
                                                 TASK_REGRESSION};
static const double rate[RATES] = {0.1, 0.03, 0.3, 0.01, 1, 0.003, 3};

/* The fewest steps of all trials; who needs more is stopped. */
static double fewest_steps(struct replica *r, struct quadratic *quadratic,
                           enum fit_optimizer optimizer, size_t limit)
{
    struct steps *steps = steps_create(&r->arena, optimizer, 0, AXES);
    for (size_t i = 0; i < TRIALS; i++) {
        const bool is_plain = optimizer == FIT_GRADIENT_DESCENT;
        const double by =
            is_plain ? 2 * (double)(TRIALS - i) / (TRIALS + 1) : momentum_rate[i % SIDE];
        steps_restart(steps, share[i / SIDE]);
        const struct quadratic_run run = quadratic_descend(quadratic, steps, by, arrival, limit);
        if (run.has_arrived)
            limit = run.steps;
    }
    return (double)limit;
}

static void compare(struct replica *r, size_t part, double descent, double momentum)
{
    replica_point(r, 0, part, descent);
    replica_point(r, 1, part, momentum);
    replica_effect(r, part, lab_log(r, descent / momentum) / lab_log(r, 2));
}

static double network_steps(struct replica *r, const struct task *task,
                            enum fit_optimizer optimizer)
{
    const struct race race = {
        .task = task, .plan = {.optimizer = optimizer, .batch = 16}, .every = 5, .limit = 3000};
    return (double)race_tuned(r, &race, rate, RATES, NULL, 0, NULL);
}

void speed_of_momentum(struct replica *r)
{
    for (size_t q = 0; q < QUADRATICS; q++) {
        struct quadratic quadratic = quadratic_random(r, STREAM + 10 * q, AXES, condition[q]);
        compare(r, q, fewest_steps(r, &quadratic, FIT_GRADIENT_DESCENT, longest[q]),
                fewest_steps(r, &quadratic, FIT_MOMENTUM, longest[q]));
    }
    for (size_t n = 0; n < NETWORKS; n++) {
        const struct task task = task_create(r, network[n]);
        compare(r, QUADRATICS + n, network_steps(r, &task, FIT_GRADIENT_DESCENT),
                network_steps(r, &task, FIT_MOMENTUM));
    }
}
