// SPDX-License-Identifier: MIT
/* Mixup: training on weighted means of pairs of samples and of their targets.
 *
 *     x_mixed[n] = lambda x[n] + (1 - lambda) x[partner[n]]
 *     t_mixed[n] = lambda t[n] + (1 - lambda) t[partner[n]]
 *
 * x (N,D), targets t (N,K); partner (N) holds indices in 0..N-1, usually a permutation; lambda (D')
 * with D' = 1 (one for the batch: the paper's code, PyTorch, timm's batch mode) or N (one for each
 * sample: KerasCV, timm's elem mode), drawn from Beta(alpha, alpha) by the caller.
 *
 * Conventions: keep_larger = no (default) or yes: lambda is replaced by max(lambda, 1 - lambda), so
 *     that sample n dominates (MixMatch, fastai). scope = batch (default) or sample, says which.
 * Source: Zhang, Cisse, Dauphin and Lopez-Paz 2018, equation 2; Berthelot et al. 2019, equation 9;
 *     document 004 S1.
 * Edge cases: lambda 1 is the identity, lambda 0 the partner; a sample may be its own partner. A
 *     lambda outside [0, 1] is refused. 2 lambda - 1 is a decision when keep_larger = yes.
 * Order of operations: rest = 1 - lambda; two products and their sum, not fused.
 */
#pragma once

#include "../call.h"

/* Inputs x, t, partner, lambda; outputs x_mixed and t_mixed. */
void mixup_answer(struct call *call);
