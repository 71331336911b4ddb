// SPDX-License-Identifier: MIT
#include "certified_radius.h"

/* The most votes that an input has. */
static size_t most_votes(struct call *call, const char *name, const int *count, size_t N, size_t K)
{
    size_t most = 0;
    for (size_t i = 0; i < N; i++) {
        size_t n = 0;
        for (size_t k = 0; k < K; k++)
            n += (size_t)count[i * K + k];
        if (n == 0)
            call_fail(call, "row %zu of input '%s' has no votes", i, name);
        most = n > most ? n : most;
    }
    return most;
}

void certified_radius_answer(struct call *call)
{
    const int *selection = call_integers(call, "selection", "NK", 0, 100000);
    const int *estimation = call_integers(call, "estimation", "NK", 0, 100000);
    size_t N = call_size(call, 'N'), K = call_size(call, 'K');
    if (K < 2)
        call_fail(call, "input 'estimation' has %zu classes, but two are needed", K);
    most_votes(call, "selection", selection, N, K);
    struct votes is = votes_read(call, K, most_votes(call, "estimation", estimation, N, K));
    votes_answer(call, &is, selection, estimation);
}
