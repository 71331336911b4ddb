// SPDX-License-Identifier: MIT
/* bins.h - predicted probabilities in bins, and what happened in each. */
#pragma once

#include "confusion.h"

struct bins {
    size_t B;
    real *count;      /* (B) weight of the samples, or how many */
    real *confidence; /* (B) mean probability, 0 where a bin is empty */
    real *frequency;  /* (B) share of events, 0 where a bin is empty */
};

/* bin (N) of p in [0,1]: number of the B bins of equal width, (k/B, (k+1)/B] if closed_right with 0
 * in the first, else [k/B, (k+1)/B) with 1 in the last. p B is rounded before it is compared; how
 * far it is from a whole number is a decision. */
void bins_uniform(struct call *call, int *bin, const real *p, size_t N, size_t B, int closed_right);

/* Sums over samples in blocks of weights, of weight p and of the weights of events; then
 * divided. */
struct bins bins_fill(struct call *call, const real *p, const int *event, const real *weight,
                      const int *bin, size_t N, size_t B);
