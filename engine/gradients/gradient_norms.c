// SPDX-License-Identifier: MIT
/* Gradient norms by depth; definition in reference/gradients/gradient_norms.h.
 *
 * How it is distributed: the samples are sharded; every rank holds all parameters. What crosses the
 * network, in one sum: all dw and db and the sum of the samples' losses, a chain over the samples
 * of each canonical block and then the fixed tree over the blocks. Every rank has all gradients
 * afterwards, and takes their norms in the order in which they are stored.
 */
#include "../foundations/perceptron_case.h"

#include <string.h>

/* Reads labels or targets of this rank's samples, for a mean over all of them. */
static void read_answers(struct question *q, struct perceptron *net)
{
    const size_t rows = question_part(q, 'N'), K = net->output->columns;
    if (question_size(q, 'N') == 0)
        question_refuse(q, "it has no samples, so its mean loss is 0 / 0; give at least one");
    if (net->shape.has_targets) {
        const char last[] = {'[', 'N', ']', (char)('A' + (int)net->shape.layers), '\0'};
        memcpy(net->target, question_input(q, "targets", last), rows * K * sizeof(scalar));
    } else {
        memcpy(net->labels, question_integers(q, "labels", "[N]", 0, (int)K - 1),
               rows * sizeof *net->labels);
    }
    perceptron_set_mean(net, question_size(q, 'N'));
}

void gradient_norms_run(struct question *q)
{
    static const char *const of[] = {"weights", "layer", NULL};
    const scalar *x;
    const struct team *team = question_team(q);
    const bool with_biases = question_choice(q, "of", of) == 1;
    const struct perceptron_shape shape = perceptron_case_shape(q, "[N]A", &x);
    const size_t rows = question_part(q, 'N'), L = shape.layers;
    struct perceptron *net = perceptron_create(question_arena(q), team, &shape, rows, false);
    perceptron_case_parameters(q, net);
    read_answers(q, net);
    memcpy(net->input->value, x, rows * shape.size[0] * sizeof *x);

    scalar *total = question_scratch(q, net->tape->sums);
    struct reduction *over_samples = question_sum(q, 'N', net->tape->sums);
    tape_forward(net->tape, rows);
    tape_backward(net->tape, rows);
    tape_sum(net->tape, over_samples);
    reduction_finish(over_samples, total);

    question_bind(q, 'L', L);
    question_output(q, "loss", "")[0] = perceptron_loss(net, total[net->tape->parameters]);
    scalar *norm = question_output(q, "norm", "L");
    for (size_t l = 0; l < L; l++) {
        /* The biases of a layer stand behind its weights. */
        const size_t I = shape.size[l], O = shape.size[l + 1];
        const scalar *gradient = total + net->w[l];
        team_row_products(team, 1, I * O + (with_biases ? O : 0), gradient, gradient, &norm[l]);
        norm[l] = scalar_sqrt(norm[l]);
    }
    if (norm[L - 1] == 0) /* the same on every rank */
        question_refuse(q, "its last layer has no gradient, so the ratio is 0 / 0");
    question_output(q, "ratio", "")[0] = norm[0] / norm[L - 1];
}
