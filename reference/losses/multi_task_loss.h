// SPDX-License-Identifier: MIT
/* Multi-task loss: several linear heads on shared features, whose losses are added.
 *
 *     y[n,k]  = sum_i x[n,i] w[i,k]
 *     L[k]    = sum_n m[n,k] (y[n,k] - t[n,k])^2 / M[k],  M[k] = sum_n m[n,k]
 *     loss    = sum_k (c[k] L[k] + h s[k]) / Z
 *     e[n,k]  = 2 c[k] m[n,k] (y[n,k] - t[n,k]) dloss / Z / M[k]
 *     dx[n,i] = sum_k e[n,k] w[i,k]         the heads' gradients are added where features are
 *     shared dw[i,k] = sum_n x[n,i] e[n,k]
 *     ds[k]   = (h - c[k] L[k]) dloss       uncertainty alone
 *
 * N samples, I shared features, T tasks; x (N,I), w (I,T), t (N,T). m (N,T) is the input mask, 1
 * where a sample has a label for a task and 0 elsewhere, all 1 without it. The losses L (T), output
 * task_loss, are reported too. dloss is 1 unless the scalar input dloss is given.
 *
 * Conventions:
 *   weighting = fixed (default): c (T) is the input weight, at least 0, all 1 without it, h = 0;
 *     uncertainty (Kendall et al.): s (T) is learnt, c[k] = h e^-s[k].
 *   half (of uncertainty) = yes (the paper: L / (2 sigma^2) + log sigma with s = log sigma^2,
 *     default): h = 1/2; no (much code): h = 1.
 *   normalized (of fixed weights) = no (default): Z = 1; yes: Z = the sum of c.
 * Source: Caruana 1997; Kendall, Gal and Cipolla 2018, equations 7 and 10; document 004 G20.
 * Edge cases: a task without labels has no loss (0 / 0): refused. With one task and weight 1 it is
 *     the mean squared error.
 * Order of operations: y a chain over i from 0; r = y - t; (r r) m, a sum over samples, divided by
 *     M. c = h exp(-s). The sum over k is a chain of additions from 0 of c L, or of c L + h s, then
 *     divided by Z. e = ((2 c) r) dloss / Z / M, or 0 where m is; dx a chain over k, dw a sum over
 *     samples of products. Z a chain of additions over k.
 */
#pragma once

#include "../call.h"

/* See above. */
void multi_task_loss_answer(struct call *call);
