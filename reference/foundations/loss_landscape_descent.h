// SPDX-License-Identifier: MIT
/* Descent on textbook landscapes: which minimum is reached, how a saddle point is left.
 *
 *     double_well:   f = (x^2 - 1)^2 / 4 + tilt x       g = (x^2 - 1) x + tilt
 *     saddle:        f = (x^2 - y^2) / 2                g = (x, -y)
 *     monkey_saddle: f = x^3 / 3 - x y^2                g = (x^2 - y^2, -2 x y)
 *     bowl:          f = (x^2 + condition y^2) / 2      g = (x, condition y)
 *
 *     v <- momentum v + g;   (x,y) <- (x,y) - rate v      S steps from each of M starts, v = 0 at
 * first
 *
 * start (M,2); in the double well y is not used and stays. Numbers: rate, momentum (0), tilt (0),
 * condition (10), radius (1), steps.
 *
 * Conventions: landscape = double_well (default), saddle, monkey_saddle or bowl; momentum in the
 * form with the rate outside, or nesterov = yes: (x,y) <- (x,y) - rate (g + momentum v).
 * Source: documents 004 T14 (local minima, saddle points, plateaus), 000 Q18.
 * Edge cases: on the ridge (x = 0 in the well, y = 0 at the saddle) descent never leaves:
 *     exactly. escape is the first step s = 1 .. S after which |y| (in the well |x|) exceeds
 *     radius, or 0. basin is the sign of x after the last step. Both are decisions.
 *     A negative rate or radius and a condition that is not positive are refused.
 * Order of operations: as written, every product and sum rounded on its own: ((x x) - 1) x +
 *     tilt; (x x) - (y y); (-2 x) y; condition y; f = ((q q) / 4) + tilt x with q = (x x) - 1;
 *     ((x x) - (y y)) / 2; (((x x) x) / 3) - (x (y y)); ((x x) + condition (y y)) / 2.
 */
#pragma once

#include "../call.h"

enum landscape { DOUBLE_WELL, SADDLE, MONKEY_SADDLE, BOWL };

struct descent {
    enum landscape landscape;
    int nesterov;
    real rate, momentum, tilt, condition;
};

/* The height of p (2), and its gradient g (2). */
real landscape_height(const real *p, const struct descent *descent);
void landscape_gradient(real *g, const real *p, const struct descent *descent);

/* One step of p (2) and v (2) in place. */
void landscape_step(real *p, real *v, const struct descent *descent);

/* Input start (M,2); outputs path (M,S,2) and height (M,S) after every step, basin (M) in -1, 0, 1
 * and escape (M), whole numbers. */
void loss_landscape_descent_answer(struct call *call);
