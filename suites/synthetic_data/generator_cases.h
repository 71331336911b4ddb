// SPDX-License-Identifier: MIT
/* generator_cases.h - what the tables of cases of generators share. */
#pragma once

#include "../gradients/recipe_cases.h"
#include "legacy_random.h"

enum { GENERATOR_DRAWS = 4096 };

/* An input of n x D normal or uniform numbers, drawn next from `random`; D = 0: n numbers. */
static inline void legacy_input(struct assay_case *test, struct legacy_random *random,
                                const char *name, int normal, struct dims dims)
{
    static double value[GENERATOR_DRAWS];
    size_t n = recipe_count(&dims);
    if (normal)
        legacy_normals(random, value, n);
    else
        legacy_uniforms(random, value, n);
    case_values(test, name, dims, value);
}

/* An input that is the next permutation of 0..n-1. */
static inline void legacy_order(struct assay_case *test, struct legacy_random *random,
                                const char *name, size_t n)
{
    static int index[GENERATOR_DRAWS];
    legacy_permutation(random, index, n);
    case_integers(test, name, DIMS(n), index);
}
