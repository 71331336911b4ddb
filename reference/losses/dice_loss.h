// SPDX-License-Identifier: MIT
/* Dice loss and Tversky loss: 1 minus the overlap of a prediction and a target.
 *
 *     I = sum y t,  A = sum a(y),  B = sum a(t)
 *     dice:     F = (2 I + s_n) / (A + B + s_d)
 *     tversky:  F = (I + s_n) / (I + alpha (A - I) + beta (B - I) + s_d)
 *     loss = sum of (1 - F) / W
 *     dy   = (F den' - num') / den dloss / W;  dice: num' = 2 t, den' = a'(y);
 *            tversky: num' = t, den' = (t + alpha (a'(y) - t)) - beta t
 *
 * N samples of K elements (pixels); y probabilities and t targets, both in [0, 1] (N,K). The sums
 * go over a sample, or over all of the batch. dloss is 1 unless the scalar input dloss is given.
 *
 * Conventions:
 *   form = dice (default) or tversky, with alpha (1/2, of what is found wrongly) and beta (1/2, of
 *     what is missed), both at least 0; with 1/2 and 1/2 it is dice with twice the smoothing.
 *   smooth (1e-7, above 0): s_d. smooth_place = denominator (Keras, default): s_n = 0, so an empty
 *     target that is predicted empty costs 1; both (MONAI, much code): s_n = s_d, and it costs 0.
 *   power = one (default): a(y) = y; two (V-Net): a(y) = y^2.
 *   over = samples (MONAI, default): F for each sample, W = N for the mean; batch (Keras): one F, W
 *   =
 *     1.
 *   reduction (over samples) = mean (default) or sum: W = 1.
 * Source: Milletari, Navab and Ahmadi 2016; Salehi, Erdogmus and Gholipour 2017; document 004 T22.
 * Edge cases: a perfect hard prediction costs smooth / (2 B + smooth), or 0. What is outside [0, 1]
 * is
 *     refused; up to 1e-6 outside it counts as rounding.
 * Order of operations: per sample chains over k from 0: fma(y, t, .), additions of y and t, or
 *     fma(y, y, .) and fma(t, t, .); batch: their sums over samples. num = 2 I + s_n, den = (A + B)
 *     + s_d; tversky num = I + s_n, den = ((I + alpha (A - I)) + beta (B - I)) + s_d. F = num /
 *     den, 1 - F, a sum over samples, divided by W. dy = ((F den' - num') / den) dloss / W.
 */
#pragma once

#include "../call.h"

/* See above. */
void dice_loss_answer(struct call *call);
