// SPDX-License-Identifier: MIT
/* problem.h - the classification problems by which architectures are compared. */
#pragma once

#include "../lab/trial.h"

enum problem {
    PROBLEM_MOONS,    /* noise 0.2 */
    PROBLEM_CIRCLES,  /* radii 1 and 0.6, noise 0.15 */
    PROBLEM_XOR,      /* noise 0.1 */
    PROBLEM_SPIRALS,  /* two turns, noise 0.02 */
    PROBLEM_CHECKERS, /* four by four fields in [-1,1]^2, in turn of the classes */
    PROBLEM_TEACHER,  /* 10 normal features; the sign of 10 random ReLUs' alternating sum */
    PROBLEM_DIGITS,   /* handwritten */
    PROBLEMS,
};

/* Samples of one replica, split; at most 1000 for the test. Streams 30000 to 30099. */
struct split problem_split(struct replica *r, enum problem problem, size_t train,
                           size_t validation);
