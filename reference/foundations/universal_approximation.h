// SPDX-License-Identifier: MIT
/* Universal approximation: one hidden layer of ReLUs, built to follow a function, and how far off
 * it is.
 *
 *     f_k = f(t_k)                                        at the knots t_0 < t_1 < ... < t_H
 *     s_k = (f_{k+1} - f_k) / (t_{k+1} - t_k)             the slope between two knots
 *     v_0 = s_0;  v_k = s_k - s_{k-1}                     k = 0 .. H-1: the weights of the output
 *     y_g = f_0 + sum_k v_k max(0, x_g - t_k)             H hidden units of weight 1, bias -t_k
 *     error_g = y_g - f(x_g);   sup = max_g |error_g|
 *
 * knots (H+1), grid x (G). Between knots y is the straight line; left of t_0 it is f_0, right of
 * t_H it goes on with the last slope. On an even grid of knots of distance h the error of a smooth
 * f is below h^2 max|f''| / 8: four times smaller when the width is doubled.
 *
 * Conventions: target = sine (default: sin x), square (x^2) or absolute (|x|: exact when 0 is a
 * knot). Source: Cybenko 1989; Hornik, Stinchcombe and White 1989; document 004 T5 (which says any
 * function;
 *     the theorem is of continuous ones on a compact set).
 * Edge cases: H = 1 is a single straight line. On a knot the unit's input is 0 and so is its
 * output.
 *     Refused: knots that do not rise, a single knot, no grid.
 * Order of operations: as written; y one fused-multiply-add chain over k from f_0.
 */
#pragma once

#include "../call.h"

enum approximated { APPROXIMATE_SINE, APPROXIMATE_SQUARE, APPROXIMATE_ABSOLUTE };

real approximated_value(enum approximated target, real x);

/* v (H) from the knots (H+1). */
void approximation_weights(real *v, const real *knots, enum approximated target, size_t H);

/* Inputs knots, x; outputs v (H), y (G), error (G) and sup. */
void universal_approximation_answer(struct call *call);
