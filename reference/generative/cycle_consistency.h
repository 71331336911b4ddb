// SPDX-License-Identifier: MIT
/* Cycle consistency: what is translated and translated back should be what it was.
 *
 *     forward_cycle  = |F(G(x)) - x|,   backward_cycle = |G(F(y)) - y|
 *     identity_x     = |F(x) - x|,      identity_y     = |G(y) - y|
 *     loss = lambda_x (forward_cycle + mu identity_x) + lambda_y (backward_cycle + mu identity_y)
 *
 * N samples x (N,D) of one domain, M samples y (M,E) of another, not paired. G from D to E features
 * and F back are perceptrons gw1, gb1, ... and fw1, fb1, ... (named_network.h); |.| with its
 * conventions is that of mismatch.h. Outputs forward_cycle, backward_cycle, loss, dgw1, ..., dfw1,
 * ..., and identity_x and identity_y where mu is not 0, which needs D = E; dloss is 1 unless given.
 *
 * Conventions: distance, reduction: mismatch.h (mean of l1: the authors' code; sample: the paper).
 *   Numbers lambda_x (10), lambda_y (10), mu (0; the authors' code: lambda_identity 0.5, only for
 *     paintings). Every |.| is a mean over its own batch.
 * Source: Zhu, Park, Isola and Efros 2017, equation 2 and section 5.2; documents 004 G18, S2 (horse
 *     and zebra, summer and winter). The adversarial terms are adversarial_loss's.
 * Edge cases: where F undoes G exactly, loss and gradient are 0, as sign(0) = 0. Refused: a batch
 *     without samples, a negative lambda_x, lambda_y or mu, sizes that do not fit together.
 * Order of operations: G's gradients are added in the order of its uses: x, F(y), y; F's: G(x), y,
 *     x. A use that does not count adds nothing. Scales: dloss lambda, and ((dloss lambda) mu).
 */
#pragma once

#include "../call.h"

/* See above. */
void cycle_consistency_answer(struct call *call);
