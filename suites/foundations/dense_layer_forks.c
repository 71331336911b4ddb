// SPDX-License-Identifier: MIT
#include "../../reference/foundations/dense_layer.h"
#include "../fork.h"

/* Everything of one call; the forks below change one line of it. */
struct layer {
    const real *x, *w, *b, *dy;
    real *y, *dx, *dw, *db;
    size_t N, I, O, block;
};

static struct layer read(struct call *call)
{
    struct layer l = {.x = call_input(call, "x", "NI"), .w = call_input(call, "w", "IO")};
    l.N = call_size(call, 'N');
    l.I = call_size(call, 'I');
    l.O = call_size(call, 'O');
    l.b = call_has(call, "b") ? call_input(call, "b", "O") : call_scratch(call, l.O);
    l.dy = call_has(call, "dy") ? call_input(call, "dy", "NO") : call_scratch(call, l.N * l.O);
    l.y = call_output(call, "y", "NO");
    l.dx = call_output(call, "dx", "NI");
    l.dw = call_output(call, "dw", "IO");
    l.db = call_output(call, "db", "O");
    l.block = call_block(call);
    dense_layer_forward(l.y, l.x, l.w, l.b, l.N, l.I, l.O);
    dense_layer_backward(l.dx, l.dw, l.db, l.dy, l.x, l.w, l.N, l.I, l.O, l.block);
    return l;
}

/* Outer products, one sample and one input after the other, as a column-oriented code adds. */
static void outer_products(struct call *call)
{
    struct layer l = read(call);
    for (size_t i = 0; i < l.N * l.O; i++)
        l.y[i] = R(0.0);
    for (size_t i = 0; i < l.I * l.O; i++)
        l.dw[i] = R(0.0);
    for (size_t i = 0; i < l.I; i++) {
        for (size_t n = 0; n < l.N; n++) {
            for (size_t o = 0; o < l.O; o++) {
                l.y[n * l.O + o] += l.x[n * l.I + i] * l.w[i * l.O + o];
                l.dw[i * l.O + o] += l.x[n * l.I + i] * l.dy[n * l.O + o];
            }
        }
    }
    for (size_t n = 0; n < l.N; n++) {
        for (size_t o = 0; o < l.O; o++)
            l.y[n * l.O + o] += l.b[o];
    }
}

static void transposed_weight(struct call *call)
{
    struct layer l = read(call);
    for (size_t n = 0; n < l.N; n++) {
        for (size_t o = 0; o < l.O; o++)
            l.y[n * l.O + o] = sum_products(l.b[o], l.I, &l.x[n * l.I], 1, &l.w[o * l.I], 1);
    }
}

static void bias_gradient_averaged(struct call *call)
{
    struct layer l = read(call);
    for (size_t o = 0; o < l.O; o++)
        l.db[o] = l.db[o] / real_count(l.N);
}

static void weight_gradient_averaged(struct call *call)
{
    struct layer l = read(call);
    for (size_t i = 0; i < l.I * l.O; i++)
        l.dw[i] = l.dw[i] / real_count(l.N);
}

static void bias_gradient_of_first_sample(struct call *call)
{
    struct layer l = read(call);
    for (size_t o = 0; o < l.O; o++)
        l.db[o] = l.dy[o];
}

/* Every block of samples but the last is added: the remainder of a sharded batch is lost. */
static void last_block_lost(struct call *call)
{
    struct layer l = read(call);
    size_t N = (l.N - 1) / l.block * l.block;
    dense_layer_backward(NULL, l.dw, l.db, l.dy, l.x, l.w, N, l.I, l.O, l.block);
}

static void bias_forgotten(struct call *call)
{
    struct layer l = read(call);
    for (size_t n = 0; n < l.N; n++) {
        for (size_t o = 0; o < l.O; o++)
            l.y[n * l.O + o] = sum_products(R(0.0), l.I, &l.x[n * l.I], 1, &l.w[o], l.O);
    }
}

static const struct fork table[] = {
    {.info = {"outer_products", FORK_TWIN, "", "Adds outer products instead of dot products.",
              NULL},
     .answer = outer_products},
    {.info = {"transposed_weight", FORK_CONVENTION, "",
              "Reads the weight as (O,I), outputs first, without transposing it.", NULL},
     .answer = transposed_weight},
    {.info = {"bias_gradient_averaged", FORK_BUG, "171",
              "The bias gradient is the mean over the samples instead of the sum.", NULL},
     .answer = bias_gradient_averaged},
    {.info = {"weight_gradient_averaged", FORK_BUG, "122",
              "The weight gradient is the mean over the samples instead of the sum.", NULL},
     .answer = weight_gradient_averaged},
    {.info = {"bias_gradient_of_first_sample", FORK_BUG, "211",
              "The broadcast bias is not reduced over the batch in the backward pass.", NULL},
     .answer = bias_gradient_of_first_sample},
    {.info = {"last_block_lost", FORK_BUG, "155",
              "The short last block of samples is left out of the gradients.", NULL},
     .answer = last_block_lost},
    {.info = {"bias_forgotten", FORK_BUG, "", "The bias is not added.", NULL},
     .answer = bias_forgotten},
};

const struct fork_list dense_layer_forks = {sizeof table / sizeof *table, table};
