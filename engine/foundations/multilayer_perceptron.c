// SPDX-License-Identifier: MIT
/* Multilayer perceptron; definition in reference/foundations/multilayer_perceptron.h.
 *
 * How it is distributed: the samples are sharded; every rank holds all parameters. Outputs and dx
 * need nothing from other ranks. What crosses the network, in one sum: all dw and db and the sum of
 * the samples' losses: a chain over the samples of each canonical block, then the fixed tree over
 * the blocks.
 */
#include "perceptron_case.h"

#include <string.h>

/* Reads labels or targets. */
static void read_answers(struct question *q, struct perceptron *net)
{
    size_t rows = question_part(q, 'N'), K = net->output->columns;
    if (net->shape.has_targets) {
        char shape[] = {'[', 'N', ']', (char)('A' + (int)net->shape.layers), '\0'};
        const scalar *targets = question_input(q, "targets", shape);
        memcpy(net->target, targets, rows * K * sizeof *targets);
    } else {
        const int *labels = question_integers(q, "labels", "[N]", 0, (int)K - 1);
        memcpy(net->labels, labels, rows * sizeof *labels);
    }
    perceptron_set_mean(net, question_size(q, 'N'));
}

void multilayer_perceptron_run(struct question *q)
{
    const scalar *x;
    struct perceptron_shape shape = perceptron_case_shape(q, "[N]A", &x);
    size_t rows = question_part(q, 'N'), last = shape.layers;
    struct perceptron *net =
        perceptron_create(question_arena(q), question_team(q), &shape, rows, true);
    perceptron_case_parameters(q, net);
    read_answers(q, net);
    memcpy(net->input->value, x, rows * shape.size[0] * sizeof *x);

    size_t P = net->tape->parameters;
    scalar *total = question_scratch(q, net->tape->sums);
    struct reduction *over_samples = question_sum(q, 'N', net->tape->sums);
    tape_forward(net->tape, rows);
    tape_backward(net->tape, rows);
    tape_sum(net->tape, over_samples);
    reduction_finish(over_samples, total);

    char letters[] = {'[', 'N', ']', (char)('A' + (int)last), '\0'};
    memcpy(question_output(q, "output", letters), net->output->value,
           rows * shape.size[last] * sizeof *total);
    question_output(q, "loss", "")[0] = perceptron_loss(net, total[P]);
    memcpy(question_output(q, "dx", "[N]A"), net->input->gradient,
           rows * shape.size[0] * sizeof *total);
    struct perceptron_outputs outputs = perceptron_case_outputs(q, net, "d", "", 0);
    perceptron_case_record(net, &outputs, 0, total);
}
