// SPDX-License-Identifier: MIT
/* Distillation loss: the divergence of a student's softened probabilities from a teacher's.
 *
 *     p = softmax(v / T),  q = softmax(z / T)
 *     soft  = F sum_k p[k] (log p[k] - log q[k]),  F = T^2
 *     hard  = -log softmax(z)[label]
 *     value = w soft + (1 - w) hard
 *     slope = w (F / T) (q - p) + (1 - w) (softmax(z) - [k = label])
 *
 * N samples, C classes; z student's and v teacher's logits (N,C); labels (N), only where there is a
 * hard part. Loss and dz from value and slope, with the conventions of loss.h (a loss a sample);
 * the teacher gets no gradient.
 *
 * Conventions:
 *   temperature T (2, above 0).
 *   scale = squared (the paper, default): F = T^2, so that gradients keep their size; none: F = 1.
 *   hard = no (default): value = soft; yes: as above, with soft_weight w (0.5) in [0, 1].
 * Source: Hinton, Vinyals and Dean 2015, sections 2 and 2.1; documents 000, 003 Q41, 004 T41, S10.
 * Edge cases: equal logits give exactly 0. Logits of 1000 are fine: log p = u - log s with
 *     u = x - max x, never the logarithm of a probability.
 * Order of operations: x = z / T; u = x - max x, e = exp(u), s a chain of additions over k, l =
 *     log s, log q = u - l, q = e / s; likewise for p and, with T = 1, for hard. soft: a chain
 *     fma(p, log p - log q, .) over k from 0, times F, times w; plus (1 - w) (-log softmax(z)).
 * slope: g = (F / T) (q - p); with hard: w g + (1 - w) (softmax(z) - 1 or 0). Then as loss.h says.
 */
#pragma once

#include "loss.h"

/* See above. */
void distillation_loss_answer(struct call *call);
