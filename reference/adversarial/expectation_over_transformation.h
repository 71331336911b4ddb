// SPDX-License-Identifier: MIT
/* Expectation over transformation: the attack on a defence that changes its input at random. The
 * attacker climbs the mean over many draws of what the defence might do.
 *
 *     t_r(x)[n,d] = mask[r,d] x[n, index[r,d]] + noise[r,n,d]         r = 0 .. R - 1
 *     g[n]        = sum_r (gradient of l(t_r(x))) / R, with respect to x
 *     x_{t+1}     = constrain(x_t + alpha direction(g at x_t))
 *
 * with the constraint of projected_gradient_descent.h. Each of the three parts is optional (mask 1,
 * index d, noise 0): shifts, flips and crops are an index (R,a) into the features, occlusion a mask
 * (R,a), jitter a noise (R,N,a). Every step has its own draws if the inputs have a leading axis S,
 * the number of steps: index (S,R,a), mask (S,R,a), noise (S,R,N,a). At least one of them is there,
 * and all have that axis or none. Transformed inputs need not lie in the box.
 *
 * Conventions: those of projected_gradient_descent.h but stop, keep and restarts.
 *   average = gradient (default; Athalye et al.): the mean of the gradients of the losses;
 *     sign (an older habit): the mean of their signs; logits: the gradient of the loss of the mean
 *     logits, which is what an ensemble over draws would predict by.
 * Source: Athalye, Engstrom, Ilyas and Kwok 2018, section 2; Athalye, Carlini and Wagner 2018,
 *     section 4.
 * Edge cases: R = 1 attacks a single draw. A feature that no draw reads has the gradient 0.
 *     Refused: no transformation, no draw, an index that is no feature.
 * Order of operations: mask x, then + noise. The gradient of a draw adds d in order into the place
 *     that index names, after multiplication with the mask. Sums over draws in order from 0, then
 *     divided by R.
 */
#pragma once

#include "projected_gradient_descent.h"

/* Outputs iterates (S,N,a); gradients (S,N,a): g at x_t; losses (S,N): mean over the draws at x_t
 * (for logits: the loss of the mean logits); success (R,N): whether the goal is reached at the last
 * iterate under each of the last draws. */
void expectation_over_transformation_answer(struct call *call);
