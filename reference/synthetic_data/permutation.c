// SPDX-License-Identifier: MIT
#include "permutation.h"

void permutation_check(struct call *call, const char *name, const int *index, size_t n)
{
    int *seen = call_scratch_integers(call, n);
    for (size_t i = 0; i < n; i++) {
        if (seen[index[i]]++)
            call_fail(call, "input '%s' has %d twice, so it is no permutation", name, index[i]);
    }
}

const int *permutation_or_identity(struct call *call, const char *name, char letter)
{
    size_t n = call_size(call, letter);
    const char shape[] = {letter, '\0'};
    if (call_has(call, name)) {
        const int *index = call_integers(call, name, shape, 0, (int)n - 1);
        permutation_check(call, name, index, n);
        return index;
    }
    int *index = call_scratch_integers(call, n);
    for (size_t i = 0; i < n; i++)
        index[i] = (int)i;
    return index;
}
