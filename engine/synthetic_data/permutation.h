// SPDX-License-Identifier: MIT
/* permutation.h - permutations that a case brings, whole on every rank. */
#pragma once

#include "../question.h"

/* The input `name`, a permutation of 0..n-1 of axis `letter`; 0, 1, 2, ... when there is none. */
const int *permutation_or_identity(struct question *q, const char *name, char letter);

/* Refuses unless the n numbers, all in 0..n-1, are all different. */
void permutation_check(struct question *q, const char *name, const int *index, size_t n);
