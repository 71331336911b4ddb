// SPDX-License-Identifier: MIT
/* Projected gradient descent: many small steps of attack that never leave the ball around x.
 *
 *     x_0     = clip(x + P(start))
 *     x_{t+1} = constrain(x_t + alpha direction(gradient at x_t))      t = 0 .. steps - 1
 *     constrain(x') = clip(x + P(x' - x)):  P projects on the ball of radius epsilon
 *
 * with victim.h's gradient and goal (a target is approached, minus), and the directions and
 * projections of perturbation.h. R restarts: input start (R,N,a), offsets drawn by the caller;
 * without it R = 1 and start = 0. Numbers epsilon, alpha (at least 0) and steps (1 to 64).
 *
 * Conventions: those of victim.h, perturbation.h and, for epsilon and alpha, fast_gradient_sign.h.
 *   order = ball_box (Foolbox, default): the ball, then the box; box_ball (ART): the box, then the
 *     ball, which can leave the box by a rounding, or by more where P rescales; box_ball_box
 *     (CleverHans): the box before and after.
 *   stop = never (default; Foolbox, CleverHans); fooled: a sample stays where it is once the goal
 *     is reached there (checked before every step); all: everybody stops once all samples' goals
 *     are reached.
 *   keep = loss (Madry, default): of the restarts, each sample keeps the one whose last iterate has
 *     the largest loss (smallest, for a target); fooled: the first that reaches the goal, and the
 *     last one where none does (AutoAttack keeps what fooled and tries the rest again).
 *   A goal is reached where the predicted class is not the answer; for a target, where it is.
 * Source: Madry et al. 2018, section 2.1; Kurakin et al. 2017 (no start: the basic iterative
 *     method); document 000 Q41.
 * Edge cases: epsilon 0 leaves x. Restarts of equal loss: the first. Refused: negative epsilon or
 *     alpha, steps below 1, no restart.
 * Order of operations: x' - x, P, x + v, box: each rounded once.
 */
#pragma once

#include "fast_gradient_sign.h"

enum attack_order { ORDER_BALL_BOX, ORDER_BOX_BALL, ORDER_BOX_BALL_BOX };
enum attack_stop { STOP_NEVER, STOP_FOOLED, STOP_ALL };

struct attack {
    struct victim *victim;
    struct perturbation rules;
    real epsilon, alpha;
    size_t steps;
    enum attack_order order;
    enum attack_stop stop;
    real *gradient, *direction, *loss; /* scratch (N,D), (N,D), (N) */
    int *class;                        /* scratch (N) */
};

/* Reads epsilon, alpha, steps, order and what perturbation.h needs; nobody stops. */
void attack_read(struct call *call, struct attack *attack, struct victim *victim);

/* to (N,D) into ball and box around the victim's x, in place. */
void attack_constrain(const struct attack *attack, real *to);

/* x (N,D) = clip(victim's x + P(start (N,D))); start NULL: the victim's x itself. */
void attack_begin(const struct attack *attack, real *x, const real *start);

/* Which goals are reached at logits z: reached (N), and their number. */
size_t attack_reached(const struct attack *attack, int *reached, const real *z);

/* One step from x to `to` (both N,D), along a given direction; samples with a 1 in `stays` (NULL:
 * none) do not move. */
void attack_step(const struct attack *attack, real *to, const real *x, const real *direction,
                 const int *stays);

/* All steps from `from` (N,D); iterates (steps,N,D) may be NULL; the last one goes to `to`. */
void attack_run(struct call *call, struct attack *attack, real *to, real *iterates,
                const real *from);

/* Outputs iterates (R,S,N,a), losses (R,N) of the last iterates, adversarial (N,a), restart (N),
 * which one is kept, and success (N): whether the goal is reached. */
void projected_gradient_descent_answer(struct call *call);
