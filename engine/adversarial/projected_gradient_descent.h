// SPDX-License-Identifier: MIT
/* projected_gradient_descent.h - steps within ball and box, for all iterative attacks. Definition
 * in reference/adversarial/projected_gradient_descent.h. */
#pragma once

#include "fast_gradient_sign.h"

enum attack_order { ORDER_BALL_BOX, ORDER_BOX_BALL, ORDER_BOX_BALL_BOX };
enum attack_stop { STOP_NEVER, STOP_FOOLED, STOP_ALL };

struct attack {
    struct victim *victim;
    struct perturbation rules;
    scalar epsilon, alpha;
    size_t steps;
    enum attack_order order;
    enum attack_stop stop;
    scalar *gradient, *direction, *loss; /* (rows,D), (rows,D), (rows) */
    int *class;                          /* (rows) */
    bool *stays;                         /* (rows) */
};

/* Reads epsilon, alpha, steps, order and what perturbation.h needs; nobody stops. */
struct attack attack_read(struct question *q, struct victim *victim);

/* to (rows,D) into ball and box around the victim's x, in place. */
void attack_constrain(const struct attack *attack, scalar *to);

/* x (rows,D) = clip(victim's x + P(start (rows,D))); start NULL: the victim's x itself. */
void attack_begin(const struct attack *attack, scalar *x, const scalar *start);

/* Which goals are reached at logits z: reached (rows), and their number on this rank. */
size_t attack_reached(const struct attack *attack, bool *reached, const scalar *z);

/* x (rows,D) moves one step along `direction`, and stays in ball and box. */
void attack_step(const struct attack *attack, scalar *x, const scalar *direction);

/* All steps of x (rows,D), in place; iterates (steps,rows,D) may be NULL. Collective. */
void attack_run(struct attack *attack, scalar *x, scalar *iterates);
