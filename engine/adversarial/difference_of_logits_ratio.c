// SPDX-License-Identifier: MIT
/* Difference-of-logits ratio; definition in reference/adversarial/difference_of_logits_ratio.h.
 *
 * How it is distributed: the samples are sharded; a sample's loss and gradient are its own, so
 * nothing crosses the network.
 */
#include "difference_of_logits_ratio.h"

#include <string.h>

enum { RANKS = 4 };

/* Puts the classes of the largest logits into `top`, best first; returns how many there are. */
static size_t find_top(size_t top[RANKS], const scalar *z, size_t K)
{
    size_t count = 0;
    for (size_t k = 0; k < K; k++) {
        size_t at = count;
        for (; at > 0 && z[k] > z[top[at - 1]]; at--)
            if (at < RANKS)
                top[at] = top[at - 1];
        if (at < RANKS)
            top[at] = k;
        count += count < RANKS;
    }
    return count;
}

scalar difference_of_logits_ratio(scalar *dz, const scalar *z, size_t K, int label, int target,
                                  scalar tiny)
{
    size_t top[RANKS];
    find_top(top, z, K);
    const bool aims = target >= 0;
    const size_t y = (size_t)label, to = aims ? (size_t)target : top[0] == y ? top[1] : top[0];
    const scalar middle = aims ? (z[top[2]] + z[top[3]]) / 2 : z[top[2]];
    const scalar q = 1 / (z[top[0]] - middle + tiny), loss = (z[to] - z[y]) * q, share = loss * q;
    memset(dz, 0, K * sizeof *dz);
    dz[to] += q;
    dz[y] -= q;
    dz[top[0]] -= share;
    dz[top[2]] += aims ? share / 2 : share;
    if (aims)
        dz[top[3]] += share / 2;
    return loss;
}

void difference_of_logits_ratio_run(struct question *q)
{
    const scalar *z = question_input(q, "z", "[N]K");
    const size_t rows = question_part(q, 'N'), K = question_size(q, 'K');
    if (K < (question_has(q, "target") ? 4 : 3))
        question_refuse(q, "its input 'z' has %zu classes, too few to be ranked", K);
    const int *labels = question_integers(q, "labels", "[N]", 0, (int)K - 1), *target = NULL;
    if (question_has(q, "target"))
        target = question_integers(q, "target", "[N]", 0, (int)K - 1);
    const scalar *dloss = question_has(q, "dloss") ? question_input(q, "dloss", "[N]") : NULL;
    const scalar tiny = question_number_or(q, "tiny", (scalar)1e-12);
    if (!(tiny >= 0))
        question_refuse(q, "its number 'tiny' is negative");
    long long same = 0;
    for (size_t n = 0; target != NULL && n < rows; n++)
        same += target[n] == labels[n];
    reduce_integers(question_team(q), &same, 1);
    if (same > 0)
        question_refuse(q, "%lld elements of its input 'target' are the labels", same);
    scalar *loss = question_output(q, "loss", "[N]"), *dz = question_output(q, "dz", "[N]K");
    for (size_t n = 0; n < rows; n++) {
        const int aim = target != NULL ? target[n] : -1;
        loss[n] = difference_of_logits_ratio(dz + n * K, z + n * K, K, labels[n], aim, tiny);
        for (size_t k = 0; dloss != NULL && k < K; k++)
            dz[n * K + k] *= dloss[n];
    }
}
