// SPDX-License-Identifier: MIT
/* Nesterov's accelerated gradient: the gradient is taken where the velocity is about to lead.
 *
 * The other optimizers get gradients as inputs. This one asks for a gradient at a point of its own,
 * so the case brings the function: a quadratic f(w) = w'A w / 2 - b'w with A = A'.
 *
 *     subtracted:    l = w - mu v;       G = A l - b;  v <- mu v + rate G;  w <- w - v
 *     added:         l = w + mu v;       G = A l - b;  v <- mu v - rate G;  w <- w + v
 *     rate_outside:  l = w - rate mu v;  G = A l - b;  v <- mu v + G;       w <- w - rate v
 *
 * P parameters; w the start (P), A (P,P), b (P), rate (S) of step t = first_step (1) ..; v starts
 * at 0, or at the input velocity (P). The first two forms differ in the sign of v alone; the third
 * parts from them when the rate changes.
 *
 * Conventions:
 *   form = subtracted (document 004; default), added (Sutskever et al.) or rate_outside (PyTorch's
 *     velocity). The frameworks' own nesterov = yes (momentum.h) never leaves w: it keeps the
 *     looked-ahead point in place of w, and equals this only in other variables.
 *   schedule = constant (default: mu is the number momentum), nesterov (mu_t = (k_{t-1} - 1) / k_t
 *     with k_1 = 1, k_t = (1 + sqrt(1 + 4 k_{t-1}^2)) / 2) or linear (mu_t = (t - 2) / (t + 1)); in
 *     both mu_1 = 0.
 * Source: Nesterov 1983; Sutskever et al. 2013, eq. 3-4; Beck and Teboulle 2009, eq. 4.2-4.3; Su,
 *     Boyd and Candes 2014, eq. 1; document 004 T26.
 * Edge cases: at the minimum, A w = b with no velocity, nothing moves. mu = 0 is gradient descent.
 * A need not be positive: at a saddle the steps grow. A that is not symmetric is refused, because
 *     A l - b is not its gradient.
 *     A difference of a few units of binary32 is let pass, and then columns count. Refused as well:
 *     momentum outside [0, 1), first_step 0.
 * Order of operations: l one product after the other from left to right, (rate mu) v, then the sum;
 *     G_p is the sum over the rows n of A_np l_n in the order of samples (sum.h: fused chains in
 *     blocks of `block` rows, then the tree), then - b_p; all else as written, rounded one by one.
 */
#pragma once

#include "../call.h"

enum look_ahead_form { LOOK_SUBTRACTED, LOOK_ADDED, LOOK_RATE_OUTSIDE };
enum look_ahead_schedule { LOOK_CONSTANT, LOOK_NESTEROV, LOOK_LINEAR };

/* f(w) = w'A w / 2 - b'w; `block` rows of A form a block of the sum. */
struct quadratic {
    size_t P, block;
    const real *A, *b;
};

struct quadratic quadratic_read(struct call *call);

/* G (P) = A l - b. */
void quadratic_gradient(real *G, const real *l, const struct quadratic *f);

/* l (P): where the gradient is taken. */
void look_ahead(real *l, const real *w, const real *v, real rate, real mu,
                enum look_ahead_form form, size_t P);

/* w and v (P) in place, from the gradient G (P) there. */
void look_ahead_update(real *w, real *v, const real *G, real rate, real mu,
                       enum look_ahead_form form, size_t P);

/* mu of step t. */
real look_ahead_momentum(size_t t, real momentum, enum look_ahead_schedule schedule);

/* Inputs w, A, b, rate, optionally velocity; outputs w_after, v_after, gradient (S,P). */
void nesterov_accelerated_gradient_answer(struct call *call);
