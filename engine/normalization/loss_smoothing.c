// SPDX-License-Identifier: MIT
/* Smoothness of a loss along its gradient; definition in reference/normalization/loss_smoothing.h.
 *
 * How it is distributed: the samples are sharded, the weights whole on every rank. At each place
 * along the gradient up to four sums cross the network, each a chain over the samples of a
 * canonical block, then the fixed tree: the values of the units, their squares about the mean,
 * backwards du x_hat with du, and the gradient with the squared errors. Steps and norms are found
 * by every rank alike.
 */
#include "normalization.h"

struct network {
    struct question *q;
    const struct team *team;
    size_t N, rows, I, O;
    bool normalized;
    struct smoothing smoothing;
    const scalar *x, *t, *v;
    scalar *u, *a, *du, *error, *divisor, *total;
    struct reduction *of_units, *of_pairs, *of_weights;
};

enum { PLAIN, SQUARE, WITH_HAT };

/* total: sums over all samples of u, of u^2, or of du u and du. */
static void sum_units(const struct network *net, int what)
{
    size_t O = net->O;
    struct reduction *sum = what == WITH_HAT ? net->of_pairs : net->of_units;
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        struct piece piece = reduction_piece(sum, i);
        scalar *leaf = reduction_leaf(sum);
        for (size_t n = piece.first; n < piece.first + piece.count; n++) {
            const scalar *u = net->u + n * O, *du = net->du + n * O;
            if (what != PLAIN)
                net->team->kernels->multiply_add(O, leaf, what == SQUARE ? u : du, u);
            for (size_t o = 0; o < O && what != SQUARE; o++)
                leaf[what == PLAIN ? o : O + o] += what == PLAIN ? u[o] : du[o];
        }
        reduction_push(sum);
    }
    reduction_finish(sum, net->total);
}

static void normalize(const struct network *net)
{
    size_t O = net->O, count = net->rows * O;
    scalar N = (scalar)net->N, root;
    sum_units(net, PLAIN);
    for (size_t i = 0; i < count; i++)
        net->u[i] -= net->total[i % O] / N;
    sum_units(net, SQUARE);
    for (size_t o = 0; o < O; o++)
        net->divisor[o] = smoothing_divisor(&net->smoothing, net->total[o] / N, &root);
    for (size_t i = 0; i < count; i++)
        net->u[i] /= net->divisor[i % O];
}

static void normalize_backward(const struct network *net)
{
    size_t O = net->O;
    scalar N = (scalar)net->N;
    sum_units(net, WITH_HAT);
    for (size_t i = 0; i < net->rows * O; i++) {
        size_t o = i % O;
        scalar rest = net->du[i] - net->total[O + o] / N - net->u[i] * (net->total[o] / N);
        net->du[i] = 1 / net->divisor[o] * rest;
    }
}

/* g (I,O) at w; returns the loss. Collective. */
static scalar differentiate(const struct network *net, scalar *g, const scalar *w)
{
    size_t I = net->I, O = net->O, count = net->rows * O;
    for (size_t i = 0; i < count; i++)
        net->u[i] = 0;
    team_product(net->team, false, false, net->rows, O, I, net->x, I, w, O, net->u, O);
    if (net->normalized)
        normalize(net);
    net->team->kernels->hyperbolic_tangent(count, net->a, net->u);
    for (size_t n = 0; n < net->rows; n++) {
        scalar p = 0;
        team_product(net->team, false, false, 1, 1, O, net->a + n * O, O, net->v, 1, &p, 1);
        net->error[n] = p - net->t[n];
        scalar dp = 2 * net->error[n] / (scalar)net->N;
        for (size_t o = 0; o < O; o++) {
            scalar a = net->a[n * O + o];
            net->du[n * O + o] = dp * net->v[o] * ((1 - a) * (1 + a));
        }
    }
    if (net->normalized)
        normalize_backward(net);
    for (size_t i = 0; i < reduction_pieces(net->of_weights); i++) {
        struct piece piece = reduction_piece(net->of_weights, i);
        scalar *leaf = reduction_leaf(net->of_weights);
        team_product(net->team, true, false, I, O, piece.count, net->x + piece.first * I, I,
                     net->du + piece.first * O, O, leaf, O);
        for (size_t n = piece.first; n < piece.first + piece.count; n++)
            net->team->kernels->multiply_add(1, leaf + I * O, net->error + n, net->error + n);
        reduction_push(net->of_weights);
    }
    reduction_finish(net->of_weights, net->total);
    for (size_t k = 0; k < I * O; k++)
        g[k] = net->total[k];
    return net->total[I * O] / (scalar)net->N;
}

static scalar norm(const struct network *net, const scalar *g)
{
    scalar square;
    team_row_products(net->team, 1, net->I * net->O, g, g, &square);
    return scalar_sqrt(square);
}

static struct network read_network(struct question *q)
{
    static const char *const normalizations[] = {"batch", "none", NULL};
    struct network net = {.q = q, .team = question_team(q), .x = question_input(q, "x", "[N]I")};
    net.t = question_input(q, "t", "[N]");
    net.v = question_input(q, "v", "O");
    net.N = question_size(q, 'N');
    net.rows = question_part(q, 'N');
    net.I = question_size(q, 'I');
    net.O = question_size(q, 'O');
    net.normalized = question_choice(q, "normalization", normalizations) == 0;
    net.smoothing = (struct smoothing){question_number_or(q, "epsilon", (scalar)1e-5), false};
    if (net.N < 2)
        question_refuse(q, "its input 'x' has %zu samples; statistics of a batch need two", net.N);
    if (!(net.smoothing.epsilon > 0))
        question_refuse(q, "its number 'epsilon' must be above 0");
    net.u = question_scratch(q, net.rows * net.O);
    net.a = question_scratch(q, net.rows * net.O);
    net.du = question_scratch(q, net.rows * net.O);
    net.error = question_scratch(q, net.rows);
    net.divisor = question_scratch(q, net.O);
    net.total = question_scratch(q, (net.I + 2) * net.O + 1);
    net.of_units = question_sum(q, 'N', net.O);
    net.of_pairs = question_sum(q, 'N', 2 * net.O);
    net.of_weights = question_sum(q, 'N', net.I * net.O + 1);
    return net;
}

void loss_smoothing_run(struct question *q)
{
    struct network net = read_network(q);
    const scalar *w = question_input(q, "w", "IO"), *rate = question_input(q, "rate", "S");
    size_t S = question_size(q, 'S'), size = net.I * net.O;
    scalar *g = question_scratch(q, size), *there = question_scratch(q, size);
    scalar *turned = question_scratch(q, size), *loss = question_output(q, "loss", "S");
    scalar *distance = question_output(q, "distance", "S");
    scalar *smoothness = question_output(q, "smoothness", "S");
    question_output(q, "loss_before", "")[0] = differentiate(&net, g, w);
    scalar length = question_output(q, "gradient_norm", "")[0] = norm(&net, g);
    if (!(length > 0))
        question_refuse(q,
                        "its gradient by 'w' is 0, through 'v' or the errors; it has no direction");
    for (size_t s = 0; s < S; s++) {
        if (!(rate[s] > 0))
            question_refuse(q, "element %zu of its input 'rate' must be above 0", s);
        for (size_t k = 0; k < size; k++)
            there[k] = w[k] - rate[s] * g[k];
        loss[s] = differentiate(&net, turned, there);
        for (size_t k = 0; k < size; k++)
            turned[k] = turned[k] - g[k];
        distance[s] = norm(&net, turned);
        smoothness[s] = distance[s] / (rate[s] * length);
    }
}
