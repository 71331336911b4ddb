// SPDX-License-Identifier: MIT
/* Momentum iterative attack: projected gradient descent along an accumulated direction, which
 * transfers better to other models.
 *
 *     y_t     = x_t, or x_t + alpha decay m_{t-1} with nesterov (x_t - ... for a target)
 *     n_t     = gradient at y_t / max(size of that gradient, tiny)
 *     m_t     = decay m_{t-1} + n_t,   m_{-1} = 0
 *     x_{t+1} = constrain(x_t + alpha direction(m_t))      t = 0 .. steps - 1,   x_0 = x
 *
 * with the gradients of victim.h, directions of perturbation.h and the constraint of
 * projected_gradient_descent.h; decay is at least 0 (1 in the paper). Optional input mask (N,a) of
 * 0 and 1: features with 0 are not the attacker's.
 *
 * Conventions: those of projected_gradient_descent.h but stop and keep.
 *   size = sum (the paper, ART, default): sum_d |g[d]| of the sample; mean (Dong's own code,
 *     CleverHans, torchattacks): that over D. With decay > 0 the scale of n_t is the same in all
 *     steps, so signs agree; a floor or Nesterov's look-ahead does not.
 *   lookahead = none (default); nesterov (Lin et al. 2020): gradients at y_t, which is not
 *     constrained.
 *   mask_at = gradient (ART, default): masked gradients are 0 before their size is taken; step: the
 *     whole gradient counts for size and momentum, and the masked part of the direction is 0.
 * Source: Dong et al. 2018, algorithm 1; Lin et al. 2020, algorithm 1.
 * Edge cases: decay 0 is the basic iterative method, but for the norm's floor. Refused: a negative
 *     decay, a mask that is not of 0 and 1.
 * Order of operations: n_t is divided; decay m is rounded before n_t is added; the look-ahead is
 *     x + ((alpha decay) m). Sums of |g| in a chain over the features.
 */
#pragma once

#include "projected_gradient_descent.h"

/* Outputs iterates (S,N,a), momentum (S,N,a): m_t; losses (S,N): of x_{t+1}; success (N). */
void momentum_iterative_attack_answer(struct call *call);
