// SPDX-License-Identifier: MIT
#include "gradient_norms.h"

struct deep deep_read(struct call *call)
{
    static const char *const of[] = {"weights", "layer", NULL};
    struct deep deep = {0};
    perceptron_read(call, &deep.net);
    deep.x = call_input(call, "x", "Na");
    deep.N = call_size(call, 'N');
    deep.block = call_block(call);
    deep.with_biases = call_choice(call, "of", of);
    perceptron_allocate(call, &deep.net, &deep.batch, deep.N);
    perceptron_target(call, &deep.labels, &deep.targets);
    perceptron_forward(&deep.net, &deep.batch, deep.x, deep.N);
    deep.loss =
        perceptron_loss(&deep.net, &deep.batch, deep.labels, deep.targets, deep.N, deep.block);
    real *dx = call_scratch(call, deep.N * deep.net.size[0]);
    perceptron_backward(&deep.net, &deep.batch, dx, deep.x, deep.N, deep.block);
    perceptron_decisions(call, &deep.net, &deep.batch, deep.N);
    call_bind(call, 'L', deep.net.layers);
    return deep;
}

real deep_norm(const struct deep *deep, size_t l)
{
    size_t I = deep->net.size[l], O = deep->net.size[l + 1];
    const real *dw = deep->batch.dw[l], *db = deep->batch.db[l];
    real squares = sum_products(R(0.0), I * O, dw, 1, dw, 1);
    if (deep->with_biases)
        squares = sum_products(squares, O, db, 1, db, 1);
    return real_sqrt(squares);
}

void gradient_norms_answer(struct call *call)
{
    struct deep deep = deep_read(call);
    size_t L = deep.net.layers;
    *call_output(call, "loss", "") = deep.loss;
    real *norm = call_output(call, "norm", "L");
    for (size_t l = 0; l < L; l++)
        norm[l] = deep_norm(&deep, l);
    if (norm[L - 1] == 0)
        call_fail(call, "the last layer has no gradient, so the ratio is 0 / 0");
    *call_output(call, "ratio", "") = norm[0] / norm[L - 1];
}
