// SPDX-License-Identifier: MIT
/* Style loss: the products of feature maps, averaged over positions, should be those of a style;
 * and the features themselves those of a content.
 *
 *     G[i,j] = (1/V) sum_p f[i,p] f[j,p],   A[i,j] = (1/V_s) sum_q s[i,q] s[j,q]     Gram matrices
 *     style   = mean over images of b sum_ij (G[i,j] - A[i,j])^2
 *     content = mean over images of h sum_cp (f[c,p] - c[c,p])^2
 *     loss    = style_weight style + content_weight content
 *     df[i,p] = (4 b style_weight dloss / (N V)) sum_j (G - A)[i,j] f[j,p]
 *               + (2 h content_weight dloss / N) (f - c)[i,p]
 *
 * N images; features f (N,C,P), of a style s (N,C,Q), and, if given, of a content c (N,C,P): what a
 * frozen network computes of an image, at P positions. Outputs gram (N,C,C), style, loss, df, and
 * with an input c, content; dloss is 1 unless given.
 *
 * Conventions:
 *   gram = plain (default, Gatys): V = V_s = 1; positions: V = P, V_s = Q; all: V = C P, V_s = C Q
 *     (Johnson; PyTorch's tutorial).
 *   scale = gatys (default): b = 1 / (4 C^2 P^2), h = 1 / 2; mean: b = 1 / C^2, h = 1 / (C P), a
 *     mean squared error; sum: b = h = 1.
 *   center = kept (default), removed: f and s lose their mean over positions first (covariances).
 *   Numbers style_weight (1), content_weight (1).
 * Source: Gatys, Ecker and Bethge 2016, equations 1 to 7; Johnson, Alahi and Fei-Fei 2016, section
 *     3.2; documents 004 G18, S2 (style transfer).
 * Edge cases: the style's own features give a loss of 0 and a gradient of 0. The style may have
 *     another number of positions; plain then compares sums of unlike length. Refused: no image,
 *     channel or position, a negative weight.
 * Order of operations: means over positions, Gram elements and sums of squares are chains; G =
 *     chain / V; (b sum), (h sum), then images in blocks, then / N; the factor ((((4 b)
 *     style_weight) dloss) / N) / V. The mean that is taken off needs no part in df, since what is
 *     left adds up to 0.
 */
#pragma once

#include "../call.h"

/* See above. */
void style_loss_answer(struct call *call);
