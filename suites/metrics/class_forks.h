// SPDX-License-Identifier: MIT
/* class_forks.h - mistakes that every metric of a confusion matrix can have. */
#pragma once

#include "../../reference/call.h"
#include "../fork.h"

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

/* The rows of a table of forks for these mistakes. `answer` is the function that counts with the
 * functions above. */
/* clang-format off */
#define CLASS_FORKS(answer_)                                                                       \
    {.info = {"weights_ignored", FORK_BUG, "", "All samples weigh 1.", NULL},                      \
     .answer = answer_, .variant = CLASS_UNWEIGHTED},                                              \
    {.info = {"misaligned", FORK_BUG, "268", "Each prediction meets the next label.", NULL},       \
     .answer = answer_, .variant = CLASS_MISALIGNED},                                              \
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block of samples is left out.", NULL}, \
     .answer = answer_, .variant = CLASS_LAST_BLOCK_LOST},                                         \
    {.info = {"blocks_averaged", FORK_BUG, "269", "The mean over blocks of their values.", NULL},  \
     .answer = answer_, .variant = CLASS_BLOCKS_AVERAGED}

/* One more for metrics that are not the same both ways. */
#define CLASS_FORK_SWAPPED(answer_)                                                                \
    {.info = {"swapped", FORK_BUG, "", "Labels and predictions are exchanged.", NULL},             \
     .answer = answer_, .variant = CLASS_SWAPPED}
/* clang-format on */
