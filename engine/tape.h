// SPDX-License-Identifier: MIT
/* tape.h - reverse-mode automatic differentiation over layers.
 *
 * A network is recorded once: each operation takes tensors (rows are this rank's samples) and makes
 * one. A step then replays the tape forwards, replays it backwards for the gradients of tensors,
 * and adds up per canonical block what is summed over samples: gradients of parameters, and losses.
 * Nothing is allocated or looked up in a step.
 *
 * Forward and backward touch each sample alone, so they need no communication and their bits cannot
 * depend on who owns a sample. Only the sums cross the network (reduce.h). The one exception is batch
 * normalisation, whose passes are collective.
 *
 * To add a layer, write an `operation` (see activations/tanh.c): forward, backward, and `sum` if it
 * has parameters. The tape finds the order of the backward pass and adds where a tensor is used
 * more than once: the last use first.
 */
#pragma once

#include "reduce.h"
#include "team.h"

#include <stdbool.h>
#include <stddef.h>

enum { TAPE_INPUTS = 3 };

/* Rows of `columns` scalars, one row per sample of this rank. */
struct tensor {
    size_t columns;
    bool wants_gradient;
    bool has_gradient; /* written already in this backward pass */
    scalar *value, *gradient;
};

struct operation;
struct node;

/* Of an operation whose sums may be had in parts: `row` scalars each. */
struct row_sums {
    /* Adds rows first .. first + count - 1 of the node's sums to `leaf` (count, row), as
     * operation.sum does. Parameters may have changed already. NULL: the sums stay together. */
    void (*sum)(const struct team *team, const struct node *node, struct piece piece, size_t first,
                size_t count, scalar *leaf);
    size_t row;
};

/* One recorded use of an operation. */
struct node {
    const struct operation *operation;
    const void *settings; /* the operation's own, or NULL */
    struct tensor *input[TAPE_INPUTS];
    struct tensor *output;   /* NULL for a loss */
    scalar *dx[TAPE_INPUTS]; /* where backward writes the gradients of the inputs, or NULL */
    scalar *scratch;         /* the operation's own memory, kept from forward to backward */
    size_t parameters, sums; /* counts */
    size_t first_parameter, first_sum;
    struct row_sums rows;
    scalar *parameter; /* its parameters */
};

/* What a layer, an activation or a loss can do. Unused functions are NULL. */
struct operation {
    const char *name;
    /* output->value (rows, columns) from the inputs' values. */
    void (*forward)(const struct team *team, const struct node *node, size_t rows);
    /* dx[i], unless NULL, from output->gradient: written, not accumulated. */
    void (*backward)(const struct team *team, const struct node *node, size_t rows);
    /* Adds the samples of one piece, in order, to this node's part of the sums. */
    void (*sum)(const struct team *team, const struct node *node, struct piece piece, scalar *leaf);
};

struct tape {
    const struct team *team;
    struct arena *arena;
    size_t capacity; /* rows */
    size_t nodes, room;
    struct node *node;
    size_t parameters, sums;
    size_t activations; /* scalars: values, gradients and what operations keep */
    /* All parameters, in the order of recording, with room for `sums` scalars: so what follows the
     * parameters among the sums (the loss) can travel with them. */
    scalar *parameter;
    scalar *spare; /* a gradient that has to be added to another one */
};

/* An empty tape for up to `capacity` rows. */
struct tape *tape_create(struct arena *arena, const struct team *team, size_t capacity);

/* A tensor to be filled by the caller. */
struct tensor *tape_tensor(struct tape *tape, size_t columns, bool wants_gradient);

/* What tape_record needs to know of an operation's use. */
struct use {
    const struct operation *operation;
    const void *settings;
    struct tensor *input[TAPE_INPUTS];
    size_t columns;       /* of the output; 0 for a loss, which has none */
    size_t parameters;    /* that are learnt; their gradients are the first sums */
    size_t sums;          /* scalars summed over samples: >= parameters */
    struct row_sums rows; /* or nothing */
    size_t scratch;       /* scalars of own memory */
};

/* Records one use; returns its output. A loss comes last, so that parameters and the sums that are
 * their gradients have the same places. */
struct tensor *tape_record(struct tape *tape, const struct use *use);

/* Allocates parameters; after the last record. */
void tape_ready(struct tape *tape);

/* Fills the outputs of all nodes for `rows` rows; tape_predict leaves out losses. */
void tape_forward(struct tape *tape, size_t rows);
void tape_predict(struct tape *tape, size_t rows);

/* Fills the gradients of all tensors that want one. Begins at losses, and at tensors whose gradient
 * the caller has filled and marked with has_gradient. */
void tape_backward(struct tape *tape, size_t rows);

/* One node of that; after all later ones. */
void tape_backward_node(struct tape *tape, size_t node, size_t rows);

/* Adds everything of this rank that is summed over samples, up to reduction_finish. */
void tape_sum(struct tape *tape, struct reduction *reduction);

/* The same for the sums first .. first + count - 1 alone, which tape_cut allows to be had apart,
 * into one piece's leaf (count). The backward pass must have gone through tape_node_of(first). */
void tape_sum_part(struct tape *tape, struct piece piece, size_t first, size_t count, scalar *leaf);

/* The largest place <= `sum` before which the sums may be cut. */
size_t tape_cut(const struct tape *tape, size_t sum);

/* The node that sum number `sum` belongs to. */
size_t tape_node_of(const struct tape *tape, size_t sum);
