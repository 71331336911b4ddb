// SPDX-License-Identifier: MIT
#include "shuffling.h"

size_t shuffling_pick(real u, size_t n)
{
    size_t j = (size_t)(u * real_count(n));
    return j < n ? j : n - 1;
}

void shuffling_exchange(int *order, const real *u, int up, size_t N)
{
    for (size_t k = 0; k + 1 < N; k++) {
        size_t i = up ? k : N - 1 - k;
        size_t j = up ? i + shuffling_pick(u[k], N - i) : shuffling_pick(u[k], i + 1);
        int moved = order[i];
        order[i] = order[j];
        order[j] = moved;
    }
}

/* How far each u n is from the whole numbers below and above it. */
static void declare_distances(struct call *call, const real *u, size_t E, size_t N)
{
    real *distance = call_scratch(call, 2 * E * (N - 1));
    for (size_t i = 0; i < E * (N - 1); i++) {
        real at = u[i] * real_count(N - i % (N - 1)), below = real_count((size_t)at);
        distance[2 * i] = at - below;
        distance[2 * i + 1] = at - (below + 1);
    }
    call_decisions(call, 2 * E * (N - 1), distance);
}

void shuffling_answer(struct call *call)
{
    static const char *const directions[] = {"down", "up", NULL};
    static const char *const starts[] = {"identity", "previous", NULL};
    const real *u = call_input(call, "u", "EM");
    size_t E = call_size(call, 'E'), N = call_size(call, 'M') + 1;
    int up = call_choice(call, "direction", directions);
    int goes_on = call_choice(call, "start", starts);
    for (size_t i = 0; i < E * (N - 1); i++)
        if (!(u[i] >= 0 && u[i] < 1))
            call_fail(call, "input 'u' must be at least 0 and below 1 at element %zu", i);
    if (N == 1)
        call_fail(call, "input 'u' has no columns, so there is nothing to exchange");
    call_bind(call, 'N', N);
    real *out = call_output_integers(call, "order", "EN");
    int *order = call_scratch_integers(call, N);
    declare_distances(call, u, E, N);
    for (size_t e = 0; e < E; e++) {
        for (size_t n = 0; n < N && (e == 0 || !goes_on); n++)
            order[n] = (int)n;
        shuffling_exchange(order, &u[e * (N - 1)], up, N);
        for (size_t n = 0; n < N; n++)
            out[e * N + n] = (real)order[n];
    }
}
