// SPDX-License-Identifier: MIT
/* tasks.h - six small tasks, each with a network: for claims about training in general. */
#pragma once

#include "fit.h"

enum task_kind {
    TASK_DIGITS,     /* 600 handwritten digits; 64-32-10 */
    TASK_MOONS,      /* 240 moons, noise 0.2; 2-16-16-2 */
    TASK_CIRCLES,    /* 240 points of circles, factor 0.5, noise 0.1; 2-16-16-2 */
    TASK_SPIRALS,    /* 240 points of spirals of 1.5 turns, noise 0.02; 2-32-32-2 */
    TASK_BLOBS,      /* 240 points of 6 blobs, distance 1, noise 0.25; 2-16-16-6 */
    TASK_REGRESSION, /* 240 values of a wave and a product, noise 0.1; 2-16-16-1 */
    TASKS,
};

/* ReLU, He's normal weights, cross-entropy (of TASK_REGRESSION the squared error). */
struct task {
    const char *name;
    struct samples train, validation, test; /* digits: 600, 300, 897; others 240, 400, 1000 */
    struct samples watched;                 /* the first 100 of the training set */
    struct network_plan network;
    double target; /* a loss of the watched samples that all optimizers of fit.h can reach */
};

/* Streams 40000 + 10 kind to 40009 + 10 kind. */
struct task task_create(struct replica *r, enum task_kind kind);

/* A race to the target's loss: how many steps does an optimizer need? */
struct race {
    const struct task *task;
    struct fit_plan plan; /* without rate, epochs, steps and functions of its own */
    const float *share;   /* (limit) what the rate of each step is multiplied with; NULL: 1 */
    size_t every;         /* the loss is looked at every so many steps */
    size_t limit;         /* steps after which a run ends: it has lost */
};

/* Steps that the network needs from its present weights, or the limit. */
size_t race_run(struct network *net, const struct race *race, double rate, double momentum);

/* The same from the network's own weights, with the rate and momentum of the grid that are fastest
 * in three tuning runs from other weights and in other orders, all of which must arrive; `momentum`
 * (momenta) may be NULL: that of the plan. Ties: the first of the grid, all rates before the next
 * momentum. Begin with a rate that arrives soon: who needs more than the best so far is stopped.
 * `choice` may be NULL. */
struct race_choice {
    double rate, momentum;
};
size_t race_tuned(struct replica *r, const struct race *race, const double *rate, size_t rates,
                  const double *momentum, size_t momenta, struct race_choice *choice);
