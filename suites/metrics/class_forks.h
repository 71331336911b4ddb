// SPDX-License-Identifier: MIT
/* class_forks.h - mistakes that every metric of a confusion matrix can have. */
#pragma once

#include "../../reference/call.h"

enum class_mistake {
    CLASS_RIGHT,
    CLASS_SWAPPED,
    CLASS_UNWEIGHTED,
    CLASS_MISALIGNED,
    CLASS_LAST_BLOCK_LOST,
    CLASS_BLOCKS_AVERAGED,
    CLASS_MISTAKES /* those of one metric start here */
};

/* Everything of one call. */
struct class_walk {
    int mistake;
    size_t N, K, block;
    const int *labels, *predicted;
    const real *weight;
    real *m; /* (K,K), labels in rows */
};

struct class_walk class_read(struct call *call);

/* Counts the samples of blocks begin .. end - 1 (or all blocks) into m, from the last to the first,
 * with the mistakes above. Returns how many there were. */
size_t class_count(struct class_walk *w, size_t begin, size_t end);
size_t class_count_all(struct class_walk *w);

/* The number of steps: 1, or of blocks when they are averaged; and counts step i. */
size_t class_steps(const struct class_walk *w);
void class_step(struct class_walk *w, size_t i);

/* Row sum, column sum and the whole of m. */
real class_truly(const struct class_walk *w, size_t k);
real class_called(const struct class_walk *w, size_t k);
real class_total(const struct class_walk *w);
