// SPDX-License-Identifier: MIT
/* arena.h - memory that is released together.
 *
 * A run over a case, or a training run, takes all its memory from one arena before it starts, so
 * that steps allocate nothing and there is one place that releases.
 */
#pragma once

#include <stddef.h>

struct arena_chunk;

struct arena {
    struct arena_chunk *last;
};

/* `count` elements of `size` bytes, zeroed, aligned to 64 bytes; never NULL. Ends all ranks when
 * there is no memory. */
void *arena_take(struct arena *arena, size_t count, size_t size);

/* Releases everything that was taken and leaves the arena empty. */
void arena_release(struct arena *arena);
