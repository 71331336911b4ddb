// SPDX-License-Identifier: MIT
/* permutation.h - permutations and index lists that a request brings. */
#pragma once

#include "../call.h"

/* The input `name`, a permutation of 0..n-1 where n is the size bound to `letter`; 0, 1, 2, ...
 * when the request has none. Ends the call when an index stands twice. */
const int *permutation_or_identity(struct call *call, const char *name, char letter);

/* Ends the call unless the n numbers at `index`, all in 0..n-1, are all different. */
void permutation_check(struct call *call, const char *name, const int *index, size_t n);
