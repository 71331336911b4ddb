// SPDX-License-Identifier: MIT
/* Dense layer; definition in reference/foundations/dense_layer.h.
 *
 * How it is distributed: the samples are sharded; every rank holds w and b. y and dx need nothing
 * from other ranks: each row is a chain over the features in order, y starting from b, dx from 0.
 * dw and db cross the network: a chain over the samples of each canonical block from 0, then the
 * fixed tree over the blocks (reduce.h).
 */
#include "../operations.h"
#include "../techniques.h"

#include <string.h>

static void forward(const struct team *team, const struct node *node, size_t rows)
{
    size_t I = node->input[0]->columns, O = node->output->columns;
    const scalar *w = node->parameter, *b = w + I * O;
    scalar *y = node->output->value;
    for (size_t n = 0; n < rows; n++)
        memcpy(y + n * O, b, O * sizeof *y);
    team_product(team, false, false, rows, O, I, node->input[0]->value, I, w, O, y, O);
}

static void backward(const struct team *team, const struct node *node, size_t rows)
{
    size_t I = node->input[0]->columns, O = node->output->columns;
    scalar *dx = node->dx[0];
    memset(dx, 0, rows * I * sizeof *dx);
    team_product(team, false, true, rows, I, O, node->output->gradient, O, node->parameter, O, dx,
                 I);
}

void dense_layer_sum_rows(const struct team *team, const struct node *node, struct piece piece,
                          size_t first, size_t count, scalar *leaf)
{
    size_t I = node->input[0]->columns, O = node->output->columns;
    size_t weights = first + count <= I ? count : I - first;
    const scalar *x = node->input[0]->value + piece.first * I + first;
    const scalar *dy = node->output->gradient + piece.first * O;
    team_product(team, true, false, weights, O, piece.count, x, I, dy, O, leaf, O);
    scalar *db = leaf + weights * O;
    for (size_t n = 0; weights < count && n < piece.count; n++)
        for (size_t o = 0; o < O; o++)
            db[o] += dy[n * O + o];
}

static void sum(const struct team *team, const struct node *node, struct piece piece, scalar *leaf)
{
    dense_layer_sum_rows(team, node, piece, 0, node->input[0]->columns + 1, leaf);
}

const struct operation dense_layer_operation = {"dense_layer", forward, backward, sum};

void dense_layer_run(struct question *q)
{
    const scalar *x = question_input(q, "x", "[N]I");
    const scalar *w = question_input(q, "w", "IO");
    const scalar *b = question_has(q, "b") ? question_input(q, "b", "O") : NULL;
    const scalar *dy = question_has(q, "dy") ? question_input(q, "dy", "[N]O") : NULL;
    size_t rows = question_part(q, 'N'), I = question_size(q, 'I'), O = question_size(q, 'O');

    struct tape *tape = tape_create(question_arena(q), question_team(q), rows);
    struct tensor *in = tape_tensor(tape, I, true);
    struct tensor *out = tape_record(tape, &(struct use){.operation = &dense_layer_operation,
                                                         .input = {in},
                                                         .columns = O,
                                                         .parameters = I * O + O,
                                                         .sums = I * O + O});
    tape_ready(tape);
    memcpy(in->value, x, rows * I * sizeof *x);
    memcpy(tape->parameter, w, I * O * sizeof *w);
    if (b != NULL)
        memcpy(tape->parameter + I * O, b, O * sizeof *b);
    tape_forward(tape, rows);
    memcpy(question_output(q, "y", "[N]O"), out->value, rows * O * sizeof *x);
    if (dy == NULL)
        return;
    memcpy(out->gradient, dy, rows * O * sizeof *dy);
    out->has_gradient = true;
    tape_backward(tape, rows);
    scalar *total = question_scratch(q, tape->sums);
    struct reduction *over_samples = question_sum(q, 'N', tape->sums);
    tape_sum(tape, over_samples);
    reduction_finish(over_samples, total);
    memcpy(question_output(q, "dx", "[N]I"), in->gradient, rows * I * sizeof *x);
    memcpy(question_output(q, "dw", "IO"), total, I * O * sizeof *w);
    memcpy(question_output(q, "db", "O"), total + I * O, O * sizeof *total);
}
