// SPDX-License-Identifier: MIT
/* Lipschitz certificate: no change of the input smaller than the margin over the network's
 * Lipschitz constant can change its class.
 *
 *     L         = prod_l |w_l| times c^(layers - 1), c the activation's slope (1; sigmoid: 1/4),
 *                 times the largest 1 / deviation, where the model normalises its inputs
 *     margin[n] = z[n,y] - max_{k != y} z[n,k],  y = labels[n]
 *     radius[n] = margin[n] / (f L),  f = sqrt(2) (|.|_2), 2 (|.|_inf)        (pair product)
 *               = min_{k != y} (z[n,y] - z[n,k]) / (|w_y - w_k| L'), L' without the last layer
 *                                                                            (pair difference)
 *     certified[n] = 1 where radius[n] > epsilon; accuracy = their share
 *     dx        = the gradient of sum_n dradius[n] radius[n], at a constant L
 *
 * x (N,D), labels (N), the model with logits z (N,K), K >= 2, and layers w_l (I,O): victim.h.
 * Outputs norms (M) of the M layers, constant = L, margin, radius, certified (N), accuracy;
 * spectral: estimates (M,S) too.
 *
 * Conventions: epsilon at least 0.
 *   norm = spectral (default): S = `steps` steps of power iteration from the first O numbers of the
 *     input start: v = start / |start|; S times u = w v, u = u / |u|, t = w' u, estimate = |t|, v
 *     = t / |t|; the norm is the last estimate. frobenius: the root of all squares (never
 *     smaller). maximum: max_o sum_i |w[i,o]|, for radii in the maximum norm.
 *   pair = product (default: Tsuzuku, Sato and Sugiyama's proposition 1) or difference: the two
 *     columns of the last layer that compete, in the 2-norm, or for maximum their absolute sum.
 * Source: Tsuzuku, Sato and Sugiyama 2018; Szegedy et al. 2014, section 4.3; documents 000 Q41,
 *     004 T41.
 * Edge cases: power iteration approaches the norm from below, so few steps prove nothing. A
 *     negative margin gives a negative radius. Equal rivals: the first gets the gradient. Refused:
 *     a start of 0 or too short, no steps.
 * Order of operations: products w v and w' u are chains; norms roots of chains of squares; L the
 *     product from the first layer on, then c for each activation, then / the smallest deviation.
 *     radius: margin / (f L), f L rounded. difference: (z_y - z_k) / (root L').
 */
#pragma once

#include "victim.h"

void lipschitz_certificate_answer(struct call *call);
