// SPDX-License-Identifier: MIT
#include "linear_collapse.h"

enum { MOST_LAYERS = 8 };

void linear_collapse_product(real *c, const real *start, const real *a, const real *b, size_t M,
                             size_t K, size_t O)
{
    for (size_t m = 0; m < M; m++) {
        for (size_t o = 0; o < O; o++)
            c[m * O + o] = sum_products(start ? start[o] : 0, K, &a[m * K], 1, &b[o], O);
    }
}

/* Layers in order: the network's a, the weight product and the bias so far. */
struct collapse {
    const real *a, *weight, *bias; /* (N,width), (I,width), (width) */
    size_t N, I, width;
};

static void add_layer(struct call *call, struct collapse *c, const real *w, const real *b, size_t O)
{
    real *a = call_scratch(call, c->N * O), *bias = call_scratch(call, O);
    real *weight = call_scratch(call, c->I * O);
    linear_collapse_product(a, b, c->a, w, c->N, c->width, O);
    if (c->bias)
        linear_collapse_product(bias, b, c->bias, w, 1, c->width, O);
    else
        for (size_t o = 0; o < O; o++)
            bias[o] = b[o];
    if (c->weight)
        linear_collapse_product(weight, NULL, c->weight, w, c->I, c->width, O);
    *c = (struct collapse){a, c->weight ? weight : w, bias, c->N, c->I, O};
}

static void copy(struct call *call, const char *name, const char *shape, const real *from, size_t n)
{
    real *to = call_output(call, name, shape);
    for (size_t i = 0; i < n; i++)
        to[i] = from[i];
}

void linear_collapse_answer(struct call *call)
{
    const real *x = call_input(call, "x", "NA");
    struct collapse c = {.a = x, .N = call_size(call, 'N')};
    c.I = c.width = call_size(call, 'A');
    size_t layers = 0;
    for (; layers < MOST_LAYERS; layers++) {
        char digit = (char)('1' + layers), letter = (char)('A' + layers);
        const char w[] = {'w', digit, 0}, b[] = {'b', digit, 0};
        const char matrix[] = {letter, (char)(letter + 1), 0}, vector[] = {(char)(letter + 1), 0};
        if (!call_has(call, w))
            break;
        const real *weight = call_input(call, w, matrix);
        size_t O = call_size(call, vector[0]);
        const real *bias = call_has(call, b) ? call_input(call, b, vector) : call_scratch(call, O);
        add_layer(call, &c, weight, bias, O);
    }
    if (layers == 0)
        call_fail(call, "input 'w1' is missing; give at least one layer");
    for (size_t l = layers + 1; l < MOST_LAYERS; l++) {
        const char w[] = {'w', (char)('1' + l), 0};
        if (call_has(call, w))
            call_fail(call, "input 'w%zu' is missing, but '%s' is there", layers + 1, w);
    }
    call_bind(call, 'O', c.width);
    real *collapsed = call_scratch(call, c.N * c.width);
    linear_collapse_product(collapsed, c.bias, x, c.weight, c.N, c.I, c.width);
    copy(call, "network", "NO", c.a, c.N * c.width);
    copy(call, "weight", "AO", c.weight, c.I * c.width);
    copy(call, "bias", "O", c.bias, c.width);
    copy(call, "collapsed", "NO", collapsed, c.N * c.width);
}
