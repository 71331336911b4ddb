// SPDX-License-Identifier: MIT
/* Fast gradient sign method and its L2 and L1 relatives: one step of attack.
 *
 *     dx    = gradient of the attacked model's loss                     (victim.h)
 *     x'    = clip(x + epsilon direction(dx))                           (perturbation.h)
 *     x'    = clip(x - epsilon direction(dx))   where goal = target
 *
 * N samples of D features; number epsilon, at least 0. The step has the length epsilon in its norm,
 * in the raw units of x, also where mean and deviation belong to the model.
 *
 * A linear model shows why it works: the logit moves by epsilon |w|_1, which grows with the number
 * of features while no feature moves by more than epsilon. That is the core of the panda that turns
 * into a gibbon: one confident prediction becomes another. The pictures and their percentages are
 * no part of it.
 *
 * Conventions: those of victim.h and perturbation.h; units = raw (default) or bytes: the radius is
 *     epsilon / 255, for inputs in [0, 1] (papers say "epsilon = 8").
 * Source: Goodfellow, Shlens and Szegedy 2015, section 4; L2 and L1: Foolbox 3, CleverHans 4 and
 *     ART 1; documents 000 Q41 and 004 T41.
 * Edge cases: epsilon 0 leaves x. An input of gradient 0 stays as zero_sign says. Refused: a
 *     negative epsilon; what victim.h and perturbation.h refuse.
 * Order of operations: x + (epsilon direction), rounded twice, then the box.
 */
#pragma once

#include "perturbation.h"
#include "victim.h"

/* The radius: number `name` in the convention `units`; at least 0. */
real fast_gradient_sign_radius(struct call *call, const char *name);

/* to (N,D) = clip(x + step (N,D)), or x - step for a target; `step` is scaled by alpha first. */
void fast_gradient_sign_move(const struct victim *victim, real *to, const real *x,
                             const real *direction, real alpha);

/* Outputs loss (N) of x, divided by W; dx (N,a); adversarial (N,a); loss_after (N); logits (N,K) of
 * adversarial; predicted (2,N) before and after; and, unless the objective is logit_margin,
 * confidence (2,N): the probabilities of the predicted classes. */
void fast_gradient_sign_answer(struct call *call);
