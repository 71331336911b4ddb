// SPDX-License-Identifier: MIT
#include "weight_normalization.h"

#include "../foundations/dense_layer.h"

struct weight_sets weight_sets_of(enum weight_axis axis, size_t I, size_t O)
{
    if (axis == WEIGHT_OUTPUT)
        return (struct weight_sets){O, I, 1, O};
    if (axis == WEIGHT_INPUT)
        return (struct weight_sets){I, O, O, 1};
    return (struct weight_sets){1, I * O, 0, 1};
}

void weight_directions(real *u, real *norm, const real *v, const struct weight_sets *sets)
{
    for (size_t k = 0; k < sets->groups; k++) {
        const real *v_k = &v[k * sets->first];
        norm[k] =
            real_sqrt(sum_products(R(0.0), sets->length, v_k, sets->stride, v_k, sets->stride));
        for (size_t i = 0; i < sets->length; i++)
            u[k * sets->first + i * sets->stride] = v_k[i * sets->stride] / norm[k];
    }
}

void weight_lengthen(real *w, const real *u, const real *g, const struct weight_sets *sets)
{
    for (size_t k = 0; k < sets->groups; k++) {
        for (size_t i = 0; i < sets->length; i++) {
            size_t at = k * sets->first + i * sets->stride;
            w[at] = g[k] * u[at];
        }
    }
}

void weight_normalization_backward(real *dv, real *dg, const real *dw, const real *u, const real *g,
                                   const real *norm, const struct weight_sets *sets)
{
    for (size_t k = 0; k < sets->groups; k++) {
        size_t from = k * sets->first;
        real factor = g[k] / norm[k];
        dg[k] = sum_products(R(0.0), sets->length, &dw[from], sets->stride, &u[from], sets->stride);
        for (size_t i = 0; i < sets->length; i++) {
            size_t at = from + i * sets->stride;
            dv[at] = factor * (dw[at] - dg[k] * u[at]);
        }
    }
}

int weight_normalization_start(real *g, real *b, const real *t, size_t N, size_t O, real epsilon,
                               struct call *call)
{
    size_t block = call_block(call);
    real *centred = call_scratch(call, N);
    for (size_t o = 0; o < O; o++) {
        real mean = sum_samples(N, block, &t[o], O) / real_count(N);
        for (size_t n = 0; n < N; n++)
            centred[n] = t[n * O + o] - mean;
        real variance = sum_sample_products(N, block, centred, 1, centred, 1) / real_count(N);
        real deviation = real_sqrt(variance + epsilon);
        if (!(deviation > 0))
            return 0;
        g[o] = 1 / deviation;
        b[o] = -(mean * g[o]);
    }
    return 1;
}

/* g and b of the first batch, as outputs. */
static void start(struct call *call, const real **g, const real **b, const real *x, const real *u)
{
    size_t N = call_size(call, 'N'), I = call_size(call, 'I'), O = call_size(call, 'O');
    real epsilon = call_number_or(call, "epsilon", R(0.0));
    if (!(epsilon >= 0))
        call_fail(call, "number 'epsilon' is negative");
    if (N == 0)
        call_fail(call, "input 'x' is empty, so it has no statistics");
    if (call_has(call, "dy"))
        call_fail(call, "input 'dy' is given, but with start data there are no gradients");
    real *t = call_scratch(call, N * O), *length = call_output(call, "g", "O");
    real *shift = call_output(call, "b", "O");
    dense_layer_forward(t, x, u, call_scratch(call, O), N, I, O);
    if (!weight_normalization_start(length, shift, t, N, O, epsilon, call))
        call_fail(call, "a unit does not vary over input 'x', and 'epsilon' is 0");
    *g = length;
    *b = shift;
}

void weight_normalization_answer(struct call *call)
{
    static const char *const axes[] = {"output", "input", "whole", NULL};
    static const char *const starts[] = {"given", "data", NULL};
    static const char *const shapes[] = {"O", "I", ""};
    const real *x = call_input(call, "x", "NI"), *v = call_input(call, "v", "IO"), *g, *b;
    size_t N = call_size(call, 'N'), I = call_size(call, 'I'), O = call_size(call, 'O');
    int axis = call_choice(call, "axis", axes), from_data = call_choice(call, "start", starts);
    struct weight_sets sets = weight_sets_of((enum weight_axis)axis, I, O);
    if (from_data && axis != WEIGHT_OUTPUT)
        call_fail(call, "convention 'axis' must be output with start data");
    real *u = call_scratch(call, I * O), *norm = call_scratch(call, sets.groups);
    weight_directions(u, norm, v, &sets);
    for (size_t k = 0; k < sets.groups; k++)
        if (!(norm[k] > 0))
            call_fail(call, "input 'v' has weights of norm 0, which have no direction");
    if (from_data) {
        start(call, &g, &b, x, u);
    } else {
        g = call_input(call, "g", shapes[axis]);
        b = call_has(call, "b") ? call_input(call, "b", "O") : call_scratch(call, O);
    }
    real *w = call_output(call, "w", "IO");
    weight_lengthen(w, u, g, &sets);
    dense_layer_forward(call_output(call, "y", "NO"), x, w, b, N, I, O);
    if (!call_has(call, "dy"))
        return;
    real *dx = call_output(call, "dx", "NI"), *dv = call_output(call, "dv", "IO");
    real *dg = call_output(call, "dg", shapes[axis]), *db = call_output(call, "db", "O");
    real *dw = call_scratch(call, I * O);
    dense_layer_backward(dx, dw, db, call_input(call, "dy", "NO"), x, w, N, I, O, call_block(call));
    weight_normalization_backward(dv, dg, dw, u, g, norm, &sets);
}
