// SPDX-License-Identifier: MIT
/* Plain gradient ascent in the input until the decision boundary is crossed.
 *
 *     x_0 = x;  while t < steps and x_t has not crossed:
 *         g = dl / dx at x_t, downhill for goal = target   (victim.h)
 *         h = g - 2 penalty (x_t - x)
 *         x_(t+1) = clip(x_t + rate h),  rate h / |h|_2,  or rate h / max |h|
 *     crossed: the class of x_t is not answer[n] (for goal = target: is), and the model gives the
 *         class of x_t a probability of at least `confidence`
 *     adversarial = x_T;  distance = |x_T - x|_2;  path = sum over t of |x_(t+1) - x_t|_2
 *
 * The model is the attacked one (victim.h); x (N,a). The probability is softmax's largest, or
 * sigmoid(|z|) of one logit.
 *
 * Conventions: direction = raw (default), unit or largest (divided by the L2 norm, or by the
 *     largest magnitude). goal, objective, reduction, box: victim.h; the mean over N samples makes
 *     raw steps N times smaller.
 * Numbers: steps (100), rate (0.1), penalty (0): pulls back to x, for small changes;
 *     confidence (0).
 * Source: document 004 T41 (ascent along the gradient to the smallest change across the boundary,
 *     and confident errors); Szegedy and others 2014, section 4 (the penalty); Biggio and others
 *     2013.
 * Edge cases: an input that has crossed at once needs 0 steps, distance and path 0. h = 0 has no
 *     direction: nothing moves. Refused: no steps; a rate that is not above 0; a penalty below 0; a
 *     confidence outside [0, 1); a class that is none.
 * Order of operations: x_t - x, times (2 penalty); g or -g less it; rate h, then divided by the
 *     norm; norms as roots of chains; path adds in the order of t. Probability: 1 over the sum of
 *     e^(z - max z); 1 / (1 + e^-|z|).
 */
#pragma once

#include "victim.h"

/* Outputs iterates (T,N,a): x_(t+1), T = steps; losses (T,N) at x_t; adversarial (N,a), distance,
 * path, probability (N): of the class of the adversarial; iterations, class (N). */
void input_gradient_ascent_answer(struct call *call);
