// SPDX-License-Identifier: MIT
/* Bisection between a sample and an adversarial one, for the boundary between them.
 *
 *     at(e), lower, upper, e: see blend.h, with end = input start (N,a)
 *     adversarial = at(upper): on the far side of the boundary; clean = at(lower), still on its own
 *
 * The model is the attacked one (victim.h); x, start (N,a).
 *
 * Conventions:
 *   way = straight (default: the boundary attack and HopSkipJump in L2) or shrinking (HopSkipJump
 *     in L-infinity: start is cut to a cube around x).
 *   begin = half (default: HopSkipJump) or zero (x is tried first, in case that it is adversarial).
 *   goal: victim.h.
 * Numbers: steps (10).
 * Source: Brendel, Rauber and Bethge 2018; Chen, Jordan and Wainwright 2020, algorithm 1; document
 *     004 T41 (the smallest change across the boundary).
 * Edge cases: a start that is not adversarial itself, and stays so on all of the way, ends at
 *     upper = 1 with found = 0; where the way crosses boundaries three times, one of them is found.
 *     Refused: no steps; start outside of the box; a class that is none.
 * Order of operations: blend.h.
 */
#pragma once

#include "blend.h"

/* Outputs tested (T,N), T = steps; lower, upper (N); adversarial, clean (N,a); distance (N) of the
 * adversarial from x: L2, shrinking: the largest change; found (N). */
void boundary_bisection_answer(struct call *call);
