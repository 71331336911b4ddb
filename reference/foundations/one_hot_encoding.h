// SPDX-License-Identifier: MIT
/* One-hot encoding of class labels, and its inverse.
 *
 *     encoded[n,k] = on if label[n] = k, else off             k = 0 .. C-1
 *     counts[k]    = number of n with label[n] = k
 *     decoded[m]   = the k with the largest rows[m,k]; `blank` where all of them are equal
 *
 * N labels, C classes, M rows to decode; labels (N), optional rows (M,C). Numbers: classes (one
 * more than the largest label), on (1), off (0), ignored (a label whose row is all off; none),
 * blank (-1).
 *
 * Conventions: outside = refuse (default: PyTorch, scikit-learn), off (a label outside 0..C-1 gives
 * a row of off: TensorFlow, JAX) or wrap (-1 is the last class: what indexing does in NumPy and in
 *     Keras' to_categorical); ties = first (default) or last, between equal largest entries.
 * Source: document 004 T33, C5 (to_categorical); 000 Q41.
 * Edge cases: classes without a label give columns of off. A single class: its rows have one entry,
 *     all equal, so they decode to blank. Neighbours in the ranking at the top are decisions.
 * Order of operations: none; values are copied.
 */
#pragma once

#include "../call.h"

/* The class of a label under the convention, or -1 for a row of off. outside: 0 refuse, 1 off, 2
 * wrap; a label to be refused gives -2. */
int one_hot_class(int label, int classes, int outside);

/* The index of the largest of C entries, or -1 when all are equal. */
int one_hot_decode(const real *row, size_t C, int last_wins);

/* Inputs labels, optionally rows; outputs encoded (N,C), counts (C), and decoded (M). */
void one_hot_encoding_answer(struct call *call);
