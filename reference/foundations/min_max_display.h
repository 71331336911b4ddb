// SPDX-License-Identifier: MIT
/* Min-max display of weights: kernels stretched to 0..1, to be looked at.
 *
 *     scaled = (w - low) / (high - low)
 *     tiles[o,h,v] = scaled[h,v,channel,o]
 *
 * w (H,V,I,O): height, width, input channels, filters, as Keras stores them. low and high are the
 * smallest and largest weight. Number channel (0).
 *
 * Conventions: range = tensor (default: one low and one high for all, so that filters can be
 * compared) or filter (each filter is stretched by itself). Outputs low and high (O) repeat the
 * tensor's.
 * Source: document 004 C3.
 * Edge cases: where all weights are equal, scaled is 0.
 * Order of operations: as written, rounded three times.
 */
#pragma once

#include "../call.h"

/* low and high of n weights, `stride` apart. */
void min_max_display_range(real *low, real *high, const real *w, size_t n, size_t stride);

/* Input w; outputs scaled (H,V,I,O), tiles (O,H,V), low and high (O). */
void min_max_display_answer(struct call *call);
