// SPDX-License-Identifier: MIT
#include "../../reference/foundations/dense_layer.h"
#include "../fork.h"
#include "../short_formats.h"

/* Everything of one call; the forks below change one line of it. Without input dy the gradients go
 * to scratch memory. */
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
    l.y = call_output(call, "y", "NO");
    if (call_has(call, "dy")) {
        l.dy = call_input(call, "dy", "NO");
        l.dx = call_output(call, "dx", "NI");
        l.dw = call_output(call, "dw", "IO");
        l.db = call_output(call, "db", "O");
    } else {
        l.dy = call_scratch(call, l.N * l.O);
        l.dx = call_scratch(call, l.N * l.I);
        l.dw = call_scratch(call, l.I * l.O);
        l.db = call_scratch(call, l.O);
    }
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

enum short_format {
    PRODUCTS_IN_TF32,
    PRODUCTS_IN_BFLOAT16,
    PRODUCTS_IN_BFLOAT16_CUT,
    SUMS_IN_HALF,
    SUMS_IN_BFLOAT16,
    SUBNORMALS_FLUSHED
};

/* One operand of a product as the unit that multiplies takes it. */
static real operand(real x, enum short_format format)
{
    switch (format) {
    case PRODUCTS_IN_TF32:
        return rounded_to(x, TF32_BITS);
    case PRODUCTS_IN_BFLOAT16:
        return rounded_to(x, BFLOAT16_BITS);
    case PRODUCTS_IN_BFLOAT16_CUT:
        return cut_to(x, BFLOAT16_BITS);
    default: /* of binary32, in every precision: the data is stored in it */
        return real_abs(x) < R(0x1p-126) ? R(0.0) : x;
    }
}

static const real *operands(struct call *call, const real *x, size_t n)
{
    real *result = call_scratch(call, n);
    for (size_t i = 0; i < n; i++)
        result[i] = operand(x[i], (enum short_format)call_variant(call));
    return result;
}

/* Sums are kept in full; the bias and its gradient are no products. */
static void short_operands(struct call *call)
{
    struct layer l = read(call);
    const real *x = operands(call, l.x, l.N * l.I), *w = operands(call, l.w, l.I * l.O);
    const real *dy = operands(call, l.dy, l.N * l.O);
    dense_layer_forward(l.y, x, w, l.b, l.N, l.I, l.O);
    dense_layer_backward(l.dx, l.dw, NULL, dy, x, w, l.N, l.I, l.O, l.block);
}

/* Products in full; every partial sum is stored in `bits` bits. */
static real short_sum(real start, size_t n, const real *x, size_t x_stride, const real *y,
                      size_t y_stride, int bits)
{
    real s = start;
    for (size_t i = 0; i < n; i++)
        s = rounded_to(real_fma(x[i * x_stride], y[i * y_stride], s), bits);
    return s;
}

/* The gradient of the bias from the last sample to the first, too. */
static void short_sums(struct call *call)
{
    struct layer l = read(call);
    int bits = call_variant(call) == SUMS_IN_HALF ? HALF_BITS : BFLOAT16_BITS;
    for (size_t n = 0; n < l.N; n++) {
        for (size_t o = 0; o < l.O; o++)
            l.y[n * l.O + o] = short_sum(l.b[o], l.I, &l.x[n * l.I], 1, &l.w[o], l.O, bits);
        for (size_t i = 0; i < l.I; i++)
            l.dx[n * l.I + i] = short_sum(0, l.O, &l.dy[n * l.O], 1, &l.w[i * l.O], 1, bits);
    }
    for (size_t i = 0; i < l.I * l.O; i++)
        l.dw[i] = short_sum(0, l.N, &l.x[i / l.O], l.I, &l.dy[i % l.O], l.O, bits);
    for (size_t o = 0; o < l.O; o++) {
        l.db[o] = 0;
        for (size_t n = l.N; n > 0; n--)
            l.db[o] = rounded_to(l.db[o] + l.dy[(n - 1) * l.O + o], bits);
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
    {.info = {"products_in_tf32", FORK_CONVENTION, "272",
              "Factors are rounded to 11 bits before they are multiplied: TF32 on tensor cores.",
              NULL},
     .answer = short_operands,
     .variant = PRODUCTS_IN_TF32},
    {.info = {"products_in_bfloat16", FORK_CONVENTION, "272",
              "Factors are rounded to 8 bits before they are multiplied.", NULL},
     .answer = short_operands,
     .variant = PRODUCTS_IN_BFLOAT16},
    {.info = {"products_in_bfloat16_cut", FORK_NUMERICAL, "274",
              "Factors are converted to 8 bits by dropping the rest.", NULL},
     .answer = short_operands,
     .variant = PRODUCTS_IN_BFLOAT16_CUT},
    {.info = {"sums_in_half", FORK_NUMERICAL, "277",
              "Every partial sum is stored in 11 bits, as an accumulator of binary16.", NULL},
     .answer = short_sums,
     .variant = SUMS_IN_HALF},
    {.info = {"sums_in_bfloat16", FORK_NUMERICAL, "277", "Every partial sum is stored in 8 bits.",
              NULL},
     .answer = short_sums,
     .variant = SUMS_IN_BFLOAT16},
    {.info = {"subnormals_flushed", FORK_CONVENTION, "273",
              "Subnormal numbers of binary32 count as 0 before they are multiplied.", NULL},
     .answer = short_operands,
     .variant = SUBNORMALS_FLUSHED},
};

const struct fork_list dense_layer_forks = {sizeof table / sizeof *table, table};
