// SPDX-License-Identifier: MIT
/* Residual block; definition in reference/gradients/residual_block.h.
 *
 * How it is distributed: the samples are sharded; every rank holds all weights. Forward and
 * backward touch each sample alone. dw1, db1, dw2 and db2 cross the network together: chains over
 * the samples of each canonical block, then the fixed tree over the blocks. The tape adds the
 * gradients of the shortcut and of the branch, since x is used twice.
 */
#include "../operations.h"
#include "../techniques.h"

#include <string.h>

static void forward(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    const struct shortcut_settings *is = node->settings;
    const scalar *x = node->input[0]->value, *r = node->input[1]->value;
    for (size_t i = 0; i < rows * node->output->columns; i++)
        node->output->value[i] = x[i] + is->scale * r[i];
}

static void backward(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    const struct shortcut_settings *is = node->settings;
    const scalar *dy = node->output->gradient;
    for (size_t i = 0; i < rows * node->output->columns; i++) {
        if (node->dx[0] != NULL)
            node->dx[0][i] = dy[i];
        if (node->dx[1] != NULL)
            node->dx[1][i] = is->scale * dy[i];
    }
}

const struct operation shortcut_operation = {"shortcut", forward, backward, NULL};

static struct tensor *dense(struct tape *tape, struct tensor *x, size_t I, size_t O)
{
    return tape_record(tape, &(struct use){.operation = &dense_layer_operation,
                                           .input = {x},
                                           .columns = O,
                                           .parameters = I * O + O,
                                           .sums = I * O + O});
}

static struct tensor *bend(struct tape *tape, const struct operation *f, struct tensor *x)
{
    return tape_record(tape, &(struct use){.operation = f, .input = {x}, .columns = x->columns});
}

/* Copies the parameters from the case in the order of recording, or the sums into outputs. */
static void parameters(struct question *q, scalar *place, size_t D, size_t H)
{
    memcpy(place, question_input(q, "w1", "DH"), D * H * sizeof *place);
    memcpy(place + D * H, question_input(q, "b1", "H"), H * sizeof *place);
    memcpy(place + D * H + H, question_input(q, "w2", "HD"), D * H * sizeof *place);
    memcpy(place + 2 * D * H + H, question_input(q, "b2", "D"), D * sizeof *place);
}

static void answers(struct question *q, const scalar *total, size_t D, size_t H)
{
    memcpy(question_output(q, "dw1", "DH"), total, D * H * sizeof *total);
    memcpy(question_output(q, "db1", "H"), total + D * H, H * sizeof *total);
    memcpy(question_output(q, "dw2", "HD"), total + D * H + H, D * H * sizeof *total);
    memcpy(question_output(q, "db2", "D"), total + 2 * D * H + H, D * sizeof *total);
}

void residual_block_run(struct question *q)
{
    static const char *const names[] = {"tanh", "relu", "sigmoid", NULL};
    static const struct operation *const curves[] = {&tanh_operation, &relu_operation,
                                                     &sigmoid_operation};
    static const char *const orders[] = {"plain", "pre", "post", NULL};
    enum { PRE = 1, POST };
    const int order = question_choice(q, "order", orders);
    const struct operation *f = curves[question_choice(q, "activation", names)];
    struct shortcut_settings settings = {question_number_or(q, "scale", 1)};
    if (!(settings.scale >= 0))
        question_refuse(q, "its number 'scale' must not be below 0");
    const scalar *x = question_input(q, "x", "[N]D");
    question_input(q, "w1", "DH");
    const size_t rows = question_part(q, 'N'), D = question_size(q, 'D'), H = question_size(q, 'H');
    struct tape *tape = tape_create(question_arena(q), question_team(q), rows);
    struct tensor *in = tape_tensor(tape, D, true);
    struct tensor *r = dense(tape, order == PRE ? bend(tape, f, in) : in, D, H);
    r = dense(tape, bend(tape, f, r), H, D);
    struct tensor *out = tape_record(tape, &(struct use){.operation = &shortcut_operation,
                                                         .settings = &settings,
                                                         .input = {in, r},
                                                         .columns = D});
    if (order == POST)
        out = bend(tape, f, out);
    tape_ready(tape);
    parameters(q, tape->parameter, D, H);
    memcpy(in->value, x, rows * D * sizeof *x);
    tape_forward(tape, rows);
    memcpy(question_output(q, "y", "[N]D"), out->value, rows * D * sizeof *x);
    memcpy(out->gradient, question_input(q, "dy", "[N]D"), rows * D * sizeof *x);
    out->has_gradient = true;
    tape_backward(tape, rows);
    scalar *total = question_scratch(q, tape->sums);
    struct reduction *over_samples = question_sum(q, 'N', tape->sums);
    tape_sum(tape, over_samples);
    reduction_finish(over_samples, total);
    memcpy(question_output(q, "dx", "[N]D"), in->gradient, rows * D * sizeof *x);
    answers(q, total, D, H);
}
