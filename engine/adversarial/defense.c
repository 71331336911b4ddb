// SPDX-License-Identifier: MIT
#include "defense.h"

void defense_softmax(const struct team *team, size_t rows, size_t K, const scalar *z, scalar *p)
{
    for (size_t i = 0; i < rows * K; i += K) {
        scalar largest = z[i];
        for (size_t k = 1; k < K; k++)
            largest = z[i + k] > largest ? z[i + k] : largest;
        for (size_t k = 0; k < K; k++)
            p[i + k] = z[i + k] - largest;
    }
    team->kernels->exponential(rows * K, p, p);
    for (size_t i = 0; i < rows * K; i += K) {
        scalar sum = 0;
        for (size_t k = 0; k < K; k++)
            sum += p[i + k];
        for (size_t k = 0; k < K; k++)
            p[i + k] /= sum;
    }
}

void defense_softmax_backward(const struct team *team, size_t rows, size_t K, const scalar *p,
                              const scalar *dp, scalar *dz)
{
    for (size_t i = 0; i < rows * K; i += K) {
        scalar dot;
        team_row_products(team, 1, K, dp + i, p + i, &dot);
        for (size_t k = 0; k < K; k++)
            dz[i + k] = p[i + k] * (dp[i + k] - dot);
    }
}

scalar defense_reduce(scalar x, scalar low, scalar high, size_t bits, int rounding)
{
    const scalar width = high - low, steps = (scalar)(((size_t)1 << bits) - 1);
    const scalar at = (x - low) / width * steps;
    long level = (long)at;
    const scalar over = at - (scalar)level;
    const bool tie = over == (scalar)0.5;
    if (rounding != 2 && (over > (scalar)0.5 || (tie && (rounding == 1 || level % 2 != 0))))
        level++;
    return (scalar)level / steps * width + low;
}
