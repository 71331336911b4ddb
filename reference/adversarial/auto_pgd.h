// SPDX-License-Identifier: MIT
/* Auto-PGD: projected gradient descent that halves its step where it does not get on, and then
 * goes on from the best point so far. All choices are each sample's own.
 *
 *     z       = C(x_t + eta_t direction(gradient of f at x_t))
 *     x_{t+1} = C(x_t + (inertia (z - x_t) + (1 - inertia) (x_t - x_{t-1})));   x_1 = z
 *     best    = x_{t+1} where f(x_{t+1}) is above all f so far
 *     after step w_j, a checkpoint:  eta = eta / 2 and x_{t+1} = best, if
 *         few:    f rose in fewer than rho (w_j - w_{j-1}) of the steps since the last checkpoint
 *         stale:  neither eta nor the best f has changed since then
 *
 * C is the constraint of projected_gradient_descent.h, f the loss that victim.h's goal climbs
 * (minus the loss of a target). eta_0 = alpha (2 epsilon in the paper); numbers steps, inertia
 * (3/4) in (0, 1], rho (3/4) in [0, 1]; optional start (N,a), random offsets. The f of a step that
 * was taken back stays in the comparison with the next, and x_{t-1} is where that step came from
 * (ART: the point before the best one).
 *
 * Conventions: those of projected_gradient_descent.h but stop, keep and restarts.
 *   loss = objective is victim.h's; convention ratio = no (default), yes: f is the difference-of-
 *     logits ratio instead, with its target climbed too (labels then are needed besides).
 *   rules = paper (default): w_j = ceil(p_j steps), p_0 = 0, p_1 = 0.22, p_{j+1} = p_j + max(p_j -
 *     p_{j-1} - 0.03, 0.06); code (AutoAttack): the first after max(1, floor(0.22 steps)), each
 *     following interval shorter by max(1, floor(0.03 steps)) down to max(1, floor(0.06 steps));
 *     few holds for rho (w_j - w_{j-1}) rises as well, and nothing is stale at the first
 *     checkpoint.
 * Source: Croce and Hein 2020, algorithm 1 and section 3; AutoAttack.
 * Both rules look after step w_j itself, as AutoAttack's code does; algorithm 1, to the letter, looks
 *     when one step more has been taken (so does ART).
 * Edge cases: checkpoints that fall together count once. Equal f is no rise. Refused: inertia or
 *     rho out of range; what projected_gradient_descent.h and the ratio refuse.
 * Order of operations: as written, each difference, product and sum rounded once.
 */
#pragma once

#include "difference_of_logits_ratio.h"
#include "projected_gradient_descent.h"

/* Whether w (1 .. steps) is a checkpoint: fills checkpoint (steps + 1). */
void auto_pgd_checkpoints(int *checkpoint, size_t steps, int code);

/* Outputs iterates (S,N,a): x_{t+1}, where it was taken back the best; values (T,N): f of x_0 to
 * x_S, T = S + 1; sizes (S,N): eta of each step; adversarial (N,a) and best (N), its f; success
 * (N). */
void auto_pgd_answer(struct call *call);
