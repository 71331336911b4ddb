// SPDX-License-Identifier: MIT
/* fast_gradient_sign.h - what one step of an attack is made of, for all iterative attacks.
 * Definition in reference/adversarial/fast_gradient_sign.h. */
#pragma once

#include "perturbation.h"
#include "victim.h"

/* The radius: number `name` in the convention `units`; at least 0. */
scalar fast_gradient_sign_radius(struct question *q, const char *name);

/* to (rows,D) = x + alpha direction, or x - alpha direction for a target. */
void fast_gradient_sign_move(const struct victim *victim, scalar *to, const scalar *x,
                             const scalar *direction, scalar alpha);
