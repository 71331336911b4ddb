// SPDX-License-Identifier: MIT
/* CutMix: a box of each image is replaced by the same box of another image, and the target by a
 * mean of both targets with the area of the box as its weight.
 *
 *     x_mixed[n,c,h,w] = x[partner[n],c,h,w] where top <= h < bottom and left <= w < right,
 *                        else x[n,c,h,w]
 *     t_mixed[n] = (1 - share) t[n] + share t[partner[n]],   share = area[n] / (H W)
 *     area[n] = (bottom - top) (right - left)
 *     dx[m] = dx_mixed[m] outside of box m + sum over n with partner[n] = m of dx_mixed[n] in box n
 *
 *     from lambda:  height = floor(H sqrt(1 - lambda)),  width = floor(W sqrt(1 - lambda)),
 *                   top = max(row - height / 2, 0),  bottom = min(row + height / 2, H), halves
 *                   down, and left and right likewise: an odd side loses a pixel
 *     given:        top = row, bottom = min(row + height, H), left and right likewise
 *
 * x, x_mixed, dx, dx_mixed (N,C,H,W); targets t, t_mixed (N,K); partner (N), indices in 0..N-1,
 * usually a permutation; row, column (L), and lambda (L), drawn from Beta(alpha, alpha), or height
 * and width (L), whole numbers. L is 1 for a batch, else N. area (N) in pixels.
 *
 * Conventions: scope = batch (default: the paper's code, torchvision, timm: one box for all) or
 *     sample (KerasCV, timm's elem mode: a box for each). box = lambda (default) or given. labels =
 *     area (default: what was really pasted after the cut at the border; the paper's code,
 *     torchvision, timm with correct_lam) or lambda (the lambda that was drawn: timm without it).
 * Source: Yun et al. 2019, equations 1 and 2, and their code; document 004 S1.
 * Edge cases: lambda 1 pastes nothing, lambda 0 around a corner a quarter. A lambda outside [0, 1],
 *     a row or column outside of the image and a partner outside of the batch are refused.
 *     Decisions: how far the real side is from the whole numbers below and above it.
 * Order of operations: rest = 1 - lambda, root, product with the size; rest = 1 - share, two
 *     products and their sum, not fused. dx: its own gradient or 0, then the others in the order
 *     of n.
 */
#pragma once

#include "../call.h"

/* Inputs x, t, partner, row, column, lambda or height and width, and dx_mixed when the gradient is
 * wanted; outputs area, x_mixed, t_mixed, and dx. */
void cutmix_answer(struct call *call);
