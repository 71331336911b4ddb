// SPDX-License-Identifier: MIT
#include "../lab/quadratic.h"
#include "../lab/tasks.h"

enum {
    AXES = 10,
    SHARES = 6,
    RATES = 16,
    SHOWN = 3,
    LIMIT = 5000,
    NETWORK_SHARES = 3,
    NETWORK_RATES = 6,
    NETWORK_LIMIT = 500,
    STREAM = 100,
};

static const double arrival = 1e-6;
static const double share[SHARES] = {0.5, 0.9, 0.99, 0.7, 0.8, 0.95}; /* the first are shown */
static const double rate[RATES] = {0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8,
                                   1,    1.2, 1.5, 1.8, 2.2, 2.6, 3,   3.5};
static const double network_share[NETWORK_SHARES] = {0.5, 0.9, 0.99};
static const double network_rate[NETWORK_RATES] = {0.01, 0.03, 0.1, 0.3, 1, 3};

/* Settings in which both are as fast count half; those in which one does not arrive do not count:
 * `kept` says how often a form did not fail (diverge, or not arrive). */
struct score {
    size_t settings, counted;
    double faster;
    size_t kept_by_nesterov, kept_by_momentum;
};

static void count(struct score *score, size_t nesterov, size_t momentum, size_t limit)
{
    if (nesterov == limit || momentum == limit)
        return;
    score->counted++;
    score->faster += nesterov < momentum ? 1 : nesterov == momentum ? 0.5 : 0;
}

static void report(struct replica *r, size_t part, const struct score *score)
{
    const double all = (double)score->settings;
    replica_effect(r, part, score->faster / (double)score->counted - 0.5);
    replica_effect(r, part + 1,
                   ((double)score->kept_by_nesterov - (double)score->kept_by_momentum) / all);
}

static void try_quadratics(struct replica *r)
{
    const double condition = lab_exp(r, lab_log(r, 10) * (1 + 2 * lab_uniform(r, STREAM + 2, 0)));
    struct quadratic quadratic = quadratic_random(r, STREAM, AXES, condition);
    struct steps *form[2] = {steps_create(&r->arena, FIT_NESTEROV, 0, AXES),
                             steps_create(&r->arena, FIT_MOMENTUM, 0, AXES)};
    struct score score = {.settings = (size_t)SHARES * RATES};
    for (size_t b = 0; b < SHARES; b++)
        for (size_t i = 0; i < RATES; i++) {
            struct quadratic_run run[2];
            size_t steps[2];
            for (size_t f = 0; f < 2; f++) {
                steps_restart(form[f], share[b]);
                run[f] = quadratic_descend(&quadratic, form[f], rate[i], arrival, LIMIT);
                steps[f] = run[f].has_arrived ? run[f].steps : LIMIT;
                if (b < SHOWN && run[f].has_arrived)
                    replica_point(r, 2 * b + f, i, (double)run[f].steps);
            }
            count(&score, steps[0], steps[1], LIMIT);
            score.kept_by_nesterov += !run[0].has_diverged;
            score.kept_by_momentum += !run[1].has_diverged;
        }
    report(r, 0, &score);
}

static void try_networks(struct replica *r)
{
    const struct task task = task_create(r, TASK_DIGITS);
    struct network *net = network_create(r, &task.network, task.watched.count);
    struct score score = {.settings = (size_t)NETWORK_SHARES * NETWORK_RATES};
    for (size_t i = 0; i < score.settings; i++) {
        size_t steps[2];
        for (size_t f = 0; f < 2; f++) {
            const struct race race = {
                .task = &task,
                .plan = {.optimizer = f == 0 ? FIT_NESTEROV : FIT_MOMENTUM, .batch = 16},
                .every = 4,
                .limit = NETWORK_LIMIT};
            network_start(net);
            steps[f] = race_run(net, &race, network_rate[i % NETWORK_RATES],
                                network_share[i / NETWORK_RATES]);
        }
        count(&score, steps[0], steps[1], NETWORK_LIMIT);
        score.kept_by_nesterov += steps[0] < NETWORK_LIMIT;
        score.kept_by_momentum += steps[1] < NETWORK_LIMIT;
    }
    network_free(net);
    report(r, 2, &score);
}

void nesterov(struct replica *r)
{
    try_quadratics(r);
    try_networks(r);
}
