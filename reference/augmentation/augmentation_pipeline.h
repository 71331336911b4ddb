// SPDX-License-Identifier: MIT
/* Augmentation on the fly: whenever a sample is visited it is flipped, shifted, cropped and changed
 * in brightness, by amounts that depend on the epoch and the sample alone.
 *
 *     u = uniform[epoch[s],sample[s]],   y[s] = operations(x[sample[s]])   in the order below
 *     flip:        column w is exchanged with width - 1 - w when flipped[s] = (u[0] < flip_rate)
 *     shift:       down[s] = floor((2 shift + 1) u[1]) - shift, right[s] likewise with u[2];
 *                  what comes from beyond the image is `fill`
 *     crop:        height x width pixels from row[s] = floor((H - height + 1) u[3]) and
 *                  column[s] = floor((W - width + 1) u[4])
 *     brightness:  v = factor[s] x or factor[s] + x,   y = min(max(v, 0), 1),
 *                  factor[s] = low + (high - low) u[5]
 *     visits[n] = number of s with sample[s] = n: how many versions of sample n were made
 *
 * x (N,C,H,W); uniform (E,N,6), drawn from [0, 1) for every epoch and sample; epoch and sample (S):
 * which one is made, in any order; y (S,C,P,Q) with P = height and Q = width (H and W when they are
 * not stated); flipped, down, right, row, column, factor (S); visits (N). Numbers flip_rate (0.5),
 * shift (0), fill (0), low and high (1).
 *
 * Conventions: order = geometry_first (default: flip, shift, crop, brightness: torchvision's
 *     recipes), brightness_first (brightness, flip, shift, crop: so the fill is not changed),
 *     crop_first (crop, shift, flip, brightness) or reversed (brightness, crop, shift, flip). A
 *     flip after a shift shifts the other way; a shift after a crop brings fill into the window.
 *     brightness = multiply (default) or add.
 * Because the amounts are looked up by epoch and sample, the result depends neither on the order of
 *     the visits nor on who makes them; with one generator that is drawn from as samples come (the
 *     usual way, one seed a worker) it does. Visiting a pair twice gives the same image twice.
 * Source: document 004 S1 (during training), T10, T21, T36.
 * Edge cases: a shift beyond the window leaves only fill. A flip_rate outside [0, 1], a uniform
 *     outside [0, 1), a window larger than the image, high below low and an epoch or sample that
 *     does not exist are refused. Decisions: u[0] - flip_rate, the distances of each product to the
 *     whole numbers below and above it, v and 1 - v. Data is augmented before it is learnt from, so
 *     no gradient is defined.
 * Order of operations: products with u; low + (high - low) u; not fused.
 */
#pragma once

#include "../call.h"

/* Inputs x, uniform, epoch, sample; outputs y, flipped, down, right, row, column, factor,
 * visits. */
void augmentation_pipeline_answer(struct call *call);
