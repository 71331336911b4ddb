// SPDX-License-Identifier: MIT
/* Cumulative gain and lift, and the distance of Kolmogorov and Smirnov.
 *
 *     gain[b] = positives among the first N b / B samples / positives      (b = 1..B, B = `parts`)
 *     lift[b] = gain[b] / (samples taken / N)
 *     ks      = max over thresholds of |TP / P - FP / F|
 *
 * Samples in the order of their scores, the largest first: scores (N), labels (N) of 0 and 1;
 * number parts (10).
 *
 * Conventions:
 * - taken (of N b / B, when that is not whole): up (default; the ceiling), down (the floor, where
 *   nothing is taken gain and lift are 0) or interpolated (a straight line between whole numbers).
 * - ties (equal scores on both sides of the cut): averaged (default; each of them has the share of
 *   positives of all of them) or index (the first of them is taken first).
 * - sided (ks): two (default), the absolute value, or positive: TP / P - FP / F itself (positives
 *   score higher); 0 if it is nowhere positive.
 * Outputs gain and lift (B), ks, ks_threshold: the largest threshold that attains it.
 * Source: document 000 Q40 (imbalance), 004 T30 (thresholds); Kolmogorov 1933; Smirnov 1948.
 * Edge cases: one label alone, no parts are refused. ks is 0 at the largest threshold when no
 *   difference counts.
 * Order of operations: counts; the positives taken are whole ones + (n taken of the tied group)
 *   (its positives) / (its size), one division; lift = gain / (taken / N); interpolated: taken
 *   is N b / B.
 */
#pragma once

#include "ranking.h"

/* Outputs gain, lift (B), ks and ks_threshold. */
void lift_and_gain_answer(struct call *call);
