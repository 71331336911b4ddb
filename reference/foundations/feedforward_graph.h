// SPDX-License-Identifier: MIT
/* Feedforward graph: units joined by edges without a cycle; information flows one way.
 *
 *     a[n,u]  = x[n,i]                          u = input[i]: an input unit computes nothing
 *     z[n,v]  = b[v] + sum over edges e into v of w[e] a[n,source[e]]
 *     a[n,v]  = f(z[n,v])                       every other unit
 *     depth[u] = 0 without an edge into u, else 1 + the largest depth of the sources
 *     order[u] = place of u in a topological order: behind all units from which an edge leads to u
 *     g[n,u]  = da[n,u] + sum over edges e out of u of w[e] dz[n,target[e]]
 *     dz[n,v] = g[n,v] f'(z[n,v]);   dx[n,i] = g[n,input[i]]
 *     dw[e]   = sum_n a[n,source[e]] dz[n,target[e]];   db[v] = sum_n dz[n,v], 0 for input units
 *
 * N samples, I features, U units, E edges. x (N,I); input (I), the unit of each feature; source and
 * target (E), units; w (E); b (U), not used at input units; a and da (N,U).
 *
 * Conventions: activation f = tanh (default), sigmoid, relu or identity. last = activated (default)
 *     or linear: f is the identity at units without an edge out of them, as logits and regressions
 *     have it. ties = smallest (default: of all units that may come next the one with the smallest
 *     number, networkx's lexicographical_topological_sort) or generations (all units of a depth
 *     before the next, by number; networkx's topological_generations). Edges may repeat: their
 *     weights add up. Rival: an input layer with weights and an activation of its own (document 001
 *     Q5).
 * Source: documents 004 T2, T3 and G6.
 * Edge cases: values depend neither on how units are numbered nor on `ties`. A unit without an edge
 *     into it is the constant f(b). ReLU's derivative at 0 is 0. Refused: no sample, a cycle (an
 *     edge from a unit to itself is one), an edge into an input unit, a unit fed by two features.
 * Order of operations: z is a chain from b over the edges into v as listed; g one from da over the
 *     edges out of u as listed; dw and db are sums over samples. f and f' as in the activation's
 *     own file.
 */
#pragma once

#include "../call.h"

enum graph_activation { GRAPH_TANH, GRAPH_SIGMOID, GRAPH_RELU, GRAPH_IDENTITY };

struct graph {
    size_t N, I, E, U, block;
    const int *input, *source, *target; /* (I), (E), (E) */
    const real *x, *w, *b;
    enum graph_activation activation;
    int linear_last, generations;
    int *feature;         /* (U): the feature of an input unit, -1 elsewhere */
    int *into, *out;      /* (U): how many edges */
    int *depth, *at;      /* (U); at[p] is the unit at place p */
    real *first, *second; /* (E), to gather factors */
};

/* Reads everything but da, and finds the order. */
struct graph graph_read(struct call *call);

/* z and a (N,U). z of an input unit is its feature. */
void graph_forward(const struct graph *graph, real *z, real *a);

/* The activation of unit u: the identity at input units and, by convention, at the last ones. */
enum graph_activation graph_activation_of(const struct graph *graph, size_t u);

/* g and dz (N,U) from da (N,U) and the values. */
void graph_backward(const struct graph *graph, real *g, real *dz, const real *da, const real *z,
                    const real *a);

/* Outputs a, order, depth; with da also dx, dw, db. */
void feedforward_graph_answer(struct call *call);
