// SPDX-License-Identifier: MIT
#include "classical.h"

#include "../foundations/problem.h"

enum { SETS = 3, POINTS = 4, LARGEST = 1000, VALIDATION = 297, STEPS = 800, HIDDEN = 2 };

static const enum problem problems[SETS] = {PROBLEM_DIGITS, PROBLEM_CHECKERS, PROBLEM_TEACHER};

void need_of_data(struct replica *r)
{
    for (size_t i = 0; i < SETS; i++) {
        const struct split whole = problem_split(r, problems[i], LARGEST, VALIDATION);
        double behind[POINTS];
        for (size_t k = 0; k < POINTS; k++) {
            struct split split = whole;
            split.train = samples_part(&whole.train, 0, (size_t)r->claim->curve.at[k]);
            const double network = classical_network(r, &split, HIDDEN, STEPS).test;
            const double older = classical_better(classical_neighbours(r, &split),
                                                  classical_logistic(r, &split, STEPS))
                                     .test;
            behind[k] = older - network;
            replica_point(r, 2 * i, k, network);
            replica_point(r, 2 * i + 1, k, older);
        }
        replica_effect(r, 2 * i, behind[0]);
        replica_effect(r, 2 * i + 1, behind[0] - behind[POINTS - 1]);
    }
}
