// SPDX-License-Identifier: MIT
/* Perplexity of a language model, from logits.
 *
 *     q[n,t]  = log sum_k e^z[n,t,k] - z[n,t,label]         of tokens that count
 *     tokens:    H = sum q / W, W the number of tokens that count;  perplexity = e^H
 *     sequences: H[n] = sum_t q[n,t] / W[n];                perplexity = sum_n e^H[n] / S
 *     dz[n,t,k] = dperplexity perplexity (p - [k = label]) / W;  sequences:
 *                 dperplexity e^H[n] (p - [k = label]) / W[n] / S
 *
 * N sequences of T tokens out of C; z logits (N,T,C), labels (N,T) in 0..C-1, or -1 for a token
 * that does not count (padding): it has no gradient. S is the number of sequences with a token that
 * counts; for sequences H is the mean of their H[n]. The output entropy is H in nats, or in bits.
 * dperplexity is the upstream gradient, a scalar.
 *
 * Conventions:
 *   average = tokens (torchmetrics, Hugging Face, default) or sequences.
 *   unit (of the entropy alone) = nats (default) or bits, H / log 2. The perplexity is e^H of nats
 *     and 2^H of bits, the same number: 2 to the power of nats is a mistake.
 * Source: Jelinek, Mercer, Bahl and Baker 1977; document 001 Q39 (next-word prediction).
 * Edge cases: uniform logits have perplexity C. No token that counts: refused.
 * Order of operations: m = max z, s a chain of additions of exp(z - m) over k; q = log s -
 *     (z[label] - m). A chain of additions over t from 0, then tokens: a sum over samples, divided
 *     by W; sequences: divided by W[n]; exp of it, and both summed over samples, divided by S. p =
 *     e / s; dz = ((dperplexity perplexity) (p - 1 or 0)) / W, with e^H[n] and then / S for
 *     sequences.
 */
#pragma once

#include "../call.h"

/* See above. */
void perplexity_answer(struct call *call);
