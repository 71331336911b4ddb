// SPDX-License-Identifier: MIT
#include "permutation.h"

void permutation_check(struct question *q, const char *name, const int *index, size_t n)
{
    bool *taken = arena_take(question_arena(q), n, sizeof *taken);
    for (size_t i = 0; i < n; i++) {
        if (taken[index[i]])
            question_refuse(q, "its input '%s' is no permutation: %d occurs again at place %zu",
                            name, index[i], i);
        taken[index[i]] = true;
    }
}

const int *permutation_or_identity(struct question *q, const char *name, char letter)
{
    const size_t n = question_size(q, letter);
    if (!question_has(q, name)) {
        int *all = arena_take(question_arena(q), n, sizeof *all);
        for (size_t i = 0; i < n; i++)
            all[i] = (int)i;
        return all;
    }
    const int *index = question_integers(q, name, (const char[]){letter, '\0'}, 0, (int)n - 1);
    permutation_check(q, name, index, n);
    return index;
}
