// SPDX-License-Identifier: MIT
/* attack_forks.h - steps and projections by other ways, for the twins of attacks. */
#pragma once

#include "../../reference/adversarial/projected_gradient_descent.h"
#include "victim_forks.h"

/* 1, -1, or 0. */
real rival_sign(real g);

/* The norm of D numbers, added from the last to the first. */
real rival_norm(enum norm norm, const real *v, size_t D);

/* Element d of the direction of a gradient g (D). */
real rival_direction(const struct perturbation *rules, const real *g, size_t d);

/* x where the victim has no box, else in it. */
real rival_clip(const struct victim *victim, real x);

/* to (D) into the ball around `centre` (D): clamped between two faces, shortened, or, for l1, cut
 * by a threshold that is found by dropping what it makes 0. */
void rival_project(const struct perturbation *rules, real *to, const real *centre, real radius);

/* to (N,D) into ball and box around `centre` (N,D), in the attack's order. */
void rival_constrain(const struct attack *attack, real *to, const real *centre);

/* Whether sample n's goal is reached at the logits of `tangents`. */
int rival_reached(const struct attack *attack, const struct tangents *tangents, size_t n);
