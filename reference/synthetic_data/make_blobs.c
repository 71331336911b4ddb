// SPDX-License-Identifier: MIT
#include "make_blobs.h"

static const int *read_sizes(struct call *call, size_t N, size_t K)
{
    static const char *const remainders[] = {"first", "last", NULL};
    int last = call_choice(call, "remainder", remainders);
    if (call_has(call, "count")) {
        const int *count = call_integers(call, "count", "K", 0, (int)N);
        size_t sum = 0;
        for (size_t k = 0; k < K; k++)
            sum += (size_t)count[k];
        if (sum != N)
            call_fail(call, "input 'count' adds up to %zu, not to the %zu points", sum, N);
        return count;
    }
    int *size = call_scratch_integers(call, K);
    for (size_t k = 0; k < K; k++)
        size[k] = (int)(N / K + ((last ? K - 1 - k : k) < N % K));
    return size;
}

static const real *read_deviations(struct call *call, size_t K)
{
    real *deviation = call_scratch(call, K);
    const real *given = call_has(call, "deviations") ? call_input(call, "deviations", "K") : NULL;
    real same = call_number_or(call, "deviation", R(1.0));
    for (size_t k = 0; k < K; k++) {
        deviation[k] = given ? given[k] : same;
        if (!(deviation[k] >= 0))
            call_fail(call, "%s is negative for blob %zu",
                      given ? "input 'deviations'" : "number 'deviation'", k);
    }
    return deviation;
}

struct blobs make_blobs_read(struct call *call)
{
    struct blobs b = {.z = call_input(call, "z", "ND")};
    if (call_has(call, "centers"))
        b.given = call_input(call, "centers", "KD");
    else if (call_has(call, "u"))
        b.u = call_input(call, "u", "KD");
    else
        call_fail(call, "input 'centers' is missing, and u to draw them too");
    b.N = call_size(call, 'N');
    b.D = call_size(call, 'D');
    b.K = call_size(call, 'K');
    if (b.N == 0)
        call_fail(call, "input 'z' has no points");
    if (b.K == 0)
        call_fail(call, "input '%s' has no blobs", b.u ? "u" : "centers");
    b.low = call_number_or(call, "low", R(-10.0));
    b.high = call_number_or(call, "high", R(10.0));
    if (!(b.low <= b.high))
        call_fail(call, "number 'high' is below the number low: there is no such box");
    b.size = read_sizes(call, b.N, b.K);
    b.deviation = read_deviations(call, b.K);
    b.order = permutation_or_identity(call, "order", 'N');
    return b;
}

void make_blobs_answer(struct call *call)
{
    struct blobs b = make_blobs_read(call);
    real *x = call_output(call, "x", "ND"), *y = call_output_integers(call, "y", "N");
    real *center = call_output(call, "center", "KD");
    real *size = call_output_integers(call, "size", "K");
    for (size_t i = 0; i < b.K * b.D; i++)
        center[i] = b.given ? b.given[i] : b.low + (b.high - b.low) * b.u[i];
    for (size_t k = 0; k < b.K; k++)
        size[k] = (real)b.size[k];
    for (size_t n = 0; n < b.N; n++) {
        size_t from = (size_t)b.order[n], k = 0;
        size_t end = (size_t)b.size[0];
        while (from >= end)
            end += (size_t)b.size[++k];
        y[n] = real_count(k);
        for (size_t d = 0; d < b.D; d++)
            x[n * b.D + d] = center[k * b.D + d] + b.deviation[k] * b.z[from * b.D + d];
    }
}
