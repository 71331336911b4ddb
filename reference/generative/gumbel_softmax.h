// SPDX-License-Identifier: MIT
/* Gumbel softmax: a sample of a category that can be differentiated, for generators of discrete
 * sequences such as melodies.
 *
 *     g = -log(-log u)                               Gumbel noise, from uniforms u in (0, 1)
 *     s[n,l,:] = softmax((z[n,l,:] + g[n,l,:]) / temperature)
 *     index[n,l] = the largest of z + g, first of equals    a sample of softmax(z): the Gumbel-max
 *     y = s, or, hard, 1 at index and 0 elsewhere, with the gradient of s (straight through)
 *     v[n,l,:] = sum_k y[n,l,k] e[k,:]               what the next network sees of the tokens
 *     dz[n,l,k] = (s[k] / temperature) (dy[k] - sum_j s[j] dy[j]),   dy += dv e',  de = y' dv
 *
 * N sequences of L places (notes), K categories; logits z, u or g, and y (N,L,K), e (K,E). Outputs
 * y, index (N,L), and with an input e, v (N,L,E). Upstream dy, and dv if there is an e; outputs dz
 * and de. Where hard is chosen, y has no derivative by z but almost everywhere 0; the estimator
 * that is used in its place is the output `estimate` then, instead of dz.
 *
 * Conventions:
 *   noise = uniform (default): input u; gumbel: input g.
 *   hard = no (default), yes (PyTorch's hard=True).
 *   temperature (number, 1, above 0): in the softmax alone; index does not depend on it.
 * Source: Jang, Gu and Poole 2017, equations 1, 2 and section 2.2; Maddison, Mnih and Teh 2017,
 *     equation 10; documents 004 G18, T18 and 001 Q28 (music): of their generators of melodies the
 *     step that everything depends on, from the scores of notes to notes and back.
 * Edge cases: equal scores are settled for the first, as argmax is. At a low temperature s is a one
 *     and zeros, computed without overflow, and the gradient is 0. log(u) loses everything near 1,
 *     where -log u is the distance from 1: nothing better can be had from u. Refused: a u that is
 *     not between 0 and 1, both excluded (log 0), a temperature that is not above 0.
 * Order of operations: t = -log(-log u), a = z + t; with m the largest a: exp((a - m) /
 *     temperature), added over k in a chain, quotients; v a chain over k; dy plus a chain over the
 *     embedding; s dy a chain over k; de in blocks of sequences, a chain over all their places.
 */
#pragma once

#include "../call.h"

/* See above. */
void gumbel_softmax_answer(struct call *call);
