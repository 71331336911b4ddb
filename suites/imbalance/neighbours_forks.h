// SPDX-License-Identifier: MIT
/* neighbours_forks.h - nearest neighbours found in another way, and in wrong ones. */
#pragma once

#include "../../reference/imbalance/neighbours.h"

enum rival_metric { SQUARES, CITY_BLOCKS, LARGEST_GAP, EXPANDED, FARTHEST_FIRST, SELF_COUNTS };

/* Distance of samples a and b, features from the last to the first. */
real rival_distance(const struct points *points, enum rival_metric metric, size_t a, size_t b);

/* The member than which exactly `rank` others, but for n itself, are nearer to n; n if none. */
int rival_neighbour(const struct points *points, enum rival_metric metric, size_t n,
                    const int *member, size_t members, int rank);
