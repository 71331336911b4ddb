// SPDX-License-Identifier: MIT
/* colour.h - what the augmentations of brightness, contrast and saturation share: images x
 * (N,C,H,W) and a number `factor` (N) that was drawn for each, and clipping.
 *
 *     y = min(max(v, low), high),   dx gets dy where low < v < high, else 0
 *
 * Numbers low (0) and high (1); clip = yes (default: torchvision on floats, PIL) or no (TensorFlow
 * on floats). v = low and v = high are bounds that pass no gradient. Decisions: v - low, high - v.
 */
#pragma once

#include "../call.h"

struct colour {
    size_t N, C, pixels; /* of a channel */
    const real *x, *factor, *dy;
    real *y, *dx; /* dy and dx: scratch memory when no gradient is wanted */
    int clip;
    real low, high;
};

/* Inputs x, factor and dy; outputs y and dx. */
struct colour colour_read(struct call *call);

/* y[i] from v; leaves in *passed the upstream gradient dy[i], or 0 where v was clipped. */
void colour_store(struct call *call, const struct colour *is, size_t i, real v, real *passed);
