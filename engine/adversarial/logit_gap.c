// SPDX-License-Identifier: MIT
#include "logit_gap.h"

#include <string.h>

scalar logit_gap(const struct victim *victim, scalar *dz, const scalar *z, int answer, scalar c,
                 scalar kappa)
{
    const size_t K = victim->K, y = (size_t)answer;
    size_t rival = K;
    for (size_t k = 0; k < K; k++)
        if (k != y && (rival == K || z[k] > z[rival]))
            rival = k;
    const bool toward = victim->goal == VICTIM_TARGET;
    const size_t from = toward ? rival : y, to = toward ? y : rival;
    const scalar gap = z[from] - z[to] + kappa;
    memset(dz, 0, K * sizeof *dz);
    if (gap > 0) {
        dz[from] = c;
        dz[to] = -c;
    }
    return gap;
}
