// SPDX-License-Identifier: MIT
#include "problem.h"

enum { HIDDEN = 3, SHAPES = 3, TRAIN = 400, VALIDATION = 300 };

static const double shape[SHAPES][HIDDEN] = {{4, 2, 1}, {1, 1, 1}, {1, 2, 4}};
static const double rates[] = {0.003, 0.01, 0.03};

static const struct {
    enum problem problem;
    size_t parameters;
} settings[] = {{PROBLEM_MOONS, 500},
                {PROBLEM_SPIRALS, 1000},
                {PROBLEM_CHECKERS, 1000},
                {PROBLEM_TEACHER, 1000},
                {PROBLEM_DIGITS, 4000}};

void funnel(struct replica *r)
{
    const struct fit_plan how = {.optimizer = FIT_ADAM, .batch = 40, .epochs = 80};
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++) {
        const struct split split = problem_split(r, settings[i].problem, TRAIN, VALIDATION);
        double accuracy[SHAPES];
        for (size_t k = 0; k < SHAPES; k++) {
            const struct network_plan plan =
                trial_plan(split.train.features, HIDDEN, shape[k], split.train.classes,
                           settings[i].parameters);
            accuracy[k] =
                trial_of(r, &plan, &split, &how, rates, sizeof rates / sizeof rates[0]).test;
            replica_point(r, k, i, accuracy[k]);
        }
        replica_effect(r, i, accuracy[0] - (accuracy[1] + accuracy[2]) / 2);
    }
}
