// SPDX-License-Identifier: MIT
/* How far a sample is from what an attack of Carlini and Wagner's kind wants of it:
 *
 *     gap = z[y] - max_{k != y} z[k] + kappa        away from class y (goal = labels, predicted)
 *           max_{k != y} z[k] - z[y] + kappa        towards class y   (goal = target)
 *
 * gap < 0 is a success. Of equal rivals the first counts.
 * Source: Carlini and Wagner 2017, section V.A, f_6.
 */
#pragma once

#include "victim.h"

/* The gap of sample n from its logits z (K), and dz (K) = the slopes of c max(gap, 0). */
real logit_gap(struct call *call, const struct victim *victim, real *dz, const real *z, size_t n,
               real c, real kappa);
