// SPDX-License-Identifier: MIT
/* reduce.h - the only place where numbers of different ranks meet.
 *
 * Sums over samples. Every rank makes one vector of partial sums for each piece of its samples; the
 * pieces are then added over all ranks, and every rank gets the total.
 *
 *     reproducible: a piece is a canonical block (layout.h). Blocks are added in the fixed tree of
 *                   tree.h over the global block index, so the total does not depend on the number
 *                   of ranks. Only the largest nodes of the tree inside each rank's range cross the
 *                   network.
 *     fast:         a piece is all that the rank owns. Short vectors are added by MPI_Allreduce,
 *                   long ones as above, in a tree over the ranks: for a given number of ranks.
 *
 * A technique never asks which arithmetic it is in:
 *
 *     struct reduction *sum = reduction_create(arena, team, layout, length);
 *     for (size_t i = 0; i < reduction_pieces(sum); i++) {
 *         struct piece piece = reduction_piece(sum, i);
 *         scalar *leaf = reduction_leaf(sum);          // zeros
 *         ... add the samples piece.first .. piece.first + piece.count - 1 of this rank, in order
 *         reduction_push(sum);
 *     }
 *     reduction_finish(sum, total);
 *
 * All functions that communicate are collective: every rank of the team calls them in the same
 * order. MPI errors end all ranks.
 */
#pragma once

#include "arena.h"
#include "layout.h"
#include "team.h"

struct reduction;

/* Consecutive samples of this rank, counted from its first one. */
struct piece {
    size_t first, count;
};

/* Plans sums of vectors of `length` over `layout`, both of which must outlive it. */
struct reduction *reduction_create(struct arena *arena, const struct team *team,
                                   const struct layout *layout, size_t length);

/* How many pieces this rank has, and each of them. */
size_t reduction_pieces(const struct reduction *reduction);
struct piece reduction_piece(const struct reduction *reduction, size_t i);

/* The same in memory that several reductions share. Those of one slot must not be in use at the
 * same time, from the first leaf to the last look at the slice; of all of them only one may be
 * between its first leaf and its last push. Create all before the first use of any. */
struct reduction_memory;
struct reduction_memory *reduction_memory_create(struct arena *arena, size_t slots);
struct reduction *reduction_create_in(struct arena *arena, const struct team *team,
                                      const struct layout *layout, size_t length,
                                      struct reduction_memory *memory, size_t slot);

/* `length` zeros to add the samples of the next piece to; then reduction_push. */
scalar *reduction_leaf(struct reduction *reduction);
void reduction_push(struct reduction *reduction);

/* total (length) on every rank, and ready for the next sum. Collective. */
void reduction_finish(struct reduction *reduction, scalar *total);

/* The same in two halves, for who wants to work on the total before everybody gets it: this rank's
 * slice of the total, then all slices of `whole` (length) to everybody. Short vectors are not cut:
 * their slice is everything, and there is nothing to spread. The cut depends on `length` and the
 * number of ranks alone. */
struct slice {
    size_t first, count;
    const scalar *value; /* (count), until the next sum */
};
struct slice reduction_finish_slice(struct reduction *reduction);
void reduction_spread(struct reduction *reduction, scalar *whole);

/* Both halves without waiting, for who has other work meanwhile: reduction_start after the last
 * push, then reduction_finish_slice, which waits; reduction_spread_start, then
 * reduction_spread_finish. Other reductions may go on in between, begun in the same order on every
 * rank. MPI moves messages only while it is called: reduction_progress does nothing else. */
void reduction_start(struct reduction *reduction);
void reduction_progress(struct reduction *reduction);
void reduction_spread_start(struct reduction *reduction, scalar *whole);
void reduction_spread_finish(struct reduction *reduction);

/* What belongs to this rank's slice, and is not in `whole`: to rank 0's `whole` (length), and from
 * it. `whole` is not used on other ranks. Collective. */
struct slice reduction_slice(const struct reduction *reduction); /* without value */
void reduction_collect(const struct reduction *reduction, const scalar *part, scalar *whole);
void reduction_deal(const struct reduction *reduction, const scalar *whole, scalar *part);

/* Sums of whole numbers and largest values over the ranks, in place: exact, so in any order. */
void reduce_integers(const struct team *team, long long *values, size_t count);
void reduce_largest(const struct team *team, scalar *values, size_t count);
double reduce_largest_time(const struct team *team, double seconds);

/* whole (outer,N,inner) on rank 0 from the parts (outer,n,inner) that the ranks own of the middle
 * axis; `whole` is not used on other ranks. No arithmetic. */
void gather(const struct team *team, const struct layout *layout, size_t outer, size_t inner,
            const scalar *part, scalar *whole);
