// SPDX-License-Identifier: MIT
/* Margin ranking loss: one of two scores should be the larger by a margin.
 *
 *     h     = margin - t (a - b)
 *     value = f h where h > 0, else 0;            squared: f h^2
 *     da    = -f t where h > 0, else 0;           squared: -2 f t h;     db = -da
 *
 * N samples of K pairs; a and b scores (N,K), t labels (N,K): 1 where a should be larger, -1 where
 * b should. Loss, da and db with the conventions of loss.h.
 *
 * Conventions:
 *   margin (0, as PyTorch has it; at least 0).
 *   power = one (PyTorch, default) or two.
 *   half = no (default): f = 1; yes: f = 1/2.
 *   slope_at_zero (0, in [0, 1]), of max(0, .) where h = 0: PyTorch has 1 (its clamp), JAX 1/2.
 *     Squares have slope 0 there whatever it is.
 * Source: PyTorch MarginRankingLoss; Herbrich, Graepel and Obermayer 2000; document 004 T30.
 * Edge cases: with margin 0 equal scores are exactly at h = 0.
 * Order of operations: d = a - b, h = margin - t d; h f or (h h) f; g = -(t slope) f, or
 *     -(t (2 h)) f. Then as loss.h says.
 */
#pragma once

#include "loss.h"

/* See above. */
void margin_ranking_answer(struct call *call);
