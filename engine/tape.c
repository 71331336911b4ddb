// SPDX-License-Identifier: MIT
#include "tape.h"

#include <string.h>

struct tape *tape_create(struct arena *arena, const struct team *team, size_t capacity)
{
    struct tape *tape = arena_take(arena, 1, sizeof *tape);
    tape->team = team;
    tape->arena = arena;
    tape->capacity = capacity;
    return tape;
}

struct tensor *tape_tensor(struct tape *tape, size_t columns, bool wants_gradient)
{
    struct tensor *tensor = arena_take(tape->arena, 1, sizeof *tensor);
    tensor->columns = columns;
    tensor->wants_gradient = wants_gradient;
    tensor->value = arena_take(tape->arena, tape->capacity * columns, sizeof(scalar));
    tape->activations += tape->capacity * columns * (wants_gradient ? 2 : 1);
    if (wants_gradient)
        tensor->gradient = arena_take(tape->arena, tape->capacity * columns, sizeof(scalar));
    return tensor;
}

static struct node *next_node(struct tape *tape)
{
    if (tape->nodes == tape->room) {
        size_t room = tape->room == 0 ? 16 : 2 * tape->room;
        struct node *node = arena_take(tape->arena, room, sizeof *node);
        if (tape->nodes != 0)
            memcpy(node, tape->node, tape->nodes * sizeof *node);
        tape->node = node;
        tape->room = room;
    }
    return &tape->node[tape->nodes++];
}

struct tensor *tape_record(struct tape *tape, const struct use *use)
{
    struct node *node = next_node(tape);
    node->operation = use->operation;
    node->settings = use->settings;
    bool wants_gradient = use->parameters != 0;
    for (int i = 0; i < TAPE_INPUTS; i++) {
        node->input[i] = use->input[i];
        wants_gradient |= use->input[i] != NULL && use->input[i]->wants_gradient;
    }
    node->scratch = arena_take(tape->arena, use->scratch, sizeof(scalar));
    tape->activations += use->scratch;
    node->parameters = use->parameters;
    node->sums = use->sums;
    node->rows = use->rows;
    node->first_parameter = tape->parameters;
    node->first_sum = tape->sums;
    tape->parameters += use->parameters;
    tape->sums += use->sums;
    if (use->columns != 0)
        node->output = tape_tensor(tape, use->columns, wants_gradient);
    return node->output;
}

void tape_ready(struct tape *tape)
{
    size_t widest = 0, room = tape->sums > tape->parameters ? tape->sums : tape->parameters;
    if (tape->parameter == NULL)
        tape->parameter = arena_take(tape->arena, room, sizeof(scalar));
    for (size_t i = 0; i < tape->nodes; i++) {
        struct node *node = &tape->node[i];
        node->parameter = tape->parameter + node->first_parameter;
        for (int k = 0; k < TAPE_INPUTS; k++)
            if (node->input[k] != NULL && node->input[k]->columns > widest)
                widest = node->input[k]->columns;
    }
    tape->spare = arena_take(tape->arena, tape->capacity * widest, sizeof(scalar));
    tape->activations += tape->capacity * widest;
}

void tape_predict(struct tape *tape, size_t rows)
{
    for (size_t i = 0; i < tape->nodes; i++)
        if (tape->node[i].output != NULL)
            tape->node[i].operation->forward(tape->team, &tape->node[i], rows);
}

void tape_forward(struct tape *tape, size_t rows)
{
    for (size_t i = 0; i < tape->nodes; i++) {
        tape->node[i].operation->forward(tape->team, &tape->node[i], rows);
        for (int k = 0; k < TAPE_INPUTS; k++)
            if (tape->node[i].input[k] != NULL)
                tape->node[i].input[k]->has_gradient = false;
    }
}

/* Gradients of one input after another, because a second use of a tensor goes through the spare. */
static void node_backward(struct tape *tape, struct node *node, size_t rows)
{
    for (int k = 0; k < TAPE_INPUTS; k++) {
        struct tensor *x = node->input[k];
        if (x == NULL || !x->wants_gradient)
            continue;
        bool again = x->has_gradient;
        node->dx[k] = again ? tape->spare : x->gradient;
        node->operation->backward(tape->team, node, rows);
        node->dx[k] = NULL;
        x->has_gradient = true;
        for (size_t i = 0; again && i < rows * x->columns; i++)
            x->gradient[i] += tape->spare[i];
    }
}

void tape_backward_node(struct tape *tape, size_t i, size_t rows)
{
    struct node *node = &tape->node[i];
    bool reached = node->output == NULL || node->output->has_gradient;
    if (reached && node->operation->backward != NULL)
        node_backward(tape, node, rows);
}

void tape_backward(struct tape *tape, size_t rows)
{
    for (size_t i = tape->nodes; i-- > 0;)
        tape_backward_node(tape, i, rows);
}

size_t tape_node_of(const struct tape *tape, size_t sum)
{
    size_t i = tape->nodes - 1;
    while (i > 0 && (tape->node[i].sums == 0 || tape->node[i].first_sum > sum))
        i--;
    return i;
}

size_t tape_cut(const struct tape *tape, size_t sum)
{
    const struct node *node = &tape->node[tape_node_of(tape, sum)];
    size_t within = sum - node->first_sum;
    return node->first_sum + (node->rows.sum != NULL ? within - within % node->rows.row : 0);
}

void tape_sum_part(struct tape *tape, struct piece piece, size_t first, size_t count, scalar *leaf)
{
    size_t end = first + count;
    for (size_t k = 0; k < tape->nodes; k++) {
        const struct node *node = &tape->node[k];
        size_t from = node->first_sum > first ? node->first_sum : first;
        size_t to = node->first_sum + node->sums < end ? node->first_sum + node->sums : end;
        if (from >= to)
            continue;
        if (to - from == node->sums)
            node->operation->sum(tape->team, node, piece, leaf + (from - first));
        else
            node->rows.sum(tape->team, node, piece, (from - node->first_sum) / node->rows.row,
                           (to - from) / node->rows.row, leaf + (from - first));
    }
}

void tape_sum(struct tape *tape, struct reduction *reduction)
{
    for (size_t i = 0; i < reduction_pieces(reduction); i++) {
        scalar *leaf = reduction_leaf(reduction);
        tape_sum_part(tape, reduction_piece(reduction, i), 0, tape->sums, leaf);
        reduction_push(reduction);
    }
}
