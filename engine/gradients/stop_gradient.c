// SPDX-License-Identifier: MIT
/* Stop-gradient; definition in reference/gradients/stop_gradient.h.
 *
 * How it is distributed: the samples are sharded; every rank holds u and v, whose gradients cross
 * the network in one sum: chains over each canonical block, then the fixed tree. Where the graph is
 * cut stands an operation without a backward pass, so the tape reaches nothing behind it.
 */
#include "../operations.h"
#include "../techniques.h"

#include <string.h>

enum { NOTHING, GATE, VALUE, INPUT, OUTPUT };

static void copy(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    memcpy(node->output->value, node->input[0]->value,
           rows * node->output->columns * sizeof(scalar));
}

static const struct operation stop_operation = {"stop", copy, NULL, NULL};

static void multiply(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    const scalar *a = node->input[0]->value, *b = node->input[1]->value;
    for (size_t i = 0; i < rows * node->output->columns; i++)
        node->output->value[i] = a[i] * b[i];
}

static void multiply_backward(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    const scalar *dy = node->output->gradient;
    for (int k = 0; k < 2; k++)
        for (size_t i = 0; node->dx[k] != NULL && i < rows * node->output->columns; i++)
            node->dx[k][i] = dy[i] * node->input[1 - k]->value[i];
}

static const struct operation multiply_operation = {"multiply", multiply, multiply_backward, NULL};

static struct tensor *one_input(struct tape *tape, const struct operation *f, struct tensor *x)
{
    return tape_record(tape, &(struct use){.operation = f, .input = {x}, .columns = x->columns});
}

/* f(x w), detached or not. */
static struct tensor *branch(struct tape *tape, struct tensor *x, const struct operation *f,
                             size_t H, bool detached)
{
    const size_t count = x->columns * H + H;
    struct tensor *z = tape_record(tape, &(struct use){.operation = &dense_layer_operation,
                                                       .input = {x},
                                                       .columns = H,
                                                       .parameters = count,
                                                       .sums = count});
    z = one_input(tape, f, z);
    return detached ? one_input(tape, &stop_operation, z) : z;
}

void stop_gradient_run(struct question *q)
{
    static const char *const names[] = {"none", "gate", "value", "input", "output", NULL};
    const int detach = question_choice(q, "detach", names);
    const scalar *x = question_input(q, "x", "[N]I"), *u = question_input(q, "u", "IH");
    const scalar *v = question_input(q, "v", "IH"), *dy = question_input(q, "dy", "[N]H");
    const size_t rows = question_part(q, 'N'), I = question_size(q, 'I'), H = question_size(q, 'H');
    struct tape *tape = tape_create(question_arena(q), question_team(q), rows);
    struct tensor *in = tape_tensor(tape, I, true), *seen = in;
    if (detach == INPUT)
        seen = one_input(tape, &stop_operation, in);
    struct tensor *a = branch(tape, seen, &tanh_operation, H, detach == VALUE);
    struct tensor *b = branch(tape, seen, &sigmoid_operation, H, detach == GATE);
    struct tensor *y = tape_record(tape, &(struct use){.operation = &multiply_operation,
                                                       .input = {a, b},
                                                       .columns = H}),
                  *out = detach == OUTPUT ? one_input(tape, &stop_operation, y) : y;
    tape_ready(tape);
    memcpy(in->value, x, rows * I * sizeof *x);
    memcpy(tape->parameter, u, I * H * sizeof *u);
    memcpy(tape->parameter + I * H + H, v, I * H * sizeof *v);
    tape_forward(tape, rows);
    memcpy(question_output(q, "y", "[N]H"), out->value, rows * H * sizeof *x);
    memcpy(out->gradient, dy, rows * H * sizeof *dy);
    out->has_gradient = true;
    tape_backward(tape, rows);
    scalar *total = question_scratch(q, tape->sums);
    struct reduction *over_samples = question_sum(q, 'N', tape->sums);
    tape_sum(tape, over_samples);
    reduction_finish(over_samples, total);
    memcpy(question_output(q, "gradient_x", "[N]I"), in->gradient, rows * I * sizeof *x);
    memcpy(question_output(q, "gradient_u", "IH"), total, I * H * sizeof *u);
    memcpy(question_output(q, "gradient_v", "IH"), total + I * H + H, I * H * sizeof *v);
}
