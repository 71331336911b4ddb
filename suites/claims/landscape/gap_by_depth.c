// SPDX-License-Identifier: MIT
#include "../foundations/problem.h"

enum { DEPTHS = 4, VALIDATION = 300, DATA = 4 };

static const size_t depth[DEPTHS] = {1, 2, 4, 6};
static const double rates[] = {0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3};

static const struct {
    enum problem problem;
    size_t train, parameters;
} data[DATA] = {{PROBLEM_CIRCLES, 100, 2000},
                {PROBLEM_CHECKERS, 400, 2000},
                {PROBLEM_TEACHER, 200, 2000},
                {PROBLEM_DIGITS, 150, 5000}};

void gap_by_depth(struct replica *r)
{
    const struct fit_plan how = {.optimizer = FIT_ADAM, .batch = 25, .epochs = 100};
    for (size_t i = 0; i < DATA; i++) {
        const struct split split = problem_split(r, data[i].problem, data[i].train, VALIDATION);
        double gap[DEPTHS];
        for (size_t k = 0; k < DEPTHS; k++) {
            const struct network_plan plan = trial_plan(split.train.features, depth[k], NULL,
                                                        split.train.classes, data[i].parameters);
            const struct trial trial =
                trial_of(r, &plan, &split, &how, rates, sizeof rates / sizeof rates[0]);
            gap[k] = trial.train - trial.test;
            replica_point(r, i, k, gap[k]);
        }
        replica_effect(r, i, gap[DEPTHS - 1] - gap[0]);
    }
}
