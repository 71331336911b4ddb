// SPDX-License-Identifier: MIT
#include "problem.h"

enum { DEPTHS = 8, WIDTH = 32, TRAIN = 300, VALIDATION = 300, ADVISED_FROM = 2, ADVISED_TO = 5 };

static const enum problem problems[] = {PROBLEM_MOONS,   PROBLEM_CIRCLES, PROBLEM_XOR,
                                        PROBLEM_SPIRALS, PROBLEM_TEACHER, PROBLEM_DIGITS};
static const size_t depth[DEPTHS] = {0, 1, 2, 3, 4, 5, 6, 8};
static const double rates[] = {0.001, 0.003, 0.01};

/* Mean test accuracy of the advised depths, less that of the depth that is best on validation. */
static double loses(struct replica *r, const struct split *split, size_t arm)
{
    const struct fit_plan how = {.optimizer = FIT_ADAM, .batch = 32, .epochs = 40};
    double advised = 0, chosen = 0, best = -1;
    for (size_t i = 0; i < DEPTHS; i++) {
        const size_t hidden = depth[i];
        const struct network_plan plan =
            network_plan(split->train.features, hidden + 1, WIDTH, split->train.classes);
        const struct trial trial =
            trial_of(r, &plan, split, &how, rates, sizeof rates / sizeof rates[0]);
        replica_point(r, arm, i, trial.test);
        if (hidden >= ADVISED_FROM && hidden <= ADVISED_TO)
            advised += trial.test / (ADVISED_TO - ADVISED_FROM + 1);
        if (trial.validation > best) {
            best = trial.validation;
            chosen = trial.test;
        }
    }
    return advised - chosen;
}

void number_of_layers(struct replica *r)
{
    for (size_t i = 0; i < sizeof problems / sizeof problems[0]; i++) {
        const struct split split = problem_split(r, problems[i], TRAIN, VALIDATION);
        replica_effect(r, i, loses(r, &split, i));
    }
}
