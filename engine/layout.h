// SPDX-License-Identifier: MIT
/* layout.h - which rank owns which samples.
 *
 * N samples are cut into canonical blocks of `block` consecutive ones (the last may be shorter).
 * Each rank owns a contiguous range of whole blocks, as even as whole blocks allow; with more ranks
 * than blocks some own nothing. The blocks depend on the configuration alone, never on the number
 * of ranks: that is why sums over them need not either (reduce.h).
 */
#pragma once

#include "arena.h"

#include <stdbool.h>
#include <stddef.h>

struct layout {
    int ranks;
    size_t samples, block, blocks;
    size_t *offset; /* (ranks + 1): rank r owns the blocks offset[r] .. offset[r+1] - 1 */
};

/* The layout of `samples` samples in blocks of `block` >= 1 over `ranks` >= 1. */
struct layout layout_create(struct arena *arena, size_t samples, size_t block, int ranks);

/* Whether offsets start at 0, end at the number of blocks and never fall. */
bool layout_is_valid(const struct layout *layout);

/* The first sample that `rank` owns, and how many. */
size_t layout_first(const struct layout *layout, int rank);
size_t layout_count(const struct layout *layout, int rank);

/* The largest number of samples that any rank owns. */
size_t layout_largest(const struct layout *layout);
