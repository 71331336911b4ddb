// SPDX-License-Identifier: MIT
#include "arena.h"

#include "failure.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGNMENT = 64 };

/* Stands in front of every piece of memory, in an aligned unit of its own. */
struct arena_chunk {
    struct arena_chunk *previous;
};

void *arena_take(struct arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > (SIZE_MAX - 4 * ALIGNMENT) / size)
        failure_abort("%zu elements of %zu bytes exceed the address space; use smaller input",
                      count, size);
    size_t bytes = (count * size + 2 * ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    struct arena_chunk *chunk = aligned_alloc(ALIGNMENT, bytes + ALIGNMENT);
    if (chunk == NULL)
        failure_abort("out of memory (%zu bytes wanted); use more ranks or smaller input", bytes);
    memset(chunk, 0, bytes + ALIGNMENT);
    chunk->previous = arena->last;
    arena->last = chunk;
    return (char *)chunk + ALIGNMENT;
}

void arena_release(struct arena *arena)
{
    while (arena->last != NULL) {
        struct arena_chunk *previous = arena->last->previous;
        free(arena->last);
        arena->last = previous;
    }
}
