// SPDX-License-Identifier: MIT
/* The fraction of the training data that a fit holds out, and the order of its epochs.
 *
 *     S' = floor(S (100 - percent) / 100)
 *     validation = S' .. S-1                        the last samples, the same in every epoch
 *     train[e]   = kept[p_e[0]], kept[p_e[1]], ...   kept = 0 .. S'-1
 *     batches    = ceil(S' / batch),  last = S' - (batches - 1) batch
 *
 * S samples in the order of the data, E epochs; p, permutation (E,F) of the F = S' places; outputs
 * train (E,F), validation (V), batches and last: whole numbers.
 *
 * Conventions: take = last (default: Keras's validation_split holds out the last samples before any
 *     shuffling: data that are sorted by class give a validation set of one class) or first;
 *     rounding = down (default: Keras floors the training part, so the validation part is rounded
 *     up) or up, of the training part.
 * Numbers: samples, percent (10), batch (32).
 * Source: document 004 C2 (0.1 of 800: 720 and 80); Keras's fit and train_validation_split.
 * Edge cases: no epochs. Refused: an empty part, a permutation that is none.
 * Order of operations: whole numbers.
 */
#pragma once

#include "../synthetic_data/permutation.h"

struct validation_split {
    size_t S, F, V, E, batch;
    int first;
    const int *p;
};

struct validation_split validation_split_read(struct call *call);

void validation_split_answer(struct call *call);
