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
