// SPDX-License-Identifier: MIT
/* The smallest change that takes an input of a linear model across its decision boundary.
 *
 *     binary (w (D)):       f = x w + b;  own class c = 1 where f >= 0, else 0
 *                           margin m = f or -f, towards the boundary v = -w or w
 *     multi_class (w (D,K)): for every class k other than c:
 *                           v_k = w_k - w_c,  m_k = -(x v_k + b_k - b_c)
 *     distance = the smallest m_k / (dual norm of v_k), at class k; r the shortest with v_k r = m_k
 *     boundary = x + (1 + overshoot) r                                (hyperplane.h)
 *
 * N samples of D features, K classes. x (N,D), b (scalar or (K)), labels (N) where they are asked
 * for. For l2 this is |f| / |w|, the distance of document 004.
 *
 * Conventions: norm = l2 (default), l_infinity or l1: what is smallest; own = prediction (default:
 *     the class with the largest output, the first of equals) or label; wrong = zero (default: an
 *     input that is beyond the boundary of its label needs no change, as attacks have it) or
 *     signed (its distance is negative, as margins of a support vector machine are, and r leads
 *     back); ties = first (default) or last, of equal weights in the norm l1; target = nearest
 *     (default) or given: the class to be reached is input targets (N).
 * Numbers: overshoot (0).
 * Source: document 004 T41 (smallest change across the boundary); Moosavi-Dezfooli, Fawzi and
 *     Frossard 2016, sections 2.1 and 3.1; Cortes and Vapnik 1995 (the margin).
 * Edge cases: on the boundary the distance is 0. A target that is the own class is refused, and so
 *     are a direction of 0 (equal columns of w, w = 0), one class, a negative overshoot, a label
 *     that is no class.
 * Order of operations: differences of columns first, then x v_k as a chain over features from
 *     b_k - b_c; the first of equal distances; x + (1 + overshoot) times r.
 */
#pragma once

#include "hyperplane.h"

/* Outputs distance (N), class (N), perturbation (N,D), boundary (N,D). */
void minimal_linear_perturbation_answer(struct call *call);
