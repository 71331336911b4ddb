// SPDX-License-Identifier: MIT
#include "logit_gap.h"

real logit_gap(struct call *call, const struct victim *victim, real *dz, const real *z, size_t n,
               real c, real kappa)
{
    size_t K = victim->K, y = (size_t)victim->answer[n], other = y == 0;
    for (size_t k = 0; k < K; k++)
        other = k != y && z[k] > z[other] ? k : other;
    for (size_t k = 0; k < K; k++) {
        real lead = z[other] - z[k];
        call_decisions(call, k != y && k != other, &lead);
        dz[k] = 0;
    }
    int toward = victim->goal == VICTIM_TARGET;
    real gap = (toward ? z[other] - z[y] : z[y] - z[other]) + kappa;
    call_decisions(call, 1, &gap);
    dz[y] = gap > 0 ? (toward ? -c : c) : 0;
    dz[other] = -dz[y];
    return gap;
}
