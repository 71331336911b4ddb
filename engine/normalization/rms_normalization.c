// SPDX-License-Identifier: MIT
/* RMS normalisation; definition in reference/normalization/rms_normalization.h.
 *
 * How it is distributed: the samples are sharded, with all their positions and features: y and dx
 * need nothing from other ranks. dw crosses the network: of every feature one chain through the
 * samples and positions of each canonical block, then the fixed tree over the blocks.
 */
#include "../operations.h"
#include "normalization.h"

#include <string.h>

struct settings {
    size_t T, C;
    struct smoothing smoothing;
    bool one_plus;
};

/* Scratch: of each position x_hat (C), and then the divisor and the root. */
static scalar *kept_of(const struct node *node, size_t position)
{
    const struct settings *is = node->settings;
    return node->scratch + position * (is->C + 2);
}

static scalar factor(const struct node *node, size_t c)
{
    const struct settings *is = node->settings;
    return is->one_plus ? 1 + node->parameter[c] : node->parameter[c];
}

static void forward(const struct team *team, const struct node *node, size_t rows)
{
    const struct settings *is = node->settings;
    const size_t C = is->C;
    for (size_t m = 0; m < rows * is->T; m++) {
        const scalar *x = node->input[0]->value + m * C;
        scalar *y = node->output->value + m * C, *x_hat = kept_of(node, m), squares;
        team_row_products(team, 1, C, x, x, &squares);
        x_hat[C] = smoothing_divisor(&is->smoothing, squares / (scalar)C, &x_hat[C + 1]);
        for (size_t c = 0; c < C; c++) {
            x_hat[c] = x[c] / x_hat[C];
            y[c] = factor(node, c) * x_hat[c];
        }
    }
}

static void backward(const struct team *team, const struct node *node, size_t rows)
{
    const struct settings *is = node->settings;
    const size_t C = is->C;
    for (size_t m = 0; m < rows * is->T; m++) {
        const scalar *x = node->input[0]->value + m * C, *dy = node->output->gradient + m * C;
        const scalar *x_hat = kept_of(node, m), s = x_hat[C], root = x_hat[C + 1];
        scalar *dx = node->dx[0] + m * C, b;
        for (size_t c = 0; c < C; c++)
            dx[c] = factor(node, c) * dy[c];
        team_row_products(team, 1, C, dx, x_hat, &b);
        b /= (scalar)C;
        for (size_t c = 0; c < C; c++)
            dx[c] = (dx[c] - (root > 0 ? x[c] / root : 0) * b) / s;
    }
}

static void sum(const struct team *team, const struct node *node, struct piece piece, scalar *leaf)
{
    const struct settings *is = node->settings;
    for (size_t m = piece.first * is->T; m < (piece.first + piece.count) * is->T; m++)
        team->kernels->multiply_add(is->C, leaf, node->output->gradient + m * is->C,
                                    kept_of(node, m));
}

static const struct operation operation = {"rms_normalization", forward, backward, sum};

void rms_normalization_run(struct question *q)
{
    static const char *const weights[] = {"plain", "one_plus", NULL};
    const bool is_sequence = question_axes(q, "x") == 3;
    const char *shape = is_sequence ? "[N]TC" : "[N]C";
    const scalar *x = question_input(q, "x", shape);
    struct settings is = {.T = is_sequence ? question_size(q, 'T') : 1, .C = question_size(q, 'C')};
    const size_t rows = question_part(q, 'N'), width = is.T * is.C;
    const size_t bytes = rows * width * sizeof *x;
    if (question_size(q, 'N') * width == 0)
        question_refuse(q, "its input 'x' is empty; give every axis at least one element");
    is.one_plus = question_choice(q, "weight", weights) == 1 && question_has(q, "w");
    is.smoothing = smoothing_read(q, (scalar)1e-5);
    struct tape *tape = tape_create(question_arena(q), question_team(q), rows);
    struct tensor *in = tape_tensor(tape, width, true);
    struct tensor *out = tape_record(tape, &(struct use){.operation = &operation,
                                                         .settings = &is,
                                                         .input = {in},
                                                         .columns = width,
                                                         .parameters = is.C,
                                                         .sums = is.C,
                                                         .scratch = rows * is.T * (is.C + 2)});
    tape_ready(tape);
    memcpy(in->value, x, bytes);
    memcpy(tape->parameter, maps_parameter(q, "w", 1), is.C * sizeof *x);
    tape_forward(tape, rows);
    smoothing_demand(q, tape->node[0].scratch + is.C, rows * is.T, is.C + 2);
    memcpy(question_output(q, "y", shape), out->value, bytes);
    if (!question_has(q, "dy"))
        return;
    memcpy(out->gradient, question_input(q, "dy", shape), bytes);
    out->has_gradient = true;
    tape_backward(tape, rows);
    memcpy(question_output(q, "dx", shape), in->gradient, bytes);
    if (!question_has(q, "w"))
        return;
    struct reduction *over_samples = question_sum(q, 'N', is.C);
    tape_sum(tape, over_samples);
    reduction_finish(over_samples, question_output(q, "dw", "C"));
}
