// SPDX-License-Identifier: MIT
/* Minibatch discrimination: a discriminator sees how near each sample is to the others.
 *
 *     M[n,b,c] = sum_a x[n,a] T[a,b,c]
 *     k[i,j,b] = exp(-sum_c |M[i,b,c] - M[j,b,c]|)
 *     o[i,b]   = bias[b] + sum_j k[i,j,b]
 *     y[i]     = [x[i], o[i]]
 *
 *     e[i,b]    = dy[i,A+b]
 *     dM[i,b,c] = sum over j != i of -(e[i,b] + e[j,b]) k[i,j,b] sign(M[i,b,c] - M[j,b,c])
 *     dx[i,a]   = dy[i,a] + sum_bc dM[i,b,c] T[a,b,c];  dT[a,b,c] = sum_n x[n,a] dM[n,b,c]
 *     dbias[b]  = sum_n e[n,b]
 *
 * x (N,A), T (A,B,C), optionally bias (B); y, dy (N,A+B); output o (N,B).
 *
 * Conventions:
 *   self = included (default; the paper: j runs over all samples, so o is at least 1) or excluded
 *     (the authors' code, which adds 1e6 to a sample's distance from itself).
 *   reduction = sum (default) or mean: sums over j are divided by N, or N - 1 without self. Ports
 *     do so to be free of the batch size.
 * Source: Salimans et al. 2016, section 3.2.
 * Edge cases: equal samples are at distance 0: k = 1, and the derivative of |0| is 0. One sample: o
 *     is 1 with self and 0 without; its mean without self, 0 / 0, is refused. So is an empty batch.
 * Order of operations: M a chain of fused multiply-adds over a; distances a chain over c; o a chain
 *     over j from 0, divided, plus the bias; dM a chain over j of -((e_i + e_j) k) sign, e divided
 *     beforehand; dx a chain of fused multiply-adds over (b,c) from dy; dT and dbias sums over
 *     samples.
 */
#pragma once

#include "../call.h"

/* See above. */
void minibatch_discrimination_answer(struct call *call);
