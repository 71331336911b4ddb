// SPDX-License-Identifier: MIT
/* tree.h - the fixed binary tree in which sums of blocks are added.
 *
 * The tree over n leaves adds the tree over the first m to the tree over the rest, where m is the
 * largest power of two below n. Its shape depends on n alone. Vectors are pushed in the order of
 * their leaves; two neighbours are added as soon as both are complete and the tree has a node over
 * exactly them, so at most O(log n) vectors wait at any moment.
 *
 * Whoever holds a contiguous range of leaves can do its part alone: what remains on the stack are
 * the largest nodes inside the range, and these, pushed in order by somebody who has them all, give
 * the root. The same additions of the same pairs happen however the leaves were distributed.
 */
#pragma once

#include "scalar.h"

#include <stdbool.h>
#include <stddef.h>

enum { TREE_DEPTH = 128 }; /* a range leaves at most 2 log2(n) nodes */

/* The sum over the leaves begin .. end - 1; `sum` is a vector, or NULL when only planning. */
struct tree_node {
    size_t begin, end;
    scalar *sum;
};

struct tree {
    size_t leaves, length; /* of the tree, of the vectors */
    size_t depth;          /* nodes that wait */
    struct tree_node node[TREE_DEPTH];
};

/* An empty tree over `leaves` leaves of vectors of `length`. */
void tree_start(struct tree *tree, size_t leaves, size_t length);

/* Pushes the node that follows the last one, and adds what can be added: into the vector of the
 * left node; the right one is free afterwards. */
void tree_push(struct tree *tree, struct tree_node node);
