// SPDX-License-Identifier: MIT
/* permuted_cases.h - recipes of cases with permutations, random or of a stated legacy seed. */
#pragma once

#include "../synthetic_data/generator_cases.h"

/* What is 0 is not stated. */
struct permuted {
    struct recipe recipe;
    size_t permutation, second; /* sizes of inputs of these names */
    uint32_t seed, second_seed; /* of NumPy's generator; 0: the case's own random numbers */
};

static inline void permuted_input(struct assay_case *test, const char *name, size_t n,
                                  uint32_t seed)
{
    struct legacy_random random;
    if (n == 0)
        return;
    if (seed == 0) {
        case_permutations(test, name, 1, n);
        struct request_array *input =
            &test->request.input[test->request.inputs - 1]; /* one permutation, without its axis */
        input->rank = 1;
        input->dim[0] = n;
        return;
    }
    legacy_seed(&random, seed);
    legacy_order(test, &random, name, n);
}

static inline void permuted_cases(struct case_list *list, const struct permuted *row, size_t rows)
{
    for (size_t i = 0; i < rows; i++) {
        recipe_cases(list, &row[i].recipe, 1);
        struct assay_case *test = &list->test[list->count - 1];
        permuted_input(test, "permutation", row[i].permutation, row[i].seed);
        permuted_input(test, "second", row[i].second, row[i].second_seed);
    }
}
