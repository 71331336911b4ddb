// SPDX-License-Identifier: MIT
#include "problem.h"

enum { DEEPEST = 6, TRAIN = 500, VALIDATION = 300 };

static const struct {
    enum problem problem;
    size_t parameters;
} settings[] = {{PROBLEM_SPIRALS, 80}, {PROBLEM_CHECKERS, 300}};
static const double rates[] = {0.001, 0.003, 0.01, 0.03, 0.1};

/* Test accuracy of the depth above 1 that is best on validation, less that of depth 1. */
static double gains(struct replica *r, const struct split *split, size_t parameters, size_t arm)
{
    const struct fit_plan how = {.optimizer = FIT_ADAM, .batch = 50, .epochs = 150};
    double shallow = 0, deep = 0, best = -1;
    for (size_t depth = 1; depth <= DEEPEST; depth++) {
        const struct network_plan plan = trial_plan(2, depth, NULL, 2, parameters);
        const struct trial trial =
            trial_of(r, &plan, split, &how, rates, sizeof rates / sizeof rates[0]);
        replica_point(r, arm, depth - 1, trial.test);
        if (depth == 1) {
            shallow = trial.test;
        } else if (trial.validation > best) {
            best = trial.validation;
            deep = trial.test;
        }
    }
    return deep - shallow;
}

void depth_at_equal_size(struct replica *r)
{
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++) {
        const struct split split = problem_split(r, settings[i].problem, TRAIN, VALIDATION);
        replica_effect(r, i, gains(r, &split, settings[i].parameters, i));
    }
}
