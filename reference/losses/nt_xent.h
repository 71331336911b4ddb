// SPDX-License-Identifier: MIT
/* NT-Xent, the normalised temperature-scaled cross-entropy of pairs (SimCLR).
 *
 *     u[i]   = z[i] / max(|z[i]|, epsilon)
 *     s[i,j] = u[i].u[j] / T                                   the similarity of all pairs
 *     l[i]   = log sum_{j != i} e^s[i,j] - s[i,partner(i)]
 *     loss   = sum_i l[i] / W
 *     G[i,j] = (p[i,j] - [j = partner(i)]) dloss / W,  p[i,j] = e^s[i,j] / sum_{k != i} e^s[i,k]
 *     du[i]  = sum_{j != i} (G[i,j] + G[j,i]) u[j] / T
 *     dz[i]  = (du[i] - (du[i].u[i]) u[i]) / |z[i]|
 *
 * N embeddings (an even number: two views of each of N / 2 samples) of D features; z (N,D). Every
 * embedding is an anchor once, and all others of the whole batch are compared with it. dloss is 1
 * unless the scalar input dloss is given.
 *
 * Conventions:
 *   layout = neighbours (the paper, default): partners are 0 and 1, 2 and 3, ...; halves (the
 *     authors' code and most others): i and i + N / 2.
 *   reduction = mean (default): W = N; sum: W = 1.
 *   temperature T (0.5, above 0). epsilon (1e-12, above 0): a row that is shorter is divided by it,
 *     and then dz = du / epsilon.
 * Source: Chen, Kornblith, Norouzi and Hinton 2020, equation 1 and algorithm 1; document 004 G21.
 * Edge cases: with N = 2 there is no other sample: loss and gradient are 0. The largest similarity
 *     is taken out before the exponential, so a small temperature does not overflow. An odd N is
 *     refused.
 * Order of operations: |z|^2 a chain over d; u = z / |z|; s a chain over d, divided by T; m = the
 *     largest s[i,j] of j != i; e = exp(s - m); S a chain of additions over j != i; l = log S -
 *     (s - m) at the partner; summed over samples. p = e / S; (p - 1 or 0) dloss / W; A = G[i,j] +
 *     G[j,i]; du a chain fma(A, u, .) over j != i from 0, divided by T; c = du.u a chain over d;
 *     (du - c u) / |z|.
 */
#pragma once

#include "../call.h"

/* See above. */
void nt_xent_answer(struct call *call);
