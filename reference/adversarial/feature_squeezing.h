// SPDX-License-Identifier: MIT
/* Feature squeezing: an input whose prediction changes much when it is made coarser is suspect.
 *
 *     reduced[n,d]  = low + (high - low) R(L (x[n,d] - low) / (high - low)) / L
 *     smoothed[n,d] = the median of x[n] over a window of `window` x `window` pixels
 *     gap_s[n]      = sum_k |p[n,k] - p_s[n,k]|      p, p_s: the model's output of x, squeezed x
 *     score[n]      = max(gap_reduced[n], gap_smoothed[n])
 *     detected[n]   = 1 where score[n] > threshold, else 0
 *     L = 2^bit_depth - 1
 *
 * x (N,D) are images of `height` rows of D / height pixels; the model and its box [low, high]: see
 * victim.h. Outputs reduced, smoothed (N,D), gap_reduced, gap_smoothed, score, detected (N).
 *
 * Conventions: bit_depth in 1..16; window in 1..height and width; threshold at least 0.
 *   rounding R = half_even (NumPy's rint: the paper's code and ART, default), half_away (C's
 *     round), or down (a conversion to integers).
 *   median = upper (SciPy's median_filter, so the paper's code and ART: of an even number of pixels
 *     the larger middle one, default) or mean (NumPy's median: the mean of both).
 *   edges = reflect (SciPy's: c b a | a b c, default), mirror (c b | a b c) or nearest (a a | a b
 *     c). A window of even size has one more row above and column to the left.
 *   output = probabilities (softmax, default) or logits.
 * Source: Xu, Evans and Qi 2018, sections 3 and 5; document 001 Q41, 002 Q41, 004 T41.
 * Edge cases: window = 1 leaves x as it is, and its gap is exactly 0. A score equal to the
 *     threshold is not detected.
 * Order of operations: ((x - low) / (high - low)) L, rounded, divided by L, times (high - low),
 *     plus low. Means (a + b) / 2. Probabilities as softmax.h says; gaps are chains of additions
 *     over k.
 */
#pragma once

#include "victim.h"

void feature_squeezing_answer(struct call *call);
