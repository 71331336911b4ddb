// SPDX-License-Identifier: MIT
/* Muon: momentum whose singular values are all brought near 1 by Newton-Schulz iterations.
 *
 *     B <- mu B + h G_t                                  (h = 1 for sum, 1 - mu for average)
 *     U = h G_t + mu B  (nesterov = yes)  or  U = B
 *     X = U / (|U| + epsilon)                            (|U|: the root of the sum of squares)
 *     `iterations` times:  A = X X',  X <- a X + (b A + c A A) X
 *     w <- w - (rate decay) w,   then  w <- w - (rate k) X
 *
 * w the start (M,N), g (S,M,N), rate (S). B starts at 0, or at the input momentum_buffer (M,N). X
 * is transposed for M > N, so that A is the smaller of the two Gram matrices.
 *
 * Conventions:
 *   form = sum (default: the author's first version) or average (his later one, PyTorch).
 *   nesterov = yes (default) or no.
 *   epsilon_form = added (default: the author) or clamped (PyTorch: U / max(|U|, epsilon)).
 *   scale: k = sqrt(max(1, M / N)) (rows; default: the author, with M outputs), 0.2 sqrt(max(M, N))
 *     (match_rms: Liu et al. 2025, for Adam's rates) or 1 (none).
 *   maximize as in gradient_descent.h.
 *   Numbers: momentum, epsilon (1e-7), iterations (5): always stated; a, b, c (3.4445, -4.775,
 *     2.0315 unless stated; 1.5, -0.5, 0 is the cubic that converges); weight_decay (0).
 * Source: Jordan et al. 2024; Bernstein and Newhouse 2024; Liu et al. 2025; Higham 2008, chapter 8
 *     (Newton-Schulz). Documents 004 T26, G5.
 * Edge cases: a gradient of 0 gives X = 0 with epsilon > 0. The usual coefficients do not converge:
 *     singular values end between 0.7 and 1.2. One row or column: X is a unit vector.
 * Order of operations: with K the shorter side and L the longer one, |U|^2 is the sum over L as
 *     samples (sum.h: blocks of `block`, then the tree) of sums of K rounded squares; A_ij the sum
 *     over L as samples of fused products; A A and (b A + c A A) X fused chains over K from 0;
 *     b A + c A A two products and a sum; a X one product, then the sum. The scale is one root.
 */
#pragma once

#include "../call.h"

struct muon_rules {
    int average, nesterov, clamped, scale;
    real momentum, epsilon, a, b, c, decay;
    size_t iterations, M, N, block;
};

struct muon_rules muon_rules_read(struct call *call);

/* X (M,N) from U (M,N); scratch holds 3 K K + M N reals. */
void muon_orthogonalise(real *X, const real *U, real *scratch, const struct muon_rules *rules);

/* k. */
real muon_scale(const struct muon_rules *rules);

/* Inputs w, g, rate, optionally momentum_buffer; outputs w_after, buffer_after, direction (X)
 * (S,M,N). */
void muon_answer(struct call *call);
