// SPDX-License-Identifier: MIT
#include "feedforward_graph.h"

#include "../activations/relu.h"
#include "../activations/sigmoid.h"
#include "../activations/tanh.h"

enum { LARGEST = 1 << 16 };

/* Marks input units and counts edges. */
static void find_roles(struct call *call, struct graph *graph)
{
    for (size_t u = 0; u < graph->U; u++)
        graph->feature[u] = -1;
    for (size_t i = 0; i < graph->I; i++) {
        if (graph->feature[graph->input[i]] >= 0)
            call_fail(call, "unit %d stands twice in 'input'", graph->input[i]);
        graph->feature[graph->input[i]] = (int)i;
    }
    for (size_t e = 0; e < graph->E; e++) {
        if (graph->feature[graph->target[e]] >= 0)
            call_fail(call, "edge %zu has an input unit as its 'target', which computes nothing",
                      e);
        graph->out[graph->source[e]]++;
        graph->into[graph->target[e]]++;
    }
}

/* The smallest unit that waits for nobody and has no place yet; U if there is none. */
static size_t next_unit(const struct graph *graph, const int *waiting)
{
    size_t u = 0;
    while (u < graph->U && waiting[u] != 0)
        u++;
    return u;
}

/* Fills at and depth; smallest unit first. `waiting` (U) is scratch memory. */
static void find_order(struct call *call, struct graph *graph, int *waiting)
{
    for (size_t u = 0; u < graph->U; u++)
        waiting[u] = graph->into[u];
    for (size_t p = 0; p < graph->U; p++) {
        size_t u = next_unit(graph, waiting);
        if (u == graph->U)
            call_fail(call, "the edges from 'source' to 'target' form a cycle");
        graph->at[p] = (int)u;
        waiting[u] = -1;
        for (size_t e = 0; e < graph->E; e++) {
            if (graph->source[e] != (int)u)
                continue;
            int v = graph->target[e];
            waiting[v]--;
            if (graph->depth[v] < graph->depth[u] + 1)
                graph->depth[v] = graph->depth[u] + 1;
        }
    }
}

/* Replaces the order by one that goes by depth, then by number. */
static void order_by_depth(struct graph *graph)
{
    size_t p = 0;
    for (int depth = 0; p < graph->U; depth++) {
        for (size_t u = 0; u < graph->U; u++) {
            if (graph->depth[u] == depth)
                graph->at[p++] = (int)u;
        }
    }
}

struct graph graph_read(struct call *call)
{
    static const char *const activations[] = {"tanh", "sigmoid", "relu", "identity", NULL};
    static const char *const lasts[] = {"activated", "linear", NULL};
    static const char *const ties[] = {"smallest", "generations", NULL};
    struct graph graph = {.b = call_input(call, "b", "U"), .x = call_input(call, "x", "NI")};
    size_t U = graph.U = call_size(call, 'U');
    graph.N = call_size(call, 'N');
    graph.I = call_size(call, 'I');
    graph.block = call_block(call);
    if (graph.N == 0)
        call_fail(call, "'x' holds no sample");
    if (U == 0 || U > LARGEST)
        call_fail(call, "'b' is for no unit, or for too many");
    graph.input = call_integers(call, "input", "I", 0, (int)U - 1);
    graph.source = call_integers(call, "source", "E", 0, (int)U - 1);
    graph.target = call_integers(call, "target", "E", 0, (int)U - 1);
    graph.w = call_input(call, "w", "E");
    size_t E = graph.E = call_size(call, 'E');
    graph.activation = (enum graph_activation)call_choice(call, "activation", activations);
    graph.linear_last = call_choice(call, "last", lasts);
    graph.generations = call_choice(call, "ties", ties);
    graph.feature = call_scratch_integers(call, U);
    graph.into = call_scratch_integers(call, U);
    graph.out = call_scratch_integers(call, U);
    graph.depth = call_scratch_integers(call, U);
    graph.at = call_scratch_integers(call, U);
    graph.first = call_scratch(call, E);
    graph.second = call_scratch(call, E);
    find_roles(call, &graph);
    find_order(call, &graph, call_scratch_integers(call, U));
    if (graph.generations)
        order_by_depth(&graph);
    return graph;
}

enum graph_activation graph_activation_of(const struct graph *graph, size_t u)
{
    if (graph->feature[u] >= 0 || (graph->linear_last && graph->out[u] == 0))
        return GRAPH_IDENTITY;
    return graph->activation;
}

static void activate(enum graph_activation f, real *a, const real *z)
{
    if (f == GRAPH_TANH)
        tanh_forward(a, z, 1);
    else if (f == GRAPH_SIGMOID)
        sigmoid_forward(a, z, 1);
    else if (f == GRAPH_RELU)
        relu_forward(a, z, 1);
    else
        *a = *z;
}

static void differentiate(enum graph_activation f, real *dz, const real *da, const real *z,
                          const real *a)
{
    if (f == GRAPH_TANH)
        tanh_backward(dz, da, a, 1);
    else if (f == GRAPH_SIGMOID)
        sigmoid_backward(dz, da, a, 1);
    else if (f == GRAPH_RELU)
        relu_backward(dz, da, z, 1, R(0.0));
    else
        *dz = *da;
}

/* start + sum over the edges whose `end` is u of w[e] value[other[e]], as listed. */
static real gather(const struct graph *graph, real start, const int *end, size_t u,
                   const int *other, const real *value)
{
    size_t n = 0;
    for (size_t e = 0; e < graph->E; e++) {
        if (end[e] != (int)u)
            continue;
        graph->first[n] = graph->w[e];
        graph->second[n++] = value[other[e]];
    }
    return sum_products(start, n, graph->first, 1, graph->second, 1);
}

void graph_forward(const struct graph *graph, real *z, real *a)
{
    for (size_t n = 0; n < graph->N; n++, z += graph->U, a += graph->U) {
        for (size_t p = 0; p < graph->U; p++) {
            size_t u = (size_t)graph->at[p];
            if (graph->feature[u] >= 0)
                z[u] = graph->x[n * graph->I + (size_t)graph->feature[u]];
            else
                z[u] = gather(graph, graph->b[u], graph->target, u, graph->source, a);
            activate(graph_activation_of(graph, u), &a[u], &z[u]);
        }
    }
}

void graph_backward(const struct graph *graph, real *g, real *dz, const real *da, const real *z,
                    const real *a)
{
    for (size_t n = 0; n < graph->N; n++) {
        size_t row = n * graph->U;
        for (size_t p = graph->U; p-- > 0;) {
            size_t u = (size_t)graph->at[p], i = row + u;
            g[i] = gather(graph, da[i], graph->source, u, graph->target, &dz[row]);
            differentiate(graph_activation_of(graph, u), &dz[i], &g[i], &z[i], &a[i]);
        }
    }
}

static void write_gradients(struct call *call, const struct graph *graph, const real *z,
                            const real *a)
{
    size_t N = graph->N, U = graph->U;
    const real *da = call_input(call, "da", "NU");
    real *g = call_scratch(call, N * U), *dz = call_scratch(call, N * U);
    real *dx = call_output(call, "dx", "NI"), *dw = call_output(call, "dw", "E");
    real *db = call_output(call, "db", "U");
    graph_backward(graph, g, dz, da, z, a);
    for (size_t n = 0; n < N; n++) {
        for (size_t i = 0; i < graph->I; i++)
            dx[n * graph->I + i] = g[n * U + (size_t)graph->input[i]];
    }
    for (size_t e = 0; e < graph->E; e++)
        dw[e] =
            sum_sample_products(N, graph->block, &a[graph->source[e]], U, &dz[graph->target[e]], U);
    for (size_t u = 0; u < U; u++)
        db[u] = graph->feature[u] >= 0 ? 0 : sum_samples(N, graph->block, &dz[u], U);
}

void feedforward_graph_answer(struct call *call)
{
    struct graph graph = graph_read(call);
    real *a = call_output(call, "a", "NU"), *z = call_scratch(call, graph.N * graph.U);
    graph_forward(&graph, z, a);
    for (size_t i = 0; i < graph.N * graph.U; i++) {
        if (graph_activation_of(&graph, i % graph.U) == GRAPH_RELU)
            call_decisions(call, 1, &z[i]);
    }
    real *order = call_output_integers(call, "order", "U");
    real *depth = call_output_integers(call, "depth", "U");
    for (size_t p = 0; p < graph.U; p++) {
        order[graph.at[p]] = real_count(p);
        depth[p] = (real)graph.depth[p];
    }
    if (call_has(call, "da"))
        write_gradients(call, &graph, z, a);
}
