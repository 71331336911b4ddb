// SPDX-License-Identifier: MIT
/* world.h - the ranks as a whole: whether they are as many as they should be, and where each is. */
#pragma once

#include "launch.h"

#include <stdio.h>

enum { PLACEMENT_HOST = 128, PLACEMENT_CPUS = 512 };

/* Where a rank runs. */
struct placement {
    char host[PLACEMENT_HOST];
    char cpus[PLACEMENT_CPUS]; /* that it may use, such as "0-3,8"; "" where that is not known */
};

/* Refuses a world of another size than was wanted (launch.h); asked: --ranks, or 0. Returns 0, or
 * EXIT_UNUSABLE on every rank after one sentence, in all worlds that a launcher has started
 * together. Collective. */
int world_check(const struct launch *launch, long asked);

/* Every rank's placement, in the order of ranks, on rank 0, to be freed; NULL on the others.
 * Collective. */
struct placement *world_placements(void);

/* The CPUs of a set as a list, "0-3,8", of at most `size` bytes; what does not fit becomes "...".
 * has(set, i) says whether CPU i < count is in it. */
void world_list_cpus(char *list, size_t size, bool (*has)(const void *set, size_t i),
                     const void *set, size_t count);
