// SPDX-License-Identifier: MIT
/* Hue, saturation and value of colour images, changed in HSV by numbers that were drawn for each.
 *
 *     V = max(r, g, b),   d = V - min(r, g, b),   S = d / V (0 of black)
 *     h = (g - b) / d, plus 6 if negative, where red is largest; (b - r) / d + 2 where green is;
 *         (r - g) / d + 4 where blue is; 0 where d = 0
 *     h' = h + 6 hue[n], modulo 6;   i = floor(h'), f = h' - i
 *     scale:  S' = min(S saturation[n], 1),           V' = min(V value[n], 1)
 *     shift:  S' = min(max(S + saturation[n], 0), 1), V' = min(max(V + value[n], 0), 1)
 *     y[c] = V' - (V' S') w[i,c],   w = 0   1-f  1      (rows i = 0..5, columns red, green, blue)
 *                                       f   0    1
 *                                       1   0    1-f
 *                                       1   f    0
 *                                       1-f 1    0
 *                                       0   1    f
 *     dx: the chain rule through all of it; with B = sum_c dy[c] w[c], K the channel with f in it,
 *         sign k = 1 where w = f, -1 where w = 1 - f:
 *         dV' = sum_c dy[c] - S' B,  dS' = -(V' B),  dh = -(V' S' k dy[K]);  dV and dS: times
 *         value and saturation when scaled, 0 where they were bounded;
 *         dV gets -(dS S) / V;  dd = dS / V - (dh / d) h0, h0 the quotient in h;
 *         the two channels in that quotient get dh / d and -(dh / d), the largest dV + dd, the
 *         smallest -dd
 *
 * x, y, dx, dy (N,3,H,W), x in [0, 1]; hue (N) in turns, saturation and value (N).
 *
 * Conventions: method = scale (default: TensorFlow's adjust_saturation) or shift (Albumentations'
 *     HueSaturationValue). grey = red (default: everybody's hue of a grey is 0, so that a shift of
 *     its saturation makes it red) or kept (greys stay grey). Of equal channels the first is the
 *     largest and the last is the smallest; this concerns dx alone, h is the same either way.
 * Source: documents 004 S1, T10, S4; Smith 1978.
 * Edge cases: hue 0 or 1, saturation 1 and value 1 are the identity of scale, but for rounding;
 *     saturation 0 leaves V alone: grey of the brightest channel. Black has S = 0. A hue beyond a
 *     turn, a negative factor, a shift beyond 1, x outside [0, 1] and anything but three channels
 *     are refused. y is continuous (but for the shift of a grey); decisions, all of dx: differences
 *     of channels, f, 1 - f, and the distances from the bounds.
 * Order of operations: as written; h' = 6 hue + h, then plus 6 if negative, then minus 6 if 6 or
 *     more. B is a fused chain from 0, the sum of dy a chain.
 */
#pragma once

#include "../call.h"

/* Inputs x, hue, saturation, value, and dy when the gradient is wanted; outputs y, and dx. */
void hue_saturation_answer(struct call *call);
