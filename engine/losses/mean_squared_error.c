// SPDX-License-Identifier: MIT
/* Mean squared error; definition in reference/losses/mean_squared_error.h.
 *
 * How it is distributed: the samples are sharded. One number crosses the network, the sum of the
 * samples' squares: within a sample a chain over the outputs, over the samples of a canonical block
 * a chain, then the fixed tree over the blocks.
 */
#include "../operations.h"
#include "../techniques.h"

#include <string.h>

/* Scratch of `rows` samples: the squares, and the differences of every output. */
size_t mean_squared_error_scratch(size_t rows, size_t K)
{
    return rows + rows * K;
}

static void forward(const struct team *team, const struct node *node, size_t rows)
{
    const struct mean_squared_error_settings *settings = node->settings;
    size_t K = node->input[0]->columns;
    const scalar *y = node->input[0]->value;
    scalar *square = node->scratch, *difference = square + rows;
    for (size_t i = 0; i < rows * K; i++)
        difference[i] = y[i] - settings->target[i];
    team_row_products(team, rows, K, difference, difference, square);
}

static void backward(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    const struct mean_squared_error_settings *settings = node->settings;
    const scalar *difference = node->scratch + rows;
    const scalar factor = 2 * settings->f / settings->W;
    scalar *dy = node->dx[0];
    for (size_t i = 0; i < rows * node->input[0]->columns; i++)
        dy[i] = factor * difference[i] * settings->dloss;
}

static void sum(const struct team *team, const struct node *node, struct piece piece, scalar *leaf)
{
    (void)team;
    for (size_t n = piece.first; n < piece.first + piece.count; n++)
        leaf[0] += node->scratch[n];
}

const struct operation mean_squared_error_operation = {"mean_squared_error", forward, backward,
                                                       sum};

void mean_squared_error_run(struct question *q)
{
    static const char *const reductions[] = {"mean", "sum", "mean_of_sums", NULL};
    static const char *const no_yes[] = {"no", "yes", NULL};
    const scalar *y = question_input(q, "y", "[N]K");
    size_t rows = question_part(q, 'N'), N = question_size(q, 'N'), K = question_size(q, 'K');
    const scalar W[] = {(scalar)(N * K), 1, (scalar)N};
    struct mean_squared_error_settings settings = {
        .target = question_input(q, "t", "[N]K"),
        .f = question_choice(q, "half", no_yes) == 1 ? (scalar)0.5 : 1,
        .W = W[question_choice(q, "reduction", reductions)],
        .dloss = question_has(q, "dloss") ? question_input(q, "dloss", "")[0] : 1};
    if (settings.W == 0)
        question_refuse(q, "its 'y' has no elements, so its mean is 0 / 0; give at least one");

    struct tape *tape = tape_create(question_arena(q), question_team(q), rows);
    struct tensor *in = tape_tensor(tape, K, true);
    tape_record(tape, &(struct use){.operation = &mean_squared_error_operation,
                                    .settings = &settings,
                                    .input = {in},
                                    .sums = 1,
                                    .scratch = mean_squared_error_scratch(rows, K)});
    tape_ready(tape);
    memcpy(in->value, y, rows * K * sizeof *y);
    tape_forward(tape, rows);
    tape_backward(tape, rows);
    scalar *loss = question_output(q, "loss", "");
    struct reduction *over_samples = question_sum(q, 'N', 1);
    tape_sum(tape, over_samples);
    reduction_finish(over_samples, loss);
    loss[0] = settings.f * loss[0] / settings.W;
    memcpy(question_output(q, "dy", "[N]K"), in->gradient, rows * K * sizeof *y);
}
