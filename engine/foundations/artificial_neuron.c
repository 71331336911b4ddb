// SPDX-License-Identifier: MIT
/* Artificial neuron; definition in reference/foundations/artificial_neuron.h.
 *
 * How it is distributed: the samples are sharded; every rank holds w and b. z is a chain over the
 * features from b, on the sample's own rank. dw and db cross the network: a chain over the samples
 * of each canonical block, then the fixed tree over the blocks.
 */
#include "../operations.h"
#include "../techniques.h"

#include <string.h>

static void forward(const struct team *team, const struct node *node, size_t rows)
{
    size_t I = node->input[0]->columns;
    const scalar *w = node->parameter;
    scalar *z = node->output->value;
    for (size_t n = 0; n < rows; n++)
        z[n] = w[I]; /* the bias */
    team_product(team, false, false, rows, 1, I, node->input[0]->value, I, w, 1, z, 1);
}

static void backward(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    size_t I = node->input[0]->columns;
    for (size_t n = 0; n < rows; n++)
        for (size_t i = 0; i < I; i++)
            node->dx[0][n * I + i] = node->output->gradient[n] * node->parameter[i];
}

static void sum(const struct team *team, const struct node *node, struct piece piece, scalar *leaf)
{
    size_t I = node->input[0]->columns;
    const scalar *x = node->input[0]->value, *dz = node->output->gradient;
    for (size_t n = piece.first; n < piece.first + piece.count; n++) {
        team->kernels->scale_add(I, leaf, dz[n], x + n * I);
        leaf[I] += dz[n];
    }
}

static const struct operation net_input_operation = {"net_input", forward, backward, sum};

static void step_forward(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    for (size_t n = 0; n < rows; n++)
        node->output->value[n] = node->input[0]->value[n] >= 0;
}

static void step_backward(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    memset(node->dx[0], 0, rows * sizeof(scalar));
}

static const struct operation step_operation = {"step", step_forward, step_backward, NULL};

/* Inputs x, w, b; records z and a, which is z for the identity. */
static struct tape *build(struct question *q, struct tensor **x, struct tensor **z,
                          struct tensor **a)
{
    static const char *const names[] = {"identity", "sigmoid", "tanh", "relu", "step", NULL};
    static const struct operation *const operations[] = {NULL, &sigmoid_operation, &tanh_operation,
                                                         &relu_operation, &step_operation};
    const scalar *input = question_input(q, "x", "[N]I"), *w = question_input(q, "w", "I");
    size_t rows = question_part(q, 'N'), I = question_size(q, 'I');
    const struct operation *activation = operations[question_choice(q, "activation", names)];
    struct tape *tape = tape_create(question_arena(q), question_team(q), rows);
    *x = tape_tensor(tape, I, true);
    *z = tape_record(tape, &(struct use){.operation = &net_input_operation,
                                         .input = {*x},
                                         .columns = 1,
                                         .parameters = I + 1,
                                         .sums = I + 1});
    *a = *z;
    if (activation != NULL)
        *a = tape_record(tape, &(struct use){.operation = activation, .input = {*z}, .columns = 1});
    tape_ready(tape);
    memcpy((*x)->value, input, rows * I * sizeof *input);
    memcpy(tape->parameter, w, I * sizeof *w);
    tape->parameter[I] = question_input(q, "b", "")[0];
    return tape;
}

void artificial_neuron_run(struct question *q)
{
    struct tensor *x, *z, *a;
    struct tape *tape = build(q, &x, &z, &a);
    size_t rows = question_part(q, 'N'), I = question_size(q, 'I'), bytes = rows * sizeof(scalar);
    tape_forward(tape, rows);
    memcpy(question_output(q, "z", "[N]"), z->value, bytes);
    memcpy(question_output(q, "a", "[N]"), a->value, bytes);
    if (!question_has(q, "da"))
        return;
    memcpy(a->gradient, question_input(q, "da", "[N]"), bytes);
    a->has_gradient = true;
    tape_backward(tape, rows);
    scalar *total = question_scratch(q, I + 1);
    struct reduction *over_samples = question_sum(q, 'N', I + 1);
    tape_sum(tape, over_samples);
    reduction_finish(over_samples, total);
    memcpy(question_output(q, "dz", "[N]"), z->gradient, bytes);
    memcpy(question_output(q, "dx", "[N]I"), x->gradient, I * bytes);
    memcpy(question_output(q, "dw", "I"), total, I * sizeof *total);
    question_output(q, "db", "")[0] = total[I];
}
