// SPDX-License-Identifier: MIT
/* Gradient penalty of a critic: its slope by its input is held at a length, so its gradient by its
 * weights is a second derivative.
 *
 *     p[n]    = base[n] + alpha[n] (other[n] - base[n])              a point for each pair
 *     g[n,:]  = dD(p[n]) / dp[n],   s[n] = sqrt(sum_d g[n,d]^2 + epsilon)
 *     penalty = (1/N) sum_n h(s[n])
 *     loss    = (mean D(fake) - mean D(x)) + lambda penalty
 *     dw      = the gradient of loss by the critic's weights
 *
 * N pairs of a real sample x (N,D) and a generated one, fake (N,D); alpha (N) in [0, 1]. The critic
 * D is a perceptron w1 (D,A), b1 (A), ... with one output and `activation` (relu by default, tanh,
 * sigmoid) in between; outputs gradient (N,D), norm (N), penalty, loss, and dw1, db1, ... of
 * dloss loss (dloss is 1 unless given). With u_l the gradient by the values a_l of layer l, z_l
 * before the activation f, e_l by z_l:
 *     e_L = 1,  u_{l-1} = e_l w_l',  e_l = f'(z_l) u_l,  g = u_0                  first backward
 *     v_0 = dloss lambda/N k g, with k = h'(s)/s;  r_l = v_{l-1} w_l,  v_l = f'(z_l) r_l
 *     q_l = f''(z_l) u_l r_l + f'(z_l) (q_{l+1} w_{l+1}'),  q_L = 0               second backward
 *     dw_l = v_{l-1}' e_l + a_{l-1}' q_l,   db_l = sum of q_l,   from the penalty
 *
 * Conventions:
 *   where = interpolates (Gulrajani, default); real: R1 of Mescheder et al., at x; fake: R2; given:
 *     at an input `points` (N,D), as DRAGAN, around the data. alpha is read by interpolates alone.
 *   from = real (default; the authors' code): base is x, other is fake; fake: the equation of the
 *     paper, where alpha weighs the real sample. Equal in law, not for an alpha that is given.
 *   form = two_sided (default): h = (s - center)^2; one_sided (Petzka et al., WGAN-LP):
 *     max(0, s - center)^2; squared_norm: s^2 without epsilon, which is R1 and R2 when lambda is
 *     gamma / 2.
 *   critic = wasserstein (default): the loss above; none: loss = lambda penalty.
 *   Numbers: lambda (10), center (1; 0 is a zero-centred penalty), epsilon (0; some add 1e-12 or
 *     1e-16 so that the root has a derivative at 0). alpha is one number a sample: one per pixel
 *     is a known error. The norm is over all features of a sample.
 * Source: Gulrajani et al. 2017, equation 3 and algorithm 1; Mescheder, Geiger and Nowozin 2018,
 *     equations 9 and 10; Petzka, Fischer and Lukovnikov 2018; Kodali et al. 2017; document 004
 *     G18, S2 (the two networks that are trained against each other).
 * Edge cases: where g is exactly 0 (a dead ReLU) and epsilon is 0, k is 0, as PyTorch's norm has
 *     it; TensorFlow's sqrt gives NaN there. Refused: no sample, alpha outside [0, 1], a critic
 *     without exactly one output, negative lambda, center or epsilon.
 * Order of operations: p as written, no fused product; layers as in dense_layer.h; g a chain over
 *     the units; s^2 a chain over features, then + epsilon; k = (2 (s - center)) / s or 2; v_0 =
 *     ((((dloss lambda) / N) k)) g; f'' u r = ((f'' u) r), f'' of tanh = ((-2 a) (1 - a a)), of the
 *     sigmoid (a (1 - a)) (1 - 2 a); dw_l = ((real + fake) + first) + second, each over samples in
 *     blocks; loss = (fake - real) + lambda penalty.
 */
#pragma once

#include "../call.h"

/* See above. */
void gradient_penalty_answer(struct call *call);
