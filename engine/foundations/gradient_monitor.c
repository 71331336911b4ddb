// SPDX-License-Identifier: MIT
/* Gradient monitor; definition in reference/foundations/gradient_monitor.h.
 *
 * How it is distributed: the samples are sharded; every rank holds all parameters. In each step all
 * gradients and the loss cross the network in one sum, a chain over the samples of each canonical
 * block and then the fixed tree over the blocks. Every rank takes the norms and the step itself.
 */
#include "perceptron_case.h"

#include <string.h>

/* Puts this rank's samples into the network, for a mean over all of them. */
static void load(struct question *q, struct perceptron *net, const scalar *x)
{
    const size_t rows = question_part(q, 'N'), K = net->output->columns;
    const char last[] = {'[', 'N', ']', (char)('A' + (int)net->shape.layers), '\0'};
    memcpy(net->input->value, x, rows * net->input->columns * sizeof *x);
    if (net->shape.has_targets)
        memcpy(net->target, question_input(q, "targets", last), rows * K * sizeof *x);
    else
        memcpy(net->labels, question_integers(q, "labels", "[N]", 0, (int)K - 1),
               rows * sizeof *net->labels);
    perceptron_set_mean(net, question_size(q, 'N'));
}

/* The norms (L) of the gradients; the biases of a layer stand behind its weights. */
static void measure(const struct team *team, const struct perceptron *net, const scalar *gradient,
                    bool with_biases, scalar *norm)
{
    for (size_t l = 0; l < net->shape.layers; l++) {
        const size_t I = net->shape.size[l], O = net->shape.size[l + 1];
        const scalar *own = gradient + net->w[l];
        team_row_products(team, 1, I * O + (with_biases ? O : 0), own, own, &norm[l]);
        norm[l] = scalar_sqrt(norm[l]);
    }
}

void gradient_monitor_run(struct question *q)
{
    static const char *const of[] = {"weights", "layer", NULL};
    const scalar *x;
    const struct team *team = question_team(q);
    const bool with_biases = question_choice(q, "of", of) == 1;
    const struct perceptron_shape shape = perceptron_case_shape(q, "[N]A", &x);
    const size_t rows = question_part(q, 'N'), L = shape.layers;
    const size_t S = question_count(q, "steps", 1, 1 << 16);
    const scalar rate = question_number(q, "rate"), high = question_number_or(q, "exploded", 1000);
    const scalar low = question_number_or(q, "vanished", (scalar)0x1p-20);
    if (!(rate >= 0))
        question_refuse(q, "its number 'rate' is negative");
    if (!(low <= high))
        question_refuse(q, "its number 'vanished' is above 'exploded'");
    struct perceptron *net = perceptron_create(question_arena(q), team, &shape, rows, false);
    perceptron_case_parameters(q, net);
    load(q, net, x);
    question_bind(q, 'S', S);
    question_bind(q, 'L', L);
    scalar *loss = question_output(q, "loss", "S"), *norm = question_output(q, "norm", "SL");
    scalar *flag = question_output(q, "flag", "SL");
    scalar *total = question_scratch(q, net->tape->sums);
    struct reduction *over_samples = question_sum(q, 'N', net->tape->sums);
    for (size_t s = 0; s < S; s++) {
        tape_forward(net->tape, rows);
        tape_backward(net->tape, rows);
        tape_sum(net->tape, over_samples);
        reduction_finish(over_samples, total);
        loss[s] = perceptron_loss(net, total[net->tape->parameters]);
        measure(team, net, total, with_biases, norm + s * L);
        for (size_t p = 0; p < net->tape->parameters; p++)
            net->tape->parameter[p] = net->tape->parameter[p] - rate * total[p];
    }
    for (size_t i = 0; i < S * L; i++)
        flag[i] = norm[i] > high ? 1 : norm[i] < low ? -1 : 0;
}
