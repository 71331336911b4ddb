// SPDX-License-Identifier: MIT
/* Triplet loss.
 *
 *     u = a - p,  v = a - n,  h = D(u) - D(v) + margin
 *     value = max(0, h);  soft: softplus(D(u) - D(v))
 *     squared (default): D(u) = sum u^2,  da = 2 g u - 2 g v,  dp = -2 g u,  dn = 2 g v
 *     euclidean:         D(u) = sqrt(sum u^2), with g / D in the place of 2 g
 *     g = 1 where h > 0, else 0;  soft: g = sigmoid(D(u) - D(v))
 *
 * N triplets, D features; a anchors, p positives, n negatives (N,D). Loss, da, dp and dn with the
 * conventions of loss.h (a loss a sample) and loss_distance.h (epsilon).
 *
 * Conventions:
 *   distance = squared (FaceNet, default) or euclidean (PyTorch).
 *   form = margin (default) or soft (Hermans et al.), which has no margin.
 *   margin (0.2, above 0): PyTorch has 1.
 * Source: Schroff, Kalenichenko and Philbin 2015, equation 2; Hermans, Beyer and Leibe 2017;
 *     document 004 T30.
 * Edge cases: a distance of 0 has slope 0. h = 0 gives loss and slopes of 0.
 * Order of operations: sums from loss_distance.h; x = D(u) - D(v), h = x + margin. soft: e =
 *     exp(-|x|), value = log1p(e) below 0, else x + log1p(e); g = e / (1 + e), or 1 / (1 + e).
 *     c = 2 g, or g / D: c_u of u, c_v of v. da = c_u u - c_v v, dp = -(c_u u), dn = c_v v.
 *     Then as loss.h says. */
#pragma once

#include "loss.h"

/* See above. */
void triplet_loss_answer(struct call *call);
