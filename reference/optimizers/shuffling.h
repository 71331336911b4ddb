// SPDX-License-Identifier: MIT
/* Shuffling: one permutation of the samples for each epoch, by Fisher and Yates.
 *
 *     down:  for i = N-1, N-2 .. 1:   exchange o[i] and o[j],  j = floor(u (i + 1))
 *     up:    for i = 0, 1 .. N-2:     exchange o[i] and o[j],  j = i + floor(u (N - i))
 *
 * u (E,N-1) uniform numbers in [0, 1), used in their order, one for each exchange; order (E,N): the
 * sample at each place, for each of E epochs.
 *
 * Conventions: direction = down (default: Durstenfeld 1964, Python's random.shuffle, NumPy's
 *     Generator) or up (Knuth's mirrored form). start = identity (default: every epoch shuffles
 *     0 .. N-1; PyTorch's RandomSampler) or previous (each shuffles the order before; Keras fit,
 *     and generators that shuffle their indexes in place).
 * Source: Fisher and Yates 1938; Durstenfeld 1964; Knuth 1997, 3.4.2 P; documents 004 T33, C10.
 * Edge cases: N = 1 has no exchange and is refused, as u has no columns. A u of 1 or above is
 *     refused. u (i + 1) that rounds to i + 1 counts as i.
 * Order of operations: one product each. Where u (i + 1) is whole, j jumps: a decision.
 */
#pragma once

#include "../call.h"

/* order (N) shuffled in place by u (N-1). */
void shuffling_exchange(int *order, const real *u, int up, size_t N);

/* floor(u n), at most n - 1. */
size_t shuffling_pick(real u, size_t n);

/* Input u; output order (E,N). */
void shuffling_answer(struct call *call);
