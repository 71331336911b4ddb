// SPDX-License-Identifier: MIT
/* Contrastive loss of pairs.
 *
 *     u = a - b,  d = sqrt(sum u^2)
 *     similar pair:    value = f d^2,                 da = 2 f u
 *     different pair:  value = f max(0, margin - d)^2,  da = -2 f (margin - d) u / d
 *     db = -da
 *
 * N pairs, D features; a and b embeddings (N,D), t (N) labels, 0 or 1. Loss, da and db with the
 * conventions of loss.h (a loss a sample) and loss_distance.h.
 *
 * Conventions:
 *   similar = one (default): label 1 marks a similar pair; zero (the original paper): label 0.
 *   half = no (default): f = 1; yes (the original paper): f = 1/2.
 *   power = two (default), as above; one: f d and f max(0, margin - d), da = +- f u / d.
 *   margin (1, above 0).
 * Source: Hadsell, Chopra and LeCun 2006, equation 4; document 004 T30.
 * Edge cases: where d = 0 a slope with u / d is 0: equal embeddings of a different pair are not
 *     pushed apart. At d = margin the slope is 0.
 * Order of operations: s = d^2 from loss_distance.h, d = sqrt(s), h = margin - d. similar: f s, or
 * f d; c = 2 f, or f / d. different: (f h) h, or f h; c = -((2 f) h / d), or -(f / d). da = c u, db
 * = -(c u). Then as loss.h says. */
#pragma once

#include "loss.h"

/* See above. */
void contrastive_loss_answer(struct call *call);
