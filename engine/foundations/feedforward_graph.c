// SPDX-License-Identifier: MIT
/* Feedforward graph; definition in reference/foundations/feedforward_graph.h.
 *
 * How it is distributed: the samples are sharded; every rank holds the graph and finds its order. A
 * unit's values are kept together, one for each sample of the rank, so that an edge is one scaled
 * addition of vectors. dw and db cross the network: a chain over the samples of each canonical
 * block, then the fixed tree over the blocks.
 */
#include "../techniques.h"

#include <string.h>

enum { LARGEST = 1 << 16 };
enum function { TANH, SIGMOID, RELU, IDENTITY };

/* The graph, and (U,rows) values and gradients. */
struct net {
    const struct team *team;
    size_t I, U, E, rows;
    const int *input, *source, *target;
    const scalar *w, *b;
    enum function function;
    bool linear_last;
    int *feature; /* -1: no input unit */
    int *depth, *order, *at;
    bool *leaves; /* has an edge out of it */
    scalar *z, *a, *dz;
};

static void find_roles(struct question *q, struct net *net)
{
    for (size_t u = 0; u < net->U; u++)
        net->feature[u] = -1;
    for (size_t i = 0; i < net->I; i++) {
        if (net->feature[net->input[i]] >= 0)
            question_refuse(q, "its inputs 'input' feed unit %d twice", net->input[i]);
        net->feature[net->input[i]] = (int)i;
    }
    for (size_t e = 0; e < net->E; e++) {
        if (net->feature[net->target[e]] >= 0)
            question_refuse(q, "the 'target' of its edge %zu is an input unit", e);
        net->leaves[net->source[e]] = true;
    }
}

/* Pushes depths along the edges until nothing moves. A depth of U is one that goes round a
 * cycle. */
static void find_depths(struct question *q, struct net *net)
{
    for (bool moved = true; moved;) {
        moved = false;
        for (size_t e = 0; e < net->E; e++) {
            const int least = net->depth[net->source[e]] + 1;
            if (net->depth[net->target[e]] >= least)
                continue;
            if ((size_t)least >= net->U)
                question_refuse(q, "its edges from 'source' to 'target' form a cycle");
            net->depth[net->target[e]] = least;
            moved = true;
        }
    }
}

/* Whether everything that leads to u has a place. */
static bool ready(const struct net *net, size_t u)
{
    for (size_t e = 0; e < net->E; e++)
        if (net->target[e] == (int)u && net->order[net->source[e]] < 0)
            return false;
    return true;
}

static void find_order(struct net *net, bool generations)
{
    for (size_t u = 0; u < net->U; u++)
        net->order[u] = -1;
    for (size_t p = 0; p < net->U; p++) {
        size_t best = net->U;
        for (size_t u = 0; u < net->U; u++) {
            if (net->order[u] >= 0 || (!generations && !ready(net, u)))
                continue;
            if (best == net->U || (generations && net->depth[u] < net->depth[best]))
                best = u;
        }
        net->order[best] = (int)p;
        net->at[p] = (int)best;
    }
}

static enum function function_of(const struct net *net, size_t u)
{
    if (net->feature[u] >= 0 || (net->linear_last && !net->leaves[u]))
        return IDENTITY;
    return net->function;
}

static void activate(const struct net *net, enum function f, scalar *a, const scalar *z)
{
    const size_t n = net->rows;
    if (f == TANH) {
        net->team->kernels->hyperbolic_tangent(n, a, z);
    } else if (f == SIGMOID) {
        for (size_t i = 0; i < n; i++)
            a[i] = -scalar_absolute(z[i]);
        net->team->kernels->exponential(n, a, a);
        for (size_t i = 0; i < n; i++)
            a[i] = (z[i] < 0 ? a[i] : 1) / (1 + a[i]);
    } else {
        for (size_t i = 0; i < n; i++)
            a[i] = f == IDENTITY || z[i] > 0 ? z[i] : 0;
    }
}

/* Turns the gradient of a into that of z, in place. */
static void differentiate(enum function f, scalar *d, const scalar *z, const scalar *a, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (f == TANH)
            d[i] = d[i] * (1 - a[i] * a[i]);
        else if (f == SIGMOID)
            d[i] = d[i] * a[i] * (1 - a[i]);
        else if (f == RELU && !(z[i] > 0))
            d[i] = 0;
    }
}

static void forward(const struct net *net, const scalar *x)
{
    for (size_t p = 0; p < net->U; p++) {
        const size_t u = (size_t)net->at[p], n = net->rows;
        scalar *z = net->z + u * n;
        for (size_t i = 0; i < n; i++)
            z[i] = net->feature[u] >= 0 ? x[i * net->I + (size_t)net->feature[u]] : net->b[u];
        for (size_t e = 0; e < net->E; e++)
            if (net->target[e] == (int)u)
                net->team->kernels->scale_add(n, z, net->w[e], net->a + (size_t)net->source[e] * n);
        activate(net, function_of(net, u), net->a + u * n, z);
    }
}

/* dz of all units; of an input unit, which is the identity, the gradient of its feature. */
static void backward(const struct net *net, const scalar *da)
{
    for (size_t p = net->U; p-- > 0;) {
        const size_t u = (size_t)net->at[p], n = net->rows;
        scalar *d = net->dz + u * n;
        for (size_t i = 0; i < n; i++)
            d[i] = da[i * net->U + u];
        for (size_t e = 0; e < net->E; e++)
            if (net->source[e] == (int)u)
                net->team->kernels->scale_add(n, d, net->w[e],
                                              net->dz + (size_t)net->target[e] * n);
        differentiate(function_of(net, u), d, net->z + u * n, net->a + u * n, n);
    }
}

/* to (rows,columns) from the units `unit` (columns; NULL: 0, 1, ...) of (U,rows). */
static void turn(const struct net *net, scalar *to, const scalar *from, const int *unit,
                 size_t columns)
{
    for (size_t n = 0; n < net->rows; n++)
        for (size_t c = 0; c < columns; c++)
            to[n * columns + c] = from[(unit != NULL ? (size_t)unit[c] : c) * net->rows + n];
}

static void add_up(struct question *q, const struct net *net)
{
    const size_t E = net->E, rows = net->rows;
    scalar *total = question_scratch(q, E + net->U);
    struct reduction *sum = question_sum(q, 'N', E + net->U);
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        const struct piece piece = reduction_piece(sum, i);
        scalar *leaf = reduction_leaf(sum);
        const scalar *a = net->a + piece.first, *dz = net->dz + piece.first;
        for (size_t e = 0; e < E; e++)
            team_row_products(net->team, 1, piece.count, a + (size_t)net->source[e] * rows,
                              dz + (size_t)net->target[e] * rows, &leaf[e]);
        for (size_t u = 0; u < net->U; u++)
            for (size_t n = 0; net->feature[u] < 0 && n < piece.count; n++)
                leaf[E + u] += dz[u * rows + n];
        reduction_push(sum);
    }
    reduction_finish(sum, total);
    memcpy(question_output(q, "dw", "E"), total, E * sizeof *total);
    memcpy(question_output(q, "db", "U"), total + E, net->U * sizeof *total);
}

static struct net read_net(struct question *q)
{
    static const char *const functions[] = {"tanh", "sigmoid", "relu", "identity", NULL};
    static const char *const lasts[] = {"activated", "linear", NULL};
    static const char *const ties[] = {"smallest", "generations", NULL};
    struct net net = {.team = question_team(q), .b = question_input(q, "b", "U")};
    const size_t U = net.U = question_size(q, 'U');
    question_input(q, "x", "[N]I");
    net.I = question_size(q, 'I');
    net.rows = question_part(q, 'N');
    if (question_size(q, 'N') == 0)
        question_refuse(q, "its input 'x' holds no sample");
    if (U == 0 || U > LARGEST)
        question_refuse(q, "its input 'b' is for no unit, or for too many");
    net.input = question_integers(q, "input", "I", 0, (int)U - 1);
    net.source = question_integers(q, "source", "E", 0, (int)U - 1);
    net.target = question_integers(q, "target", "E", 0, (int)U - 1);
    net.w = question_input(q, "w", "E");
    net.E = question_size(q, 'E');
    net.function = (enum function)question_choice(q, "activation", functions);
    net.linear_last = question_choice(q, "last", lasts) == 1;
    int *whole = arena_take(question_arena(q), 4 * U, sizeof *whole);
    net.feature = whole;
    net.depth = whole + U;
    net.order = whole + 2 * U;
    net.at = whole + 3 * U;
    net.leaves = arena_take(question_arena(q), U, sizeof *net.leaves);
    net.z = question_scratch(q, U * net.rows);
    net.a = question_scratch(q, U * net.rows);
    net.dz = question_scratch(q, U * net.rows);
    find_roles(q, &net);
    find_depths(q, &net);
    find_order(&net, question_choice(q, "ties", ties) == 1);
    return net;
}

void feedforward_graph_run(struct question *q)
{
    const struct net net = read_net(q);
    forward(&net, question_input(q, "x", "[N]I"));
    turn(&net, question_output(q, "a", "[N]U"), net.a, NULL, net.U);
    scalar *order = question_output(q, "order", "U"), *depth = question_output(q, "depth", "U");
    for (size_t u = 0; u < net.U; u++) {
        order[u] = (scalar)net.order[u];
        depth[u] = (scalar)net.depth[u];
    }
    if (!question_has(q, "da"))
        return;
    backward(&net, question_input(q, "da", "[N]U"));
    turn(&net, question_output(q, "dx", "[N]I"), net.dz, net.input, net.I);
    add_up(q, &net);
}
