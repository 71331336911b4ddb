// SPDX-License-Identifier: MIT
#include "difference_of_logits_ratio.h"

/* The classes of the four largest logits, or of all three. */
static void rank(size_t *place, const real *z, size_t K)
{
    for (size_t j = 0; j < RANKED_LOGITS && j < K; j++) {
        size_t best = K;
        for (size_t k = 0; k < K; k++) {
            int taken = 0;
            for (size_t i = 0; i < j; i++)
                taken |= place[i] == k;
            if (!taken && (best == K || z[k] > z[best]))
                best = k;
        }
        place[j] = best;
    }
}

real difference_of_logits_ratio(real *dz, const real *z, size_t K, int label, int target, real tiny)
{
    size_t place[RANKED_LOGITS], y = (size_t)label;
    rank(place, z, K);
    size_t towards = target >= 0 ? (size_t)target : place[place[0] == y];
    real third = z[place[2]];
    if (target >= 0)
        third = (z[place[2]] + z[place[3]]) / 2;
    real q = 1 / ((z[place[0]] - third) + tiny), loss = (z[towards] - z[y]) * q;
    real share = loss * q;
    for (size_t k = 0; k < K; k++)
        dz[k] = 0;
    dz[towards] = dz[towards] + q;
    dz[y] = dz[y] - q;
    dz[place[0]] = dz[place[0]] - share;
    dz[place[2]] = dz[place[2]] + (target >= 0 ? share / 2 : share);
    if (target >= 0)
        dz[place[3]] = dz[place[3]] + share / 2;
    return loss;
}

void difference_of_logits_ratio_decisions(struct call *call, const real *z, size_t K, int label,
                                          int target)
{
    size_t place[RANKED_LOGITS], ranks = target >= 0 ? 4 : 3;
    (void)label;
    rank(place, z, K);
    for (size_t j = 0; j < ranks; j++) {
        for (size_t k = 0; k < K; k++) {
            int above = 0;
            for (size_t i = 0; i <= j; i++)
                above |= place[i] == k;
            real gap = z[place[j]] - z[k];
            call_decisions(call, !above, &gap);
        }
    }
}

void difference_of_logits_ratio_answer(struct call *call)
{
    const real *z = call_input(call, "z", "NK");
    size_t N = call_size(call, 'N'), K = call_size(call, 'K');
    if (K < (call_has(call, "target") ? 4 : 3))
        call_fail(call, "input 'z' has too few classes to be ranked");
    const int *labels = call_integers(call, "labels", "N", 0, (int)K - 1), *target = NULL;
    if (call_has(call, "target"))
        target = call_integers(call, "target", "N", 0, (int)K - 1);
    const real *dloss = call_has(call, "dloss") ? call_input(call, "dloss", "N") : NULL;
    real tiny = call_number_or(call, "tiny", R(1e-12));
    if (!(tiny >= 0))
        call_fail(call, "number 'tiny' must be at least 0");
    real *loss = call_output(call, "loss", "N"), *dz = call_output(call, "dz", "NK");
    for (size_t n = 0; n < N; n++) {
        int aim = target ? target[n] : -1;
        if (aim == labels[n])
            call_fail(call, "element %zu of input 'target' is the label", n);
        loss[n] = difference_of_logits_ratio(&dz[n * K], &z[n * K], K, labels[n], aim, tiny);
        difference_of_logits_ratio_decisions(call, &z[n * K], K, labels[n], aim);
        for (size_t k = 0; dloss && k < K; k++)
            dz[n * K + k] = dz[n * K + k] * dloss[n];
    }
}
