// SPDX-License-Identifier: MIT
/* JPEG compression as a defence: what rounding in the cosine domain leaves of an image.
 *
 *     p      = 255 x (pixels in [0, 1]) or x (bytes), less 128, in blocks of 8 x 8
 *     G[u,v] = s[u,v] sum_i sum_j p[i,j] A[u,i] A[v,j],  A[u,i] = cos((2i + 1) u pi / 16)
 *     s[u,v] = 1/8 (u = v = 0), sqrt(1/2) / 4 (one of them is 0), 1/4: an orthonormal DCT-II
 *     level  = round(G / q),  D = level q
 *     r[i,j] = sum_u sum_v s[u,v] D[u,v] A[u,i] A[v,j],  y = clip(r + 128, 0, 255), / 255 again
 *     q      = clip(floor((T S + 50) / 100), 1, 255),  S = floor(5000 / quality) below 50, else
 *              200 - 2 quality;  T: tables K.1 (luminance) and K.2 (chrominance) of the standard
 *
 * x, y (N,C,H,W); level (N,C,P,Q), P and Q the sides rounded up to multiples of 8. Entropy coding
 * loses nothing and is left out, and so is the thinning of chrominance (this is "4:4:4").
 *
 * Conventions: quality in 1..100 (75). scale = byte (default) or unit: what x holds.
 *   colour = gray (default): every channel by itself, by table K.1; ycbcr: C = 3, the weights of
 *     JFIF, Y by K.1, Cb and Cr by K.2.
 *   rounding = nearest (default) or cubic: R(v) = round(v) + (v - round(v))^3, which has a slope
 *     (Shin and Song 2017; DiffJPEG). Halves go away from 0 (C's round; NumPy's and PyTorch's go
 *     to the even number), but whether a level comes out as exactly a half depends on the rounding
 *     of the transform before it, so nothing is asked there.
 *   table = whole (the IJG library's formula, as above; default); real: q = T S / 100 as it comes,
 *     S = 5000 / quality not cut (DiffJPEG).
 *   edges = replicate (IJG, default) or black: what fills the last blocks.
 *   pixels = real (default) or whole: y in bytes, halves up, as files hold them.
 *   Gradient: with cubic dx, the true one; else `through`, the straight-through gradient that
 *     attacks use (BPDA, Athalye et al. 2018): the cosine transforms cancel, and what is left is dy
 *     where y is not clipped, 0 elsewhere.
 * Source: ITU-T T.81 (1992), A.3.3 and annex K; Guo et al. 2018; Shin and Song 2017; document 004
 *     T41; document 001 Q41.
 * Edge cases: a pixel exactly 0 or 255 before the clip is not clipped. Refused: no pixels, colour =
 *     ycbcr without 3 channels, pixels = whole with cubic.
 * Order of operations: A[u,i] = cos(k (pi / 16)), k = (2i + 1) u mod 32. G: chains over j for each
 *     i, then over i, then times s. r: s D first, chains over v, then over u. Colours are chains
 *     from left to right with fused multiply-adds from 0. The slope 3 (v - round(v))^2 multiplies
 *     the transform of dy (q cancels); then r's order; repeated pixels get their sum in row-major
 *     order.
 */
#pragma once

#include "../call.h"

enum { JPEG_SIDE = 8, JPEG_BLOCK = 64 };

/* The tables K.1 and K.2, row-major. */
extern const unsigned char jpeg_table[2][JPEG_BLOCK];

/* Inputs x, and dy when a gradient is wanted; outputs y, level, and dx or through. */
void jpeg_compression_answer(struct call *call);
