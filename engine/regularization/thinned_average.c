// SPDX-License-Identifier: MIT
/* Average over all thinned networks; definition in reference/regularization/thinned_average.h.
 *
 * How it is distributed: the 2^I masks are sharded in canonical blocks, as samples are elsewhere;
 * every rank evaluates its networks on all samples. The weighted sums of the outputs, and of their
 * logarithms for softmax, cross the network: for each output a chain of fused multiply-adds over
 * the masks of a block, then the fixed tree over the blocks.
 */
#include "mask.h"

#include <string.h>

enum activation { IDENTITY, SIGMOID, TANH, RELU, SOFTMAX };
enum { MOST_INPUTS = 12 };

struct layer {
    const scalar *x, *w, *b;
    size_t N, I, O;
    enum activation activation;
};

/* Rows of y (N,O) to softmax in place; log_y (N,O), unless NULL, their logarithms. */
static void softmax(const struct team *team, scalar *y, scalar *log_y, size_t N, size_t O)
{
    for (size_t n = 0; n < N; n++, y += O) {
        scalar largest = y[0], total = 0, log_total;
        for (size_t o = 1; o < O; o++)
            largest = y[o] > largest ? y[o] : largest;
        for (size_t o = 0; o < O; o++)
            y[o] = y[o] - largest;
        if (log_y != NULL)
            memcpy(log_y + n * O, y, O * sizeof *y);
        team->kernels->exponential(O, y, y);
        for (size_t o = 0; o < O; o++)
            total += y[o];
        team->kernels->logarithm(1, &log_total, &total);
        for (size_t o = 0; o < O; o++) {
            y[o] = y[o] / total;
            if (log_y != NULL)
                log_y[n * O + o] -= log_total;
        }
    }
}

/* The network's output y (N,O) for inputs `seen` (N,I). */
static void evaluate(const struct team *team, const struct layer *l, const scalar *seen, scalar *y,
                     scalar *log_y)
{
    const size_t count = l->N * l->O;
    for (size_t n = 0; n < l->N; n++)
        memcpy(y + n * l->O, l->b, l->O * sizeof *y);
    team_product(team, false, false, l->N, l->O, l->I, seen, l->I, l->w, l->O, y, l->O);
    switch (l->activation) {
    case SIGMOID:
        for (size_t i = 0; i < count; i++) {
            scalar e = -scalar_absolute(y[i]);
            team->kernels->exponential(1, &e, &e);
            y[i] = (y[i] < 0 ? e : 1) / (1 + e);
        }
        break;
    case TANH:
        team->kernels->hyperbolic_tangent(count, y, y);
        break;
    case RELU:
        for (size_t i = 0; i < count; i++)
            y[i] = y[i] < 0 ? 0 : y[i];
        break;
    case SOFTMAX:
        softmax(team, y, log_y, l->N, l->O);
        break;
    default:
        break;
    }
}

/* Adds this rank's networks: sums (2,N,O) of outputs and of logarithms. */
static void add_networks(struct question *q, const struct layer *l, const scalar *weight,
                         scalar *sums)
{
    const struct team *team = question_team(q);
    const size_t width = l->N * l->O, first = question_first(q, 'M');
    struct reduction *sum = question_sum(q, 'M', 2 * width);
    scalar *seen = question_scratch(q, l->N * l->I), *y = question_scratch(q, 2 * width);
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        struct piece piece = reduction_piece(sum, i);
        scalar *leaf = reduction_leaf(sum);
        for (size_t k = piece.first; k < piece.first + piece.count; k++) {
            const size_t mask = first + k;
            for (size_t j = 0; j < l->N * l->I; j++)
                seen[j] = mask >> j % l->I & 1 ? l->x[j] : 0;
            evaluate(team, l, seen, y, y + width);
            team->kernels->scale_add(2 * width, leaf, weight[k], y);
        }
        reduction_push(sum);
    }
    reduction_finish(sum, sums);
}

void thinned_average_run(struct question *q)
{
    static const char *const activations[] = {"identity", "sigmoid", "tanh",
                                              "relu",     "softmax", NULL};
    const struct survival survival = survival_read(q);
    struct layer l = {.x = question_input(q, "x", "NI"),
                      .w = question_input(q, "w", "IO"),
                      .b = question_input(q, "b", "O"),
                      .N = question_size(q, 'N'),
                      .I = question_size(q, 'I'),
                      .O = question_size(q, 'O'),
                      .activation = (enum activation)question_choice(q, "activation", activations)};
    if (l.I > MOST_INPUTS || l.O == 0)
        question_refuse(q, "it has %zu inputs and %zu outputs; give at most %d and at least 1", l.I,
                        l.O, MOST_INPUTS);
    const size_t width = l.N * l.O;
    question_bind(q, 'M', (size_t)1 << l.I);
    scalar *weight = question_output(q, "weight", "[M]");
    for (size_t k = 0; k < question_part(q, 'M'); k++) {
        weight[k] = 1;
        for (size_t i = 0; i < l.I; i++)
            weight[k] *= (question_first(q, 'M') + k) >> i & 1 ? survival.keep : survival.rate;
    }
    scalar *sums = question_scratch(q, 2 * width), *seen = question_scratch(q, l.N * l.I);
    add_networks(q, &l, weight, sums);
    memcpy(question_output(q, "average", "NO"), sums, width * sizeof *sums);
    for (size_t j = 0; j < l.N * l.I; j++)
        seen[j] = survival.keep * l.x[j];
    evaluate(question_team(q), &l, seen, question_output(q, "scaled", "NO"), NULL);
    if (l.activation != SOFTMAX)
        return;
    scalar *geometric = question_output(q, "geometric", "NO");
    memcpy(geometric, sums + width, width * sizeof *sums);
    softmax(question_team(q), geometric, NULL, l.N, l.O);
}
