// SPDX-License-Identifier: MIT
/* Multi-class margin loss: the label's score should exceed every other one by a margin.
 *
 *     h[k]  = margin - y[label] + y[k],  p[k] = max(0, h[k])^power,  k != label
 *     sum:      value = c sum_{k != label} p[k] / Z
 *     largest:  value = c max_{k != label} p[k] / Z     (Crammer and Singer)
 *     slope[k]     = c p'[k] / Z, of the largest alone for largest;  p' = 1 or 2 h where h > 0
 *     slope[label] = -sum of the others'
 *
 * N samples, C classes (at least 2); y scores (N,C), labels (N) in 0..C-1; c = class_weight[label],
 * of the input class_weight (C), 1 without it. Loss and dy with the conventions of loss.h (a loss a
 * sample).
 *
 * Conventions:
 *   over = sum (Weston and Watkins, PyTorch, default) or largest (Keras categorical_hinge).
 *   divisor = classes (PyTorch, default): Z = C; none: Z = 1; others: Z = C - 1.
 *   power = one (default) or two. margin (1, above 0).
 * Source: Weston and Watkins 1999; Crammer and Singer 2001; PyTorch MultiMarginLoss; documents 001,
 *     002 Q9.
 * Edge cases: h = 0 has slope 0. Of equal scores the first is the largest. The class weight stands
 *     outside the power.
 * Order of operations: h = (margin - y[label]) + y[k]; a chain of additions of p over k != label
 *     from 0; c . / Z. Slopes c p' / Z; that of the label is minus c (a chain of additions of p') /
 *     Z. Then as loss.h says.
 */
#pragma once

#include "loss.h"

/* See above. */
void multi_margin_answer(struct call *call);
