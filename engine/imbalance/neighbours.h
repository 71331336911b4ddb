// SPDX-License-Identifier: MIT
/* neighbours.h - the nearest neighbours of samples; definition in reference/imbalance/neighbours.h.
 *
 * The distances that decide are computed in the order of the definition, but only for those members
 * of the list that may be among the k nearest. Which ones may follows from a matrix product and a
 * bound of its error (neighbours.c): the result is that of comparing all, with the same bits. */
#pragma once

#include "../techniques.h"

struct neighbours;

/* Prepares to search the k nearest among the samples member (members) of x (N,D). */
struct neighbours *neighbours_prepare(struct question *q, const scalar *x, size_t D,
                                      const size_t *member, size_t members, size_t k);

/* near (count,k): of samples who (count), nearest first; squared (count,k), unless NULL, their
 * squared distances. Every sample must have at least k members beside itself. Not collective. */
void neighbours_find(struct neighbours *search, size_t count, const size_t *who, size_t *near,
                     scalar *squared);

/* The same on all ranks together: each finds those of its share of `who`, and every rank gets
 * all, in `near`; squared distances likewise unless NULL. Collective. */
void neighbours_find_together(struct question *q, struct neighbours *search, size_t count,
                              const size_t *who, size_t *near, scalar *squared);

/* Squared distance of two rows, in the order of the definition; scratch (D). */
scalar neighbours_distance(const struct team *team, size_t D, const scalar *a, const scalar *b,
                           scalar *scratch);
