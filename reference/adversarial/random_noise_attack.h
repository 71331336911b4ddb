// SPDX-License-Identifier: MIT
/* Random noise against a crafted perturbation of the same norm: what makes an example adversarial
 * is its direction, not its size.
 *
 *     random:   x'[r,n] = clip(x[n] + v[r,n]), v drawn in the ball of radius epsilon, R times
 *     crafted:  x*[n]   = clip(x[n] + epsilon direction(gradient at x[n]))   (fast_gradient_sign.h)
 *
 * Drawn by the caller: uniform (R,N,a) in (0, 1), normal (R,N,a), radius (R,N) in (0, 1); with
 * w = 2 uniform - 1 and D features
 *
 *     linf:  v = epsilon w                              on its corners: epsilon sign(w)
 *     l2:    v = epsilon radius^(1/D) normal / |normal|_2         on its sphere: without radius
 *     l1:    v = epsilon sign(w) e / (sum_d e + e'), e = -log |w|, e' = -log radius
 *                                                            on its surface: without e'
 *
 * These are uniform in the ball. Such starts belong to projected gradient descent, too.
 *
 * Conventions: those of victim.h and perturbation.h, and units of fast_gradient_sign.h.
 *   drawn = ball (default), surface, or box (CleverHans, l2 and l1): epsilon w, projected on the
 *     ball: not uniform, most of it lies on the surface.
 * Source: Szegedy et al. 2014, section 4.1 and Goodfellow, Shlens and Szegedy 2015 (noise does not
 *     do); Barthe et al. 2005 (uniform in l_p balls); documents 000 Q41, 004 T41.
 * Edge cases: refused: uniform or radius outside of (0, 1), uniform 1/2 for corners and l1, normal
 *     deviates that are all 0, a negative epsilon; a missing draw.
 * Order of operations: l2: (normal / |normal|) (epsilon e^(log(radius) / D)). l1: sum in a chain
 *     over the features, e' last; sign(w) (epsilon (e / sum)).
 */
#pragma once

#include "fast_gradient_sign.h"

/* Outputs noisy (R,N,a), noisy_loss (R,N), fooled (R,N): whether the goal is reached; crafted
 * (N,a), crafted_loss (N), crafted_fooled (N); fooled_share (2): of all draws, and of the crafted.
 */
void random_noise_attack_answer(struct call *call);
