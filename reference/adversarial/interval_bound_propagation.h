// SPDX-License-Identifier: MIT
/* Interval bound propagation: what a perceptron can say anywhere in a box around its input, the
 * certificate that follows, and the loss that trains for it.
 *
 *     l_0 = max(x - epsilon, low), u_0 = min(x + epsilon, high)
 *     m = (u + l) / 2, r = (u - l) / 2;  m' = m w + b, r' = r |w|
 *     l' = f(m' - r'), u' = f(m' + r')
 *     worst[n,k] = u_L[n,k], at the label l_L[n,label]          (last intervals)
 *                = m (w_k - w_y) + r |w_k - w_y| + b_k - b_y, at the label 0 (last merged)
 *     margin[n] = worst[n,label] - max_{k != label} worst[n,k];  certified[n] = 1 where margin > 0
 *     loss = kappa CE(z) + (1 - kappa) CE(worst), means over the samples
 *     accuracy = the share of certified samples
 *
 * x (N,D), labels (N), the network w1, b1, ... with logits z (N,K), K >= 2:
 * multilayer_perceptron.h; lower, upper (N,K): the last layer's interval. dx, dw1, db1, ...:
 * gradients of loss.
 *
 * Conventions: epsilon at least 0; kappa in [0, 1] (0.5; Gowal et al. let it fall from 1 to 0.5).
 *   last = merged (default: the last layer is subtracted before its interval is taken, which is
 *     never looser; Gowal et al., auto_LiRPA) or intervals (each logit by itself; ART's and many a
 *     sketch).
 *   box = clip (default) to [low, high] = [0, 1], or none.
 *   activation = relu (default), tanh, sigmoid: all rise, so the ends of an interval stay its ends.
 * Source: Gowal et al. 2018, sections 3.2 to 3.4; Mirman, Gehr and Vechev 2018; documents 000 Q41,
 *     004 T41. This is the computable core of a certified defence.
 * Edge cases: epsilon = 0 gives r = 0 and worst = z. |w| has slope 0 at w = 0, as has w_k - w_y.
 *     The arithmetic rounds, so a margin within rounding of 0 proves nothing.
 * Order of operations: x - epsilon, x + epsilon; m' chains over inputs from b, r' from 0; f at both
 *     ends. merged: chains over inputs of m v from b_k - b_y and of r |v| from 0, v = w_k - w_y
 *     rounded; then their sum. Backwards du = ((dm + dr) / 2) f', dl = ((dm - dr) / 2) f', dm = du
 *     + dl, dr = du - dl. A sample adds m dm + s (r dr) to dw, s the sign of w; merged: g = m d +
 *     s (r d), and -(the sum of g over k in order) at the label. All these are sums over samples,
 *     apart from those of kappa CE(z), whose gradient is added first. The slope of CE(worst) is
 *     ((p - t) (1 - kappa)) / N. Merged dm and dr are chains over k with the label left out.
 */
#pragma once

#include "../foundations/multilayer_perceptron.h"

void interval_bound_propagation_answer(struct call *call);
