// SPDX-License-Identifier: MIT
/* Transfer penalty (L2-SP): weights that were learnt elsewhere cost their distance from there.
 *
 *     penalty = f alpha sum_p F[p] (w[p] - start[p])^2 + f beta sum_q v[q]^2
 *     dw[p]   = 2 f alpha F[p] (w[p] - start[p]) dpenalty
 *     dv[q]   = 2 f beta v[q] dpenalty
 *     w_after = w - rate (g + dw),  v_after = v - rate (k + dv)
 *
 * w (P) are the weights shared with the source task, start (P) what they were there, v (Q) the new
 * ones; g (P) and k (Q) the gradients of the loss; F (P) the input fisher, or 1; dpenalty a scalar,
 * 1 when it is not given.
 *
 * Conventions: half = yes (default: f = 1/2, Li et al., EWC) or no (f = 1, Keras's l2). fisher
 *     weighs each square (L2-SP-Fisher, elastic weight consolidation). base = free (default) or
 *     frozen: w stays, the limit of alpha without bound. start = 0 and alpha = beta is plain weight
 *     decay. start is a constant: it has no gradient.
 * Source: Li, Grandvalet and Davoine 2018; Kirkpatrick et al. 2017, eq. 3; document 004 S4.
 * Edge cases: w = start costs nothing, where weight decay would pull it to 0. Strengths, elements
 *     of fisher and a rate below 0 are refused.
 * Order of operations: a = f alpha, b = f beta; the gap w - start; F gap; sums over parameters in
 *     blocks; a S + b V. dw = ((2 a) (F gap)) dpenalty; w - rate (g + dw).
 */
#pragma once

#include "../call.h"

struct transfer_penalty {
    int frozen;
    size_t P, Q, block;
    real a, b, rate, dpenalty; /* a = f alpha, b = f beta */
    const real *w, *start, *v, *fisher, *g, *k;
    real *penalty, *dw, *dv, *w_after, *v_after; /* outputs */
    real *gap, *weighted;                        /* (P) */
};

/* Reads inputs, makes outputs. fisher is ones when it is not given. */
struct transfer_penalty transfer_penalty_read(struct call *call);

/* Everything from what was read. */
void transfer_penalty_compute(const struct transfer_penalty *p);

/* Inputs w, start, v, g, k, and optionally fisher, dpenalty; outputs penalty, dw, dv, w_after,
 * v_after. */
void transfer_penalty_answer(struct call *call);
