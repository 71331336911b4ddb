// SPDX-License-Identifier: MIT
/* Spatial dropout (channel dropout): whole feature maps are silenced.
 *
 *     y[n,c,h,w]  = x[n,c,h,w] / keep where kept[n,c], else 0
 *     dx[n,c,h,w] = dy[n,c,h,w] / keep where kept[n,c], else 0
 *
 * x, y, dx, dy (N,C,H,W), kept (N,C). Number p, input mask or u (N,C), conventions argument and
 * threshold: see mask.h. Inference is the identity and no output.
 *
 * Conventions: channels = first (default: (N,C,H,W), PyTorch's Dropout2d) or last ((N,H,W,C),
 * Keras's SpatialDropout2D). The mask is (N,C) in both.
 * Source: Tompson, Goroshin, Jain, LeCun and Bregler 2015, section 3.2; document 004 T11.
 * Edge cases: rate 0 is the identity; rate 1 gives zeros. A kept 0 passes its gradient on.
 * Order of operations: scale = 1 / keep, one product each.
 */
#pragma once

#include "mask.h"

/* Inputs x, mask or u, and dy when the gradient is wanted; outputs kept, y, and dx. */
void spatial_dropout_answer(struct call *call);
