// SPDX-License-Identifier: MIT
/* bins.h - predicted probabilities in bins; definition in reference/metrics/bins.h. The samples are
 * sharded; three sums for each bin cross the network, block by block. */
#pragma once

#include "confusion.h"

struct bins {
    size_t B;
    scalar *count, *confidence, *frequency; /* (B) */
};

size_t bins_uniform(scalar p, size_t B, bool closed_right);

/* p, event, weight (or NULL) and bin are of this rank's samples. Collective. */
struct bins bins_fill(struct question *q, const scalar *p, const int *event, const scalar *weight,
                      const int *bin, size_t B);
