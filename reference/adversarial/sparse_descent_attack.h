// SPDX-License-Identifier: MIT
/* Sparse L1 descent: steepest ascent of the loss in L1, which moves few features at a time, within
 * an L1 ball around x.
 *
 *     g = dl / dx at x_t, downhill for goal = target; 0 where it leads out of the box, if so asked
 *     chosen: |g[d]| is at least the `features`-th largest;  u = sign(g) / (their number), else 0
 *     d = ball(x_t + rate u - x);  x_(t+1) = clip(x + d),  x_0 = x                   (victim.h)
 *     ball(d) = d where |d|_1 <= epsilon; else sign(d) max(|d| - theta, 0) with the theta that
 *               makes |.|_1 epsilon: theta = (a_1 + .. + a_j - epsilon) / j, a = |d| from the
 *               largest on, j the largest count with a_j > theta_j
 *
 * The model is the attacked one (victim.h); x (N,a); steps T.
 *
 * Conventions: ball = euclidean (default, as above: CleverHans) or rescaled (d epsilon / |d|_1,
 *     which is no projection); outward = kept (default) or dropped (CleverHans,
 *     clip_grad): slopes of features at the end of the box that they lead out of count as 0. goal,
 *     objective, box: victim.h.
 * Numbers: steps (1), features (1), rate (1), epsilon (10).
 * Source: Tramer and Boneh 2019, section 3 (SLIDE); Duchi and others 2008, figure 1 (the
 *     projection); document 000 Q41 (projected descent).
 * Edge cases: equal |g[d]| at the threshold are all chosen; g = 0 moves nothing. The box comes
 *     after the ball and can only make changes smaller. Refused: more features than there are, or
 *     none; rate, epsilon not above 0; no step; outward = dropped without a box; a class that is
 *     none.
 * Order of operations: 1 / count, with the sign, times rate, plus x_t, less x. |d|_1 a chain over
 *     features; the sum of a from the largest on; (sum - epsilon) / j.
 */
#pragma once

#include "victim.h"

/* Outputs iterates (T,N,a); losses (T,N) at x_t; counts (T,N): of chosen features; lengths (T,N) =
 * |x_(t+1) - x|_1; class (N) at the end. */
void sparse_descent_attack_answer(struct call *call);
