// SPDX-License-Identifier: MIT
/* Sigmoid linear unit; definition in reference/activations/silu.h.
 *
 * How it is distributed: the samples are sharded; every rank holds beta. y and dx need nothing from
 * other ranks. dbeta crosses the network: a chain of additions over the values of each sample, then
 * a chain over the samples of each canonical block, then the fixed tree over the blocks (reduce.h).
 */
#include "activation.h"

#include <string.h>

/* The gates s(t) and s(-t) of all rows are kept for the backward pass, behind each other;
 * `capacity` tells the place of the second one, however many rows a step has. */
static struct gates {
    scalar *s, *c;
} gates_of(const struct node *node)
{
    const struct silu_settings *settings = node->settings;
    return (struct gates){node->scratch,
                          node->scratch + settings->capacity * node->output->columns};
}

static void forward(const struct team *team, const struct node *node, size_t rows)
{
    const scalar *x = node->input[0]->value, beta = node->parameter[0];
    size_t n = rows * node->output->columns;
    scalar *y = node->output->value, *s = gates_of(node).s, *c = gates_of(node).c;
    for (size_t i = 0; i < n; i++)
        c[i] = -scalar_absolute(beta * x[i]);
    team->kernels->exponential(n, c, c);
    for (size_t i = 0; i < n; i++) {
        scalar large = 1 / (1 + c[i]), small = c[i] / (1 + c[i]);
        bool negative = beta * x[i] < 0;
        s[i] = negative ? small : large;
        c[i] = negative ? large : small;
        y[i] = x[i] * s[i];
    }
}

static void backward(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    const scalar *x = node->input[0]->value, *dy = node->output->gradient;
    size_t n = rows * node->output->columns;
    const scalar *s = gates_of(node).s, *c = gates_of(node).c, beta = node->parameter[0];
    scalar *dx = node->dx[0];
    for (size_t i = 0; i < n; i++) {
        scalar t = beta * x[i];
        dx[i] = dy[i] * (s[i] * (1 + t * c[i]));
    }
}

static void sum(const struct team *team, const struct node *node, struct piece piece, scalar *leaf)
{
    (void)team;
    size_t C = node->output->columns;
    const scalar *x = node->input[0]->value, *dy = node->output->gradient;
    const scalar *s = gates_of(node).s, *c = gates_of(node).c;
    for (size_t n = piece.first; n < piece.first + piece.count; n++) {
        scalar of_sample = 0;
        for (size_t i = n * C; i < (n + 1) * C; i++)
            of_sample += dy[i] * ((x[i] * x[i]) * (s[i] * c[i]));
        leaf[0] += of_sample;
    }
}

const struct operation silu_operation = {"silu", forward, backward, sum};

void silu_run(struct question *q)
{
    const scalar *x = question_input(q, "x", "[N]C");
    const scalar *beta = question_has(q, "beta") ? question_input(q, "beta", "") : NULL;
    const scalar *dy = question_has(q, "dy") ? question_input(q, "dy", "[N]C") : NULL;
    size_t rows = question_part(q, 'N'), C = question_size(q, 'C'), bytes = rows * C * sizeof *x;

    struct tape *tape = tape_create(question_arena(q), question_team(q), rows);
    struct tensor *in = tape_tensor(tape, C, true);
    struct tensor *out = tape_record(tape, &(struct use){.operation = &silu_operation,
                                                         .settings = &(struct silu_settings){rows},
                                                         .input = {in},
                                                         .columns = C,
                                                         .parameters = 1,
                                                         .sums = 1,
                                                         .scratch = 2 * rows * C});
    tape_ready(tape);
    memcpy(in->value, x, bytes);
    tape->parameter[0] = beta != NULL ? *beta : 1;
    tape_forward(tape, rows);
    memcpy(question_output(q, "y", "[N]C"), out->value, bytes);
    if (dy == NULL)
        return;
    memcpy(out->gradient, dy, bytes);
    out->has_gradient = true;
    tape_backward(tape, rows);
    memcpy(question_output(q, "dx", "[N]C"), in->gradient, bytes);
    if (beta == NULL)
        return;
    struct reduction *over_samples = question_sum(q, 'N', 1);
    tape_sum(tape, over_samples);
    reduction_finish(over_samples, question_output(q, "dbeta", ""));
}
