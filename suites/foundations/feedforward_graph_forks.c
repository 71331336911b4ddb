// SPDX-License-Identifier: MIT
#include "../../reference/foundations/feedforward_graph.h"
#include "../fork.h"

enum change {
    PATHS,
    NUMBERED_ORDER,
    INPUTS_ACTIVATED,
    INPUTS_BIASED,
    INPUT_BIASES_LEARN,
    FEATURES_IN_NUMBERED_ORDER,
    BIAS_FORGOTTEN,
    BIAS_AFTER_ACTIVATION,
    EDGES_REPLACE,
    REPEATED_EDGES_REPLACE,
    FIRST_USE_ONLY,
    INNER_UPSTREAM_IGNORED,
    UPSTREAM_OF_INPUTS_IGNORED,
    SLOPE_FORGOTTEN,
    SLOPE_AT_ZERO,
    GRADIENTS_AVERAGED,
    LAST_BLOCK_LOST,
    SHORTEST_DEPTH,
    LARGEST_FIRST,
    PLACES_NOT_TURNED
};

struct net {
    enum change change;
    struct graph graph;
    const real *da;
    real *z, *a, *tangent;
};

static real value_at(enum graph_activation f, real z)
{
    real e = real_exp(-real_abs(z)), t = real_expm1(-2 * real_abs(z));
    if (f == GRAPH_TANH)
        return z < 0 ? t / (t + 2) : -t / (t + 2);
    if (f == GRAPH_SIGMOID)
        return z < 0 ? e / (1 + e) : 1 / (1 + e);
    return f == GRAPH_RELU && z < 0 ? 0 : z;
}

static real slope_at(const struct net *net, enum graph_activation f, real z)
{
    real e = real_exp(-real_abs(z)), s = real_exp(-2 * real_abs(z));
    if (net->change == SLOPE_FORGOTTEN || f == GRAPH_IDENTITY)
        return 1;
    if (f == GRAPH_TANH)
        return 4 * s / ((1 + s) * (1 + s));
    if (f == GRAPH_SIGMOID)
        return e / ((1 + e) * (1 + e));
    return z > 0 || (net->change == SLOPE_AT_ZERO && z >= 0) ? 1 : 0;
}

/* Whether edge e counts in what comes into its target: of several, the last one may win. */
static int counts(const struct net *net, size_t e)
{
    const struct graph *graph = &net->graph;
    for (size_t later = e + 1; later < graph->E; later++) {
        int replaced = graph->target[later] == graph->target[e];
        if (net->change == REPEATED_EDGES_REPLACE)
            replaced = replaced && graph->source[later] == graph->source[e];
        if (replaced && (net->change == EDGES_REPLACE || net->change == REPEATED_EDGES_REPLACE))
            return 0;
    }
    return 1;
}

static real input_of(const struct net *net, size_t n, size_t u)
{
    const struct graph *graph = &net->graph;
    size_t i = (size_t)graph->feature[u];
    if (net->change == FEATURES_IN_NUMBERED_ORDER) {
        i = 0;
        for (size_t v = 0; v < u; v++)
            i += graph->feature[v] >= 0;
    }
    real x = graph->x[n * graph->I + i];
    if (net->change == INPUTS_BIASED)
        x += graph->b[u];
    return net->change == INPUTS_ACTIVATED ? value_at(graph->activation, x) : x;
}

/* All values of a sample, over and over: the longest path has fewer edges than there are units. */
static void settle(const struct net *net, size_t n)
{
    const struct graph *graph = &net->graph;
    size_t U = graph->U, rounds = net->change == NUMBERED_ORDER ? 1 : U;
    real *a = &net->a[n * U], *z = &net->z[n * U];
    for (size_t u = 0; u < U; u++)
        a[u] = 0;
    for (size_t r = 0; r < rounds; r++) {
        for (size_t u = 0; u < U; u++) {
            real sum = 0;
            for (size_t e = graph->E; e-- > 0;) {
                if (graph->target[e] == (int)u && counts(net, e))
                    sum += graph->w[e] * a[graph->source[e]];
            }
            int after = net->change == BIAS_AFTER_ACTIVATION;
            z[u] = sum + (net->change == BIAS_FORGOTTEN || after ? 0 : graph->b[u]);
            a[u] = value_at(graph_activation_of(graph, u), z[u]) + (after ? graph->b[u] : 0);
            if (graph->feature[u] >= 0)
                a[u] = z[u] = input_of(net, n, u);
        }
    }
}

/* What a change of 1 at the sum of unit `from` makes of all units, times their upstream gradients:
 * forwards along all paths, one more edge in each round. */
static real push(const struct net *net, size_t n, size_t from)
{
    const struct graph *graph = &net->graph;
    size_t U = graph->U, used = graph->E;
    const real *z = &net->z[n * U], *da = &net->da[n * U];
    real *t = net->tangent, sum = 0;
    for (size_t e = graph->E; net->change == FIRST_USE_ONLY && e-- > 0;)
        used = graph->source[e] == (int)from ? e : used;
    for (size_t u = 0; u < U; u++)
        t[u] = 0;
    for (size_t r = 0; r < U; r++) {
        for (size_t u = 0; u < U; u++) {
            real dz = u == from ? 1 : 0;
            for (size_t e = 0; e < graph->E; e++) {
                int kept = used == graph->E || graph->source[e] != (int)from || e == used;
                if (graph->target[e] == (int)u && counts(net, e) && kept)
                    dz += graph->w[e] * t[graph->source[e]];
            }
            t[u] = dz * slope_at(net, graph_activation_of(graph, u), z[u]);
        }
    }
    for (size_t u = 0; u < U; u++) {
        int inner = net->change == INNER_UPSTREAM_IGNORED && graph->out[u] > 0;
        int input = net->change == UPSTREAM_OF_INPUTS_IGNORED && graph->feature[u] >= 0;
        sum += inner || input ? 0 : da[u] * t[u];
    }
    return sum;
}

static void add_gradients(struct call *call, struct net *net)
{
    const struct graph *graph = &net->graph;
    size_t N = graph->N, U = graph->U;
    net->da = call_input(call, "da", "NU");
    net->tangent = call_scratch(call, U);
    real *dx = call_output(call, "dx", "NI"), *dw = call_output(call, "dw", "E");
    real *db = call_output(call, "db", "U");
    real weight = net->change == GRADIENTS_AVERAGED ? 1 / real_count(N) : 1;
    size_t known = net->change == LAST_BLOCK_LOST && N > graph->block
                       ? (N - 1) / graph->block * graph->block
                       : N;
    for (size_t n = 0; n < N; n++) {
        for (size_t u = 0; u < U; u++) {
            real dz = push(net, n, u);
            if (graph->feature[u] >= 0)
                dx[n * graph->I + (size_t)graph->feature[u]] = dz;
            if (n >= known)
                continue;
            if (graph->feature[u] < 0 || net->change == INPUT_BIASES_LEARN)
                db[u] += weight * dz;
            for (size_t e = 0; e < graph->E; e++) {
                if (graph->target[e] == (int)u)
                    dw[e] += weight * net->a[n * U + (size_t)graph->source[e]] * dz;
            }
        }
    }
}

/* The length of the longest, or shortest, path that ends at u. */
static int depth_of(const struct net *net, int u)
{
    const struct graph *graph = &net->graph;
    int best = -1;
    for (size_t e = 0; e < graph->E; e++) {
        if (graph->target[e] != u)
            continue;
        int before = depth_of(net, graph->source[e]);
        int better = net->change == SHORTEST_DEPTH ? before < best : before > best;
        best = best < 0 || better ? before : best;
    }
    return best + 1;
}

/* Whether all sources of u have a place below p. */
static int is_free(const struct graph *graph, const real *order, size_t u)
{
    for (size_t e = 0; e < graph->E; e++) {
        if (graph->target[e] == (int)u && order[graph->source[e]] < 0)
            return 0;
    }
    return order[u] < 0;
}

static void place(struct call *call, const struct net *net)
{
    const struct graph *graph = &net->graph;
    real *order = call_output_integers(call, "order", "U");
    real *depth = call_output_integers(call, "depth", "U");
    size_t U = graph->U;
    for (size_t u = 0; u < U; u++) {
        depth[u] = (real)depth_of(net, (int)u);
        order[u] = -1;
    }
    for (size_t p = 0; p < U; p++) {
        size_t best = U;
        for (size_t u = 0; u < U; u++) {
            if (!is_free(graph, order, u))
                continue;
            int wins = net->change == LARGEST_FIRST;
            if (graph->generations && best < U)
                wins = depth_of(net, (int)u) < depth_of(net, (int)best);
            best = best == U || wins ? u : best;
        }
        order[best] = real_count(p);
    }
    for (size_t u = 0; net->change == PLACES_NOT_TURNED && u < U; u++)
        order[u] = (real)graph->at[u];
}

static void run(struct call *call)
{
    struct net net = {.change = (enum change)call_variant(call), .graph = graph_read(call)};
    size_t N = net.graph.N, U = net.graph.U;
    net.a = call_output(call, "a", "NU");
    net.z = call_scratch(call, N * U);
    for (size_t n = 0; n < N; n++)
        settle(&net, n);
    place(call, &net);
    if (call_has(call, "da"))
        add_gradients(call, &net);
}

static const struct fork table[] = {
    {.info = {"paths", FORK_TWIN, "",
              "Values in rounds until they settle, gradients forwards along all paths.", NULL},
     .answer = run},
    {.info = {"numbered_order", FORK_BUG, "", "Units are evaluated once, by number.", NULL},
     .answer = run,
     .variant = NUMBERED_ORDER},
    {.info = {"inputs_activated", FORK_BUG, "",
              "Input units have an activation, as document 001 Q5 has it.", NULL},
     .answer = run,
     .variant = INPUTS_ACTIVATED},
    {.info = {"inputs_biased", FORK_BUG, "", "Input units add their bias.", NULL},
     .answer = run,
     .variant = INPUTS_BIASED},
    {.info = {"input_biases_learn", FORK_BUG, "", "Unused biases of input units get a gradient.",
              NULL},
     .answer = run,
     .variant = INPUT_BIASES_LEARN},
    {.info = {"features_in_numbered_order", FORK_BUG, "",
              "Features go to the input units by number, not as stated.", NULL},
     .answer = run,
     .variant = FEATURES_IN_NUMBERED_ORDER},
    {.info = {"bias_forgotten", FORK_BUG, "", "No unit has a bias.", NULL},
     .answer = run,
     .variant = BIAS_FORGOTTEN},
    {.info = {"bias_after_activation", FORK_BUG, "", "The bias is added behind the activation.",
              NULL},
     .answer = run,
     .variant = BIAS_AFTER_ACTIVATION},
    {.info = {"edges_replace", FORK_BUG, "", "The last edge into a unit is its whole sum.", NULL},
     .answer = run,
     .variant = EDGES_REPLACE},
    {.info = {"repeated_edges_replace", FORK_CONVENTION, "215",
              "Of edges between the same two units the last one counts, as in a matrix.", NULL},
     .answer = run,
     .variant = REPEATED_EDGES_REPLACE},
    {.info = {"first_use_only", FORK_BUG, "",
              "A unit that is used several times gets the gradient of its first use.", NULL},
     .answer = run,
     .variant = FIRST_USE_ONLY},
    {.info = {"inner_upstream_ignored", FORK_BUG, "",
              "Only units without an edge out of them take an upstream gradient.", NULL},
     .answer = run,
     .variant = INNER_UPSTREAM_IGNORED},
    {.info = {"upstream_of_inputs_ignored", FORK_BUG, "",
              "The upstream gradient of an input unit does not reach its feature.", NULL},
     .answer = run,
     .variant = UPSTREAM_OF_INPUTS_IGNORED},
    {.info = {"slope_forgotten", FORK_BUG, "", "Activations have the slope 1.", NULL},
     .answer = run,
     .variant = SLOPE_FORGOTTEN},
    {.info = {"slope_at_zero", FORK_CONVENTION, "", "The slope of a ReLU at 0 is 1.", NULL},
     .answer = run,
     .variant = SLOPE_AT_ZERO},
    {.info = {"gradients_averaged", FORK_BUG, "", "dw and db are means over the samples.", NULL},
     .answer = run,
     .variant = GRADIENTS_AVERAGED},
    {.info = {"last_block_lost", FORK_BUG, "", "The last block of samples is left out.", NULL},
     .answer = run,
     .variant = LAST_BLOCK_LOST},
    {.info = {"shortest_depth", FORK_CONVENTION, "", "The depth is that of the shortest path.",
              NULL},
     .answer = run,
     .variant = SHORTEST_DEPTH},
    {.info = {"largest_first", FORK_CONVENTION, "", "Of several units the largest comes next.",
              NULL},
     .answer = run,
     .variant = LARGEST_FIRST},
    {.info = {"places_not_turned", FORK_BUG, "", "The unit at each place, not the place of each.",
              NULL},
     .answer = run,
     .variant = PLACES_NOT_TURNED},
    {.info = {"always_smallest", FORK_CONVENTION, "", "Ties go to the smallest unit.", NULL},
     .instead = {"ties", "smallest"}},
    {.info = {"always_generations", FORK_CONVENTION, "", "The order goes by depth.", NULL},
     .instead = {"ties", "generations"}},
    {.info = {"always_linear_last", FORK_CONVENTION, "", "The last units are linear.", NULL},
     .instead = {"last", "linear"}},
    {.info = {"never_linear_last", FORK_CONVENTION, "", "The last units are activated.", NULL},
     .instead = {"last", "activated"}},
};

const struct fork_list feedforward_graph_forks = {sizeof table / sizeof *table, table};
