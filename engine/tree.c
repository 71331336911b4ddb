// SPDX-License-Identifier: MIT
#include "tree.h"

#include "threads.h"

void tree_start(struct tree *tree, size_t leaves, size_t length)
{
    tree->leaves = leaves;
    tree->length = length;
    tree->depth = 0;
}

/* Whether the tree has a node whose children are exactly a and b. Left children are complete: s
 * leaves, a power of two, beginning at a multiple of 2 s; the right one ends 2 s after that or
 * where the leaves end. */
static bool are_siblings(size_t leaves, const struct tree_node *a, const struct tree_node *b)
{
    size_t s = a->end - a->begin;
    size_t end = leaves - a->begin < 2 * s ? leaves : a->begin + 2 * s;
    return (s & (s - 1)) == 0 && a->begin % (2 * s) == 0 && b->end == end;
}

struct addition {
    scalar *sum;
    const scalar *more;
};

WIDE_VECTORS
static void add_range(const void *context, size_t first, size_t count)
{
    const struct addition *addition = context;
    scalar *restrict sum = addition->sum + first;
    const scalar *restrict more = addition->more + first;
    for (size_t i = 0; i < count; i++)
        sum[i] += more[i];
}

void tree_push(struct tree *tree, struct tree_node node)
{
    tree->node[tree->depth++] = node;
    while (tree->depth >= 2) {
        struct tree_node *left = &tree->node[tree->depth - 2];
        const struct tree_node *right = &tree->node[tree->depth - 1];
        if (!are_siblings(tree->leaves, left, right))
            return;
        if (left->sum != NULL)
            threads_range(tree->length, COST_OF_ARITHMETIC, add_range,
                          &(struct addition){left->sum, right->sum});
        left->end = right->end;
        tree->depth--;
    }
}
