// SPDX-License-Identifier: MIT
/* The best discriminator of two known distributions, and what the game is then worth.
 *
 *     u[i] = (p[i] - q[i]) / (p[i] + q[i])
 *     optimal[i] = p[i] / (p[i] + q[i])                                      D*
 *     real_loss = -sum_i w[i] p[i] log D*[i],  fake_loss = -sum_i w[i] q[i] log(1 - D*[i])
 *     value = -(real_loss + fake_loss)                       max over D of the game's value
 *     jensen_shannon = (sum_i w p log1p(u) + sum_i w q log1p(-u)) / 2;  value = 2 jensen_shannon -
 *     log 4 for distributions
 *     accuracy = (1 + sum_i w |p - q| / 2) / 2    of D* > 1/2 on as many real as generated samples
 *     dp[i] = (w[i] / P) (log1p(u[i]) / 2 - J_p) djensen_shannon, dq[i] = (w[i] / Q) (log1p(-u[i])
 *     / 2 - J_q) djensen_shannon;  J_p, J_q are the two halves of jensen_shannon
 *
 * The catalogue's GAN framework and its equilibrium are computable where densities are known: that
 * is this technique. I cells of a grid; p (real), q (generated) (I), densities or masses; weight
 * (I) w, the sizes of the cells, 1 without it. P = Q = 1 and J_p, J_q absent in dp, dq unless
 * normalization is yes.
 *
 * An input discriminator (I) in (0, 1) is another D: output played = sum_i w (p log D + q log(1 -
 * D)), which is at most value. An input djensen_shannon () gives dp and dq.
 *
 * Conventions:
 *   normalization = no (default) or yes (SciPy): p and q are divided by P = sum w p, Q = sum w q.
 *   measure = divergence (default) or distance (SciPy's jensenshannon): the root of
 *     jensen_shannon; dp and dq are then divided by 2 jensen_shannon.
 *   base = nats (default) or bits: jensen_shannon divided by log 2 (before the root). value and
 *     losses are always in nats.
 *   both_zero = half (default) or zero: D* where p = q = 0; such cells add nothing.
 * Source: Goodfellow et al. 2014, proposition 1 and theorem 1; Lin 1991; documents 004 G18, S2
 *     ("fooled about half of the time").
 * Edge cases: p = q gives D* = 1/2, losses of log 2, value -log 4, divergence 0, accuracy 1/2.
 *     Where one of them is 0 its term is 0, not NaN; disjoint supports give a divergence of log 2
 *     and value 0. Refused: a negative p, q or weight, sums of 0 that are to be divided by, a
 *     discriminator outside (0, 1), a gradient where only one of p and q is 0 (it is infinite) or
 *     of a distance of 0.
 * Order of operations: log D* = log1p(u) - log 2; (w p) log1p(u), (w p) (log1p(u) - log 2); sums
 *     over cells in blocks; halves at the end.
 */
#pragma once

#include "../call.h"

/* See above. */
void optimal_discriminator_answer(struct call *call);
