// SPDX-License-Identifier: MIT
/* Defence in depth: inputs are made coarse and noisy, and the network behind that is trained on
 * adversarial examples of the whole chain.
 *
 *     g(x, e)  = Q(clip(x + sigma e)) (order noise_first) or clip(Q(x) + sigma e) (squeeze_first)
 *     for s = 0 .. S-1:  v[s]    = the gradient of the losses by x, see attacker, with e = noise[s]
 *                        attacked[s] = clip(x + epsilon sign(v[s]))
 *                        loss[s] = (1 - share) L(g(x, e)) + share L(g(attacked[s], e))
 *                        w      <- w - rate times the gradient of loss[s] by w
 *     then with e = test_noise: z = logits of g(x, e), slope = v of that, predicted = class of z,
 *                        predicted_attacked = class of g(clip(x + epsilon sign(slope)), e)
 *
 * x (N,D), labels (N) and the model: victim.h, with box [low, high]; noise (S,N,D), test_noise
 * (N,D): draws. Q: bit_depth.h with half_even; L: the mean cross-entropy. Outputs loss (S),
 * attacked (S,N,D), z (N,K), slope (N,D), predicted, predicted_attacked (N), trained_w1,
 * trained_b1, ...
 *
 * Conventions: bit_depth in 1..16; sigma, epsilon at least 0; share in [0, 1] (0.5); rate.
 *   order = squeeze_first (default) or noise_first.
 *   attacker = adaptive (default): the gradient at g(x, e) passes to x as if g were the identity
 *     (BPDA, Athalye et al. 2018), clipped: the same, but 0 where g clips; static: at x, of the
 *     network without g, by somebody who does not know of it.
 * Source: Athalye, Carlini and Wagner 2018, section 4.1; Tramer et al. 2020; Goodfellow, Shlens and
 *     Szegedy 2015; document 001 Q41.
 * Edge cases: the true gradient through Q is 0 almost everywhere. sign(0) = 0. Refused: an
 *     objective other than cross_entropy, no box.
 * Order of operations: x + (sigma e), then clip to low, then high. The attacker's gradient has W =
 *     1; sign and step x + epsilon sign. Both losses: sums over samples divided by N; the slopes
 *     of logits ((p - t) / N) (1 - share) and ((p - t) / N) share; the two gradients are added,
 *     then w - rate times it.
 */
#pragma once

#include "bit_depth.h"
#include "victim.h"

void defense_in_depth_answer(struct call *call);
