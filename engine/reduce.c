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

enum { TAG_NODES = 1, TAG_SLICES };

/* How many scalars go to or come from each rank, and where they lie; as MPI wants them. */
struct counts {
    int *count, *start;
};

/* What is needed at most, and where it is after the first use. */
struct room {
    size_t length;
    scalar *at;
};

struct slot {
    struct room kept, received;
};

struct reduction_memory {
    struct arena *arena;
    struct room spare;
    struct slot *slot;
};

struct messages {
    int count;
    MPI_Request *request;
};

struct reduction {
    const struct team *team;
    const struct layout *layout;
    size_t length;

    size_t pushed;     /* pieces so far */
    struct tree local; /* over this rank's blocks; vector(d) is that of node d */
    size_t kept;       /* of them remain */
    struct reduction_memory *memory;
    struct slot *slot;

    /* The tree over all ranks, and all nodes that they are left with, rank after rank; those of
     * rank r are first_node[r] .. first_node[r+1] - 1. */
    size_t leaves, *first_node;
    struct tree_node *node;
    size_t *slice; /* (ranks + 1): rank r adds the elements slice[r] .. slice[r+1] - 1 */
    struct counts slices, whole_nodes;
    bool is_started;
    struct messages nodes, spread;
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

static void want(struct room *room, size_t length)
{
    if (room->at != NULL && length > room->length)
        failure_abort("shared memory of sums was in use before all of them were planned");
    room->length = length > room->length ? length : room->length;
}

static scalar *place(const struct reduction *r, struct room *room)
{
    if (room->at == NULL)
        room->at = arena_take(r->memory->arena, room->length, sizeof *room->at);
    return room->at;
}

/* Reproducible: the largest nodes inside each rank's range of blocks. */
static void plan_nodes(struct reduction *r, struct arena *arena)
{
    const size_t *offset = r->layout->offset;
    size_t ranks = (size_t)r->team->ranks, me = (size_t)r->team->rank, deepest = 1, nodes = 0;
    r->leaves = r->layout->blocks;
    r->first_node = arena_take(arena, ranks + 1, sizeof *r->first_node);
    for (size_t k = 0; k < ranks; k++) {
        nodes += cover(r->leaves, offset[k], offset[k + 1], &deepest).depth;
        r->first_node[k + 1] = nodes;
    }
    r->node = arena_take(arena, nodes, sizeof *r->node);
    for (size_t k = 0; k < ranks; k++) {
        struct tree tree = cover(r->leaves, offset[k], offset[k + 1], &deepest);
        memcpy(r->node + r->first_node[k], tree.node, tree.depth * sizeof *r->node);
    }
    r->kept = cover(r->leaves, offset[me], offset[me + 1], &deepest).depth;
    want(&r->memory->spare, (deepest - r->kept) * r->length);
}

/* Fast: every rank that has samples is a leaf. */
static void plan_ranks(struct reduction *r, struct arena *arena)
{
    const size_t *offset = r->layout->offset;
    size_t ranks = (size_t)r->team->ranks, me = (size_t)r->team->rank;
    r->first_node = arena_take(arena, ranks + 1, sizeof *r->first_node);
    r->node = arena_take(arena, ranks, sizeof *r->node);
    for (size_t k = 0; k < ranks; k++) {
        if (offset[k + 1] > offset[k]) {
            r->node[r->leaves] = (struct tree_node){r->leaves, r->leaves + 1, NULL};
            r->leaves++;
        }
        r->first_node[k + 1] = r->leaves;
    }
    r->kept = r->first_node[me + 1] - r->first_node[me];
}

static struct counts take_counts(struct arena *arena, size_t ranks)
{
    struct counts counts;
    counts.count = arena_take(arena, ranks, sizeof(int));
    counts.start = arena_take(arena, ranks, sizeof(int));
    return counts;
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
    size_t others = r->first_node[ranks] - r->kept;
    size_t mine = is_whole(r) ? r->length : r->slice[me + 1] - r->slice[me];
    /* A zero for a rank that has nothing, or when nobody has. */
    want(&r->slot->kept, (r->kept != 0 ? r->kept : 1) * r->length);
    if (ranks == 1)
        return;
    if (is_whole(r)) {
        want(&r->slot->received, (r->leaves != 0 ? r->first_node[ranks] : 1) * r->length);
        r->whole_nodes = take_counts(arena, ranks);
        for (size_t k = 0; k < ranks; k++) {
            size_t nodes = r->first_node[k + 1] - r->first_node[k];
            r->whole_nodes.count[k] = mpi_count(nodes * r->length);
            r->whole_nodes.start[k] = mpi_count(r->first_node[k] * r->length);
        }
        return;
    }
    want(&r->slot->received, others * mine);
    r->nodes.request = arena_take(arena, others + r->kept * (ranks - 1), sizeof(MPI_Request));
    r->spread.request = arena_take(arena, 2 * (ranks - 1), sizeof(MPI_Request));
}

struct reduction_memory *reduction_memory_create(struct arena *arena, size_t slots)
{
    struct reduction_memory *memory = arena_take(arena, 1, sizeof *memory);
    memory->arena = arena;
    memory->slot = arena_take(arena, slots, sizeof *memory->slot);
    return memory;
}

struct reduction *reduction_create_in(struct arena *arena, const struct team *team,
                                      const struct layout *layout, size_t length,
                                      struct reduction_memory *memory, size_t slot)
{
    struct reduction *r = arena_take(arena, 1, sizeof *r);
    r->team = team;
    r->layout = layout;
    r->length = length;
    r->memory = memory;
    r->slot = &memory->slot[slot];
    plan_slices(r, arena);
    if (team->reproducible)
        plan_nodes(r, arena);
    else
        plan_ranks(r, arena);
    plan_messages(r, arena);
    tree_start(&r->local, layout->blocks, length);
    return r;
}

struct reduction *reduction_create(struct arena *arena, const struct team *team,
                                   const struct layout *layout, size_t length)
{
    return reduction_create_in(arena, team, layout, length, reduction_memory_create(arena, 1), 0);
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

/* Of the node at this depth of the stack: what remains at the end has memory of its own. */
static scalar *vector(const struct reduction *r, size_t depth)
{
    if (depth < r->kept)
        return place(r, &r->slot->kept) + depth * r->length;
    return place(r, &r->memory->spare) + (depth - r->kept) * r->length;
}

scalar *reduction_leaf(struct reduction *r)
{
    scalar *leaf = vector(r, r->local.depth);
    memset(leaf, 0, r->length * sizeof *leaf);
    return leaf;
}

void reduction_push(struct reduction *r)
{
    if (!r->team->reproducible)
        return; /* the only piece stays where it is */
    size_t leaf = r->layout->offset[r->team->rank] + r->pushed++;
    tree_push(&r->local, (struct tree_node){leaf, leaf + 1, vector(r, r->local.depth)});
}

/* ---- over the ranks ------------------------------------------------------------------------- */

static void expect_message(struct messages *messages, const struct team *team, scalar *to,
                           size_t count, size_t from, int tag)
{
    MPI_Irecv(to, mpi_count(count), SCALAR_MPI, (int)from, tag, team->comm,
              &messages->request[messages->count++]);
}

static void send_message(struct messages *messages, const struct team *team, const scalar *from,
                         size_t count, size_t to, int tag)
{
    MPI_Isend(from, mpi_count(count), SCALAR_MPI, (int)to, tag, team->comm,
              &messages->request[messages->count++]);
}

static void await(struct messages *messages)
{
    MPI_Waitall(messages->count, messages->request, MPI_STATUSES_IGNORE);
    messages->count = 0;
}

/* Of node i of all: this rank's slice, once it is here. Its own nodes are where they are. */
static scalar *slice_of(const struct reduction *r, size_t i)
{
    size_t me = (size_t)r->team->rank, before = r->first_node[me];
    if (i >= before && i < before + r->kept)
        return vector(r, i - before) + r->slice[me];
    size_t other = i < before ? i : i - r->kept;
    return place(r, &r->slot->received) + other * (r->slice[me + 1] - r->slice[me]);
}

/* Each node goes as it lies, slice by slice: packing several into one message would cost a copy.
 * Every rank begins with its neighbour, so that not all send to one at a time. */
void reduction_start(struct reduction *r)
{
    size_t ranks = (size_t)r->team->ranks, me = (size_t)r->team->rank;
    r->is_started = true;
    if (is_whole(r))
        return;
    size_t mine = r->slice[me + 1] - r->slice[me];
    for (size_t step = 1; step < ranks; step++) {
        size_t from = (me + ranks - step) % ranks;
        for (size_t i = r->first_node[from]; i < r->first_node[from + 1]; i++)
            expect_message(&r->nodes, r->team, slice_of(r, i), mine, from, TAG_NODES);
    }
    for (size_t step = 1; step < ranks; step++) {
        size_t to = (me + step) % ranks;
        for (size_t i = 0; i < r->kept; i++)
            send_message(&r->nodes, r->team, vector(r, i) + r->slice[to],
                         r->slice[to + 1] - r->slice[to], to, TAG_NODES);
    }
}

void reduction_progress(struct reduction *r)
{
    int is_done;
    MPI_Testall(r->nodes.count, r->nodes.request, &is_done, MPI_STATUSES_IGNORE);
}

/* All nodes on every rank. */
static void receive_whole(struct reduction *r)
{
    scalar *kept = place(r, &r->slot->kept), *received = place(r, &r->slot->received);
    if (r->team->reproducible) {
        MPI_Allgatherv(kept, mpi_count(r->kept * r->length), SCALAR_MPI, received,
                       r->whole_nodes.count, r->whole_nodes.start, SCALAR_MPI, r->team->comm);
        return;
    }
    if (r->kept == 0)
        memset(kept, 0, r->length * sizeof *kept);
    MPI_Allreduce(kept, received, mpi_count(r->length), SCALAR_MPI, MPI_SUM, r->team->comm);
}

/* Adds what there is of all nodes, `length` elements of each, in the order of the tree. */
static const scalar *add_nodes(const struct reduction *r, size_t length)
{
    struct tree tree;
    tree_start(&tree, r->leaves, length);
    for (size_t i = 0; i < r->first_node[r->team->ranks]; i++) {
        struct tree_node node = r->node[i];
        node.sum = is_whole(r) ? place(r, &r->slot->received) + i * length : slice_of(r, i);
        tree_push(&tree, node);
    }
    return tree.node[0].sum;
}

static const scalar *total_of_slice(struct reduction *r, size_t length)
{
    if (r->leaves == 0)
        return memset(place(r, &r->slot->kept), 0, length * sizeof(scalar));
    if (r->team->ranks == 1)
        return vector(r, 0);
    if (!is_whole(r)) {
        await(&r->nodes);
        return add_nodes(r, length);
    }
    receive_whole(r);
    return r->team->reproducible ? add_nodes(r, length) : place(r, &r->slot->received);
}

struct slice reduction_slice(const struct reduction *r)
{
    size_t me = (size_t)r->team->rank;
    if (is_whole(r))
        return (struct slice){0, r->length, NULL};
    return (struct slice){r->slice[me], r->slice[me + 1] - r->slice[me], NULL};
}

struct slice reduction_finish_slice(struct reduction *r)
{
    struct slice slice = reduction_slice(r);
    if (!r->is_started)
        reduction_start(r);
    slice.value = total_of_slice(r, slice.count);
    r->is_started = false;
    r->pushed = 0;
    r->local.depth = 0;
    return slice;
}

void reduction_spread_start(struct reduction *r, scalar *whole)
{
    size_t ranks = (size_t)r->team->ranks, me = (size_t)r->team->rank;
    if (is_whole(r))
        return;
    for (size_t step = 1; step < ranks; step++) {
        size_t from = (me + ranks - step) % ranks;
        expect_message(&r->spread, r->team, whole + r->slice[from],
                       r->slice[from + 1] - r->slice[from], from, TAG_SLICES);
    }
    for (size_t step = 1; step < ranks; step++)
        send_message(&r->spread, r->team, whole + r->slice[me], r->slice[me + 1] - r->slice[me],
                     (me + step) % ranks, TAG_SLICES);
}

void reduction_spread_finish(struct reduction *r)
{
    await(&r->spread);
}

void reduction_spread(struct reduction *r, scalar *whole)
{
    reduction_spread_start(r, whole);
    reduction_spread_finish(r);
}

void reduction_finish(struct reduction *r, scalar *total)
{
    struct slice slice = reduction_finish_slice(r);
    memcpy(total + slice.first, slice.value, slice.count * sizeof *total);
    reduction_spread(r, total);
}

void reduction_collect(const struct reduction *r, const scalar *part, scalar *whole)
{
    struct slice slice = reduction_slice(r);
    if (!is_whole(r))
        MPI_Gatherv(part, mpi_count(slice.count), SCALAR_MPI, whole, r->slices.count,
                    r->slices.start, SCALAR_MPI, 0, r->team->comm);
    else if (r->team->rank == 0)
        memcpy(whole, part, r->length * sizeof *whole);
}

void reduction_deal(const struct reduction *r, const scalar *whole, scalar *part)
{
    struct slice slice = reduction_slice(r);
    if (!is_whole(r)) {
        MPI_Scatterv(whole, r->slices.count, r->slices.start, SCALAR_MPI, part,
                     mpi_count(slice.count), SCALAR_MPI, 0, r->team->comm);
        return;
    }
    if (r->team->rank == 0)
        memcpy(part, whole, r->length * sizeof *part);
    MPI_Bcast(part, mpi_count(r->length), SCALAR_MPI, 0, r->team->comm);
}

/* ---- without rounding ----------------------------------------------------------------------- */

void reduce_integers(const struct team *team, long long *values, size_t count)
{
    if (count == 0) /* which SimGrid's MPI divides by */
        return;
    MPI_Allreduce(MPI_IN_PLACE, values, mpi_count(count), MPI_LONG_LONG, MPI_SUM, team->comm);
}

void reduce_largest(const struct team *team, scalar *values, size_t count)
{
    if (count == 0)
        return;
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
