// SPDX-License-Identifier: MIT
/* steps.h - the engine's optimizers, step by step, on parameters of any kind: those of a network,
 * the coordinates of a function, a thousand functions side by side.
 *
 *     struct steps *steps = steps_create(&r->arena, FIT_MOMENTUM, 0.9, P);
 *     for (...) {
 *         g (P) = gradient at w (P);
 *         steps_take(steps, w, g, rate);
 *     }
 */
#pragma once

#include "../../../engine/arena.h"

#include <stddef.h>

enum fit_optimizer {
    FIT_GRADIENT_DESCENT,
    FIT_MOMENTUM, /* v = momentum v + g, w = w - rate v */
    FIT_NESTEROV, /* the same, looking ahead: w = w - rate (g + momentum v) */
    FIT_ADAGRAD,
    FIT_RMSPROP, /* rho 0.99, epsilon 1e-8 */
    FIT_ADAM,    /* beta1 = momentum, beta2 = 0.999, epsilon 1e-8 */
};

struct steps;

/* `momentum` as in struct fit_plan: 0 means 0.9, below 0 none. Memory of the arena. */
struct steps *steps_create(struct arena *arena, enum fit_optimizer optimizer, double momentum,
                           size_t count);

/* Of FIT_RMSPROP and FIT_ADAM, instead of 1e-8. */
void steps_set_epsilon(struct steps *steps, double epsilon);

/* Forgets what was, as if just created; with another momentum. */
void steps_restart(struct steps *steps, double momentum);

/* One step of w (count) from its gradient g (count), in place. */
void steps_take(struct steps *steps, float *w, const float *g, double rate);

/* (count) what Adam divides by: the root of the corrected mean of squares, plus epsilon. */
void steps_denominator(const struct steps *steps, float *denominator);
