// SPDX-License-Identifier: MIT
#include "problem.h"

enum { HIDDEN = 3, SHAPES = 3, TRAIN = 400, VALIDATION = 300 };

static const double shape[SHAPES][HIDDEN] = {{4, 2, 1}, {1, 1, 1}, {1, 2, 4}};
static const double rates[] = {0.001, 0.003, 0.01, 0.03, 0.1, 0.3};

static const struct {
    enum problem problem;
    size_t parameters;
} settings[] = {{PROBLEM_MOONS, 500},
                {PROBLEM_SPIRALS, 160},
                {PROBLEM_CHECKERS, 1000},
                {PROBLEM_TEACHER, 1000},
                {PROBLEM_DIGITS, 4000}};

void funnel(struct replica *r)
{
    const struct fit_plan how = {.optimizer = FIT_ADAM, .batch = 40, .epochs = 80};
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++) {
        const struct split split = problem_split(r, settings[i].problem, TRAIN, VALIDATION);
        struct trial trial[SHAPES];
        for (size_t k = 0; k < SHAPES; k++) {
            const struct network_plan plan =
                trial_plan(split.train.features, HIDDEN, shape[k], split.train.classes,
                           settings[i].parameters);
            trial[k] = trial_of(r, &plan, &split, &how, rates, sizeof rates / sizeof rates[0]);
            replica_point(r, k, i, trial[k].test);
        }
        const size_t better = trial[2].validation > trial[1].validation ? 2 : 1;
        replica_effect(r, i, trial[0].test - trial[better].test);
    }
}
