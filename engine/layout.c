// SPDX-License-Identifier: MIT
#include "layout.h"

struct layout layout_create(struct arena *arena, size_t samples, size_t block, int ranks)
{
    size_t count = (size_t)ranks;
    struct layout layout = {.ranks = ranks, .samples = samples, .block = block};
    layout.blocks = samples / block + (samples % block != 0);
    layout.offset = arena_take(arena, count + 1, sizeof *layout.offset);
    for (size_t r = 0; r <= count; r++) /* floor(blocks r / ranks), without overflow */
        layout.offset[r] = layout.blocks / count * r + layout.blocks % count * r / count;
    return layout;
}

bool layout_is_valid(const struct layout *layout)
{
    if (layout->ranks < 1 || layout->block < 1 || layout->offset[0] != 0 ||
        layout->offset[layout->ranks] != layout->blocks)
        return false;
    for (int r = 0; r < layout->ranks; r++)
        if (layout->offset[r] > layout->offset[r + 1])
            return false;
    return layout->blocks == (layout->samples + layout->block - 1) / layout->block;
}

static size_t first_sample(const struct layout *layout, size_t block)
{
    return block == layout->blocks ? layout->samples : block * layout->block;
}

size_t layout_first(const struct layout *layout, int rank)
{
    return first_sample(layout, layout->offset[rank]);
}

size_t layout_count(const struct layout *layout, int rank)
{
    return first_sample(layout, layout->offset[rank + 1]) - layout_first(layout, rank);
}

size_t layout_largest(const struct layout *layout)
{
    size_t largest = 0;
    for (int r = 0; r < layout->ranks; r++) {
        size_t count = layout_count(layout, r);
        largest = count > largest ? count : largest;
    }
    return largest;
}
