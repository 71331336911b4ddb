// SPDX-License-Identifier: MIT
/* Stochastic depth (drop path): the branch of a residual block is left out at random.
 *
 *     survival    = 1 - p                      (constant)
 *                 = 1 - (layer / layers) p     (linear: deeper blocks are left out more often)
 *     y           = x + kept[n] scale branch   (training)
 *     y_inference = x + factor branch
 *     dx = dy,  dbranch = kept[n] scale dy
 *
 * x, branch, y, dx, dbranch, dy (N,C); number p; input mask (N) of 0 and 1, or u (N), from which
 * kept[n] = u[n] < survival.
 *
 * Conventions: scaling = inverted (default: scale 1/survival, factor 1; torchvision, timm) or
 *     inference (scale 1, factor survival: the paper). scope = sample (default: each sample draws;
 *     torchvision's "row", timm) or batch (mask (1): all samples share one draw; the paper,
 *     torchvision's "batch"). decay = constant (default) or linear with the numbers layer in
 *     1..layers and layers.
 * Source: Huang, Sun, Liu, Sedra and Weinberger 2016, equations 2, 4 and 5.
 * Edge cases: survival 0 leaves x, never 0/0. survival - u is a decision; u = survival is left
 *     out. A p outside [0, 1], a u outside [0, 1), a mask of anything but 0 and 1 and a layer
 *     outside 1..layers are refused.
 * Order of operations: layer / layers, times p, off 1; scale = 1 / survival; one product, one sum,
 *     not fused.
 */
#pragma once

#include "../call.h"

/* The survival probability from the numbers p, layer and layers. */
real stochastic_depth_survival(struct call *call);

/* Inputs x, branch, mask or u, and dy when gradients are wanted; outputs y, y_inference, and dx,
 * dbranch. */
void stochastic_depth_answer(struct call *call);
