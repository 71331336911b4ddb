// SPDX-License-Identifier: MIT
#include "reduce.h"

#include "failure.h"
#include "tree.h"

#include <limits.h>
#include <stdint.h>
#include <string.h>

/* Of vectors up to this length every rank gets all nodes and adds them itself: one round of
 * messages. Of longer ones each rank adds one slice, and then the slices are spread. */
enum { SHORT = 1024 };

/* How many scalars go to or come from each rank, and where they lie; as MPI wants them. */
struct counts {
    int *count, *start;
};

struct reduction {
    const struct team *team;
    const struct layout *layout;
    size_t length;

    size_t pushed;     /* pieces so far */
    struct tree local; /* over this rank's blocks; node d has the vector pool + d length */
    scalar *pool;

    /* All nodes that the ranks are left with, rank after rank; those of rank r are
     * first_node[r] .. first_node[r+1] - 1. */
    size_t *first_node;
    struct tree_node *node;
    size_t *slice; /* (ranks + 1): rank r adds the elements slice[r] .. slice[r+1] - 1 */
    struct counts send, receive, slices;
    scalar *packed, *received;
};

static int mpi_count(size_t n)
{
    if (n > INT_MAX)
        failure_abort("a message of %zu numbers exceeds what MPI can count; use more ranks", n);
    return (int)n;
}

/* ---- planning ------------------------------------------------------------------------------- */

/* The nodes that remain when the leaves begin .. end - 1 are pushed, and the deepest stack. */
static struct tree cover(size_t leaves, size_t begin, size_t end, size_t *deepest)
{
    struct tree tree;
    tree_start(&tree, leaves, 0);
    *deepest = 1;
    for (size_t leaf = begin; leaf < end; leaf++) {
        *deepest = tree.depth + 1 > *deepest ? tree.depth + 1 : *deepest;
        tree_push(&tree, (struct tree_node){leaf, leaf + 1, NULL});
    }
    return tree;
}

static void plan_nodes(struct reduction *r, struct arena *arena)
{
    const size_t *offset = r->layout->offset;
    size_t ranks = (size_t)r->team->ranks, deepest = 1, nodes = 0;
    r->first_node = arena_take(arena, ranks + 1, sizeof *r->first_node);
    for (size_t k = 0; k < ranks; k++) {
        nodes += cover(r->layout->blocks, offset[k], offset[k + 1], &deepest).depth;
        r->first_node[k + 1] = nodes;
    }
    r->node = arena_take(arena, nodes, sizeof *r->node);
    for (size_t k = 0; k < ranks; k++) {
        struct tree tree = cover(r->layout->blocks, offset[k], offset[k + 1], &deepest);
        memcpy(r->node + r->first_node[k], tree.node, tree.depth * sizeof *r->node);
    }
    size_t me = (size_t)r->team->rank;
    cover(r->layout->blocks, offset[me], offset[me + 1], &deepest);
    r->pool = arena_take(arena, deepest * r->length, sizeof *r->pool);
}

static struct counts take_counts(struct arena *arena, size_t ranks)
{
    struct counts counts;
    counts.count = arena_take(arena, ranks, sizeof(int));
    counts.start = arena_take(arena, ranks, sizeof(int));
    return counts;
}

static size_t nodes_of(const struct reduction *r, size_t rank)
{
    return r->first_node[rank + 1] - r->first_node[rank];
}

static bool is_whole(const struct reduction *r)
{
    return r->team->ranks == 1 || r->length <= SHORT;
}

static void plan_slices(struct reduction *r, struct arena *arena)
{
    size_t ranks = (size_t)r->team->ranks;
    r->slice = arena_take(arena, ranks + 1, sizeof *r->slice);
    r->slices = take_counts(arena, ranks);
    for (size_t k = 0; k <= ranks; k++)
        r->slice[k] = r->length / ranks * k + r->length % ranks * k / ranks;
    for (size_t k = 0; k < ranks; k++) {
        r->slices.count[k] = mpi_count(r->slice[k + 1] - r->slice[k]);
        r->slices.start[k] = mpi_count(r->slice[k]);
    }
}

static void plan_messages(struct reduction *r, struct arena *arena)
{
    size_t ranks = (size_t)r->team->ranks, me = (size_t)r->team->rank;
    size_t mine = is_whole(r) ? r->length : r->slice[me + 1] - r->slice[me];
    r->send = take_counts(arena, ranks);
    r->receive = take_counts(arena, ranks);
    for (size_t k = 0; k < ranks; k++) {
        r->send.count[k] = mpi_count(nodes_of(r, me) * (r->slice[k + 1] - r->slice[k]));
        r->send.start[k] = mpi_count(nodes_of(r, me) * r->slice[k]);
        r->receive.count[k] = mpi_count(nodes_of(r, k) * mine);
        r->receive.start[k] = mpi_count(r->first_node[k] * mine);
    }
    r->packed = arena_take(arena, nodes_of(r, me) * r->length, sizeof *r->packed);
    r->received = arena_take(arena, r->first_node[ranks] * mine, sizeof *r->received);
}

struct reduction *reduction_create(struct arena *arena, const struct team *team,
                                   const struct layout *layout, size_t length)
{
    struct reduction *r = arena_take(arena, 1, sizeof *r);
    r->team = team;
    r->layout = layout;
    r->length = length;
    plan_slices(r, arena);
    if (team->reproducible) {
        plan_nodes(r, arena);
        plan_messages(r, arena);
    } else {
        r->pool = arena_take(arena, length, sizeof *r->pool);
        r->received = arena_take(arena, length, sizeof *r->received);
    }
    tree_start(&r->local, layout->blocks, length);
    return r;
}

/* ---- the pieces of this rank ---------------------------------------------------------------- */

size_t reduction_pieces(const struct reduction *r)
{
    size_t blocks = r->layout->offset[r->team->rank + 1] - r->layout->offset[r->team->rank];
    return r->team->reproducible ? blocks : blocks != 0;
}

struct piece reduction_piece(const struct reduction *r, size_t i)
{
    size_t count = layout_count(r->layout, r->team->rank), block = r->layout->block;
    if (!r->team->reproducible)
        return (struct piece){0, count};
    size_t first = i * block;
    return (struct piece){first, count - first < block ? count - first : block};
}

scalar *reduction_leaf(struct reduction *r)
{
    scalar *leaf = r->pool + r->local.depth * r->length;
    memset(leaf, 0, r->length * sizeof *leaf);
    return leaf;
}

void reduction_push(struct reduction *r)
{
    if (!r->team->reproducible)
        return; /* the only piece stays in the pool */
    size_t leaf = r->layout->offset[r->team->rank] + r->pushed++;
    scalar *sum = r->pool + r->local.depth * r->length;
    tree_push(&r->local, (struct tree_node){leaf, leaf + 1, sum});
}

/* ---- over the ranks ------------------------------------------------------------------------- */

/* Adds what came from all ranks, `length` elements of each node, in the order of the tree. */
static const scalar *add_received(struct reduction *r, size_t length)
{
    struct tree tree;
    tree_start(&tree, r->layout->blocks, length);
    for (size_t i = 0; i < r->first_node[r->team->ranks]; i++) {
        struct tree_node node = r->node[i];
        node.sum = r->received + i * length;
        tree_push(&tree, node);
    }
    return r->received;
}

/* The nodes of this rank, sorted by the rank that adds them: for each slice, node after node. */
static const scalar *pack(struct reduction *r)
{
    size_t nodes = nodes_of(r, (size_t)r->team->rank);
    if (nodes == 1)
        return r->pool; /* slices of one vector follow each other already */
    scalar *to = r->packed;
    for (size_t k = 0; k < (size_t)r->team->ranks; k++)
        for (size_t i = 0; i < nodes; i++) {
            size_t slice = r->slice[k + 1] - r->slice[k];
            memcpy(to, r->pool + i * r->length + r->slice[k], slice * sizeof *to);
            to += slice;
        }
    return r->packed;
}

/* The nodes of all ranks: whole ones, or this rank's slices of them. */
static void receive_nodes(struct reduction *r)
{
    size_t me = (size_t)r->team->rank;
    if (is_whole(r))
        MPI_Allgatherv(r->pool, mpi_count(nodes_of(r, me) * r->length), SCALAR_MPI, r->received,
                       r->receive.count, r->receive.start, SCALAR_MPI, r->team->comm);
    else
        MPI_Alltoallv(pack(r), r->send.count, r->send.start, SCALAR_MPI, r->received,
                      r->receive.count, r->receive.start, SCALAR_MPI, r->team->comm);
}

static const scalar *finish_fast(struct reduction *r)
{
    if (reduction_pieces(r) == 0)
        memset(r->pool, 0, r->length * sizeof *r->pool);
    if (is_whole(r))
        MPI_Allreduce(r->pool, r->received, mpi_count(r->length), SCALAR_MPI, MPI_SUM,
                      r->team->comm);
    else
        MPI_Reduce_scatter(r->pool, r->received, r->slices.count, SCALAR_MPI, MPI_SUM,
                           r->team->comm);
    return r->received;
}

struct slice reduction_finish_slice(struct reduction *r)
{
    size_t me = (size_t)r->team->rank;
    struct slice slice = {0, r->length, r->pool};
    if (!is_whole(r)) {
        slice.first = r->slice[me];
        slice.count = r->slice[me + 1] - r->slice[me];
    }
    if (r->layout->blocks == 0)
        memset(r->pool, 0, r->length * sizeof *r->pool);
    else if (!r->team->reproducible)
        slice.value = finish_fast(r);
    else if (r->team->ranks > 1) {
        receive_nodes(r);
        slice.value = add_received(r, slice.count);
    }
    r->pushed = 0;
    r->local.depth = 0;
    return slice;
}

void reduction_spread(const struct reduction *r, scalar *whole)
{
    if (!is_whole(r))
        MPI_Allgatherv(MPI_IN_PLACE, 0, SCALAR_MPI, whole, r->slices.count, r->slices.start,
                       SCALAR_MPI, r->team->comm);
}

void reduction_finish(struct reduction *r, scalar *total)
{
    struct slice slice = reduction_finish_slice(r);
    memcpy(total + slice.first, slice.value, slice.count * sizeof *total);
    reduction_spread(r, total);
}

/* ---- without rounding ----------------------------------------------------------------------- */

void reduce_integers(const struct team *team, long long *values, size_t count)
{
    MPI_Allreduce(MPI_IN_PLACE, values, mpi_count(count), MPI_LONG_LONG, MPI_SUM, team->comm);
}

void reduce_largest(const struct team *team, scalar *values, size_t count)
{
    MPI_Allreduce(MPI_IN_PLACE, values, mpi_count(count), SCALAR_MPI, MPI_MAX, team->comm);
}

double reduce_largest_time(const struct team *team, double seconds)
{
    MPI_Allreduce(MPI_IN_PLACE, &seconds, 1, MPI_DOUBLE, MPI_MAX, team->comm);
    return seconds;
}

void gather(const struct team *team, const struct layout *layout, size_t outer, size_t inner,
            const scalar *part, scalar *whole)
{
    struct arena arena = {NULL};
    size_t ranks = (size_t)team->ranks, N = layout->samples;
    struct counts parts = take_counts(&arena, ranks);
    for (int k = 0; k < team->ranks; k++) {
        parts.count[k] = mpi_count(outer * layout_count(layout, k) * inner);
        parts.start[k] = mpi_count(outer * layout_first(layout, k) * inner);
    }
    bool in_place = outer == 1; /* the parts are next to one another */
    scalar *all = in_place ? whole : NULL;
    if (team->rank == 0 && !in_place)
        all = arena_take(&arena, outer * N * inner, sizeof *all);
    MPI_Gatherv(part, parts.count[team->rank], SCALAR_MPI, all, parts.count, parts.start,
                SCALAR_MPI, 0, team->comm);
    for (int k = 0; team->rank == 0 && !in_place && k < team->ranks; k++) {
        size_t first = layout_first(layout, k), width = layout_count(layout, k) * inner;
        for (size_t o = 0; o < outer; o++)
            memcpy(whole + (o * N + first) * inner, all + outer * first * inner + o * width,
                   width * sizeof *whole);
    }
    arena_release(&arena);
}
