// SPDX-License-Identifier: MIT
#include "classical.h"

#include "../foundations/problem.h"

enum { SETS = 6, TRAIN = 300, VALIDATION = 150, STEPS = 1000, ARMS = 4 };

static const enum problem problems[SETS] = {PROBLEM_MOONS,    PROBLEM_CIRCLES, PROBLEM_SPIRALS,
                                            PROBLEM_CHECKERS, PROBLEM_TEACHER, PROBLEM_DIGITS};

void traditional_methods(struct replica *r)
{
    for (size_t i = 0; i < SETS; i++) {
        struct split split = problem_split(r, problems[i], TRAIN, VALIDATION);
        split_standardize(&split);
        const struct tried shallow = classical_network(r, &split, 1, STEPS);
        const struct tried arm[ARMS] = {
            classical_better(shallow, classical_network(r, &split, 3, STEPS)),
            classical_neighbours(r, &split), classical_logistic(r, &split, STEPS),
            classical_forest(r, &split)};
        struct tried best = arm[1];
        for (size_t a = 2; a < ARMS; a++)
            best = classical_better(best, arm[a]);
        for (size_t a = 0; a < ARMS; a++)
            replica_point(r, a, i, arm[a].test);
        replica_effect(r, i, arm[0].test - best.test);
    }
}
