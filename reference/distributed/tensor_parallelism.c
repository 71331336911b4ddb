// SPDX-License-Identifier: MIT
#include "tensor_parallelism.h"

#include "../activations/relu.h"
#include "../activations/sigmoid.h"
#include "../activations/tanh.h"

static const int *read_parts(struct call *call, const char *name, size_t total)
{
    const int *part = call_integers(call, name, "T", 0, 1 << 20);
    size_t sum = 0;
    for (size_t t = 0; t < call_size(call, 'T'); t++)
        sum += (size_t)part[t];
    if (call_size(call, 'T') == 0 || sum != total)
        call_fail(call, "input '%s' adds up to %zu, not to %zu", name, sum, total);
    return part;
}

void tensor_parallelism_read(struct call *call, struct tensor_parallelism *t)
{
    static const char *const splits[] = {"column_row", "row_column", NULL};
    static const char *const activations[] = {"tanh", "relu", "sigmoid", "linear", NULL};
    *t = (struct tensor_parallelism){0};
    t->row_column = call_choice(call, "split", splits);
    t->activation = (enum tensor_activation)call_choice(call, "activation", activations);
    t->x = call_input(call, "x", "ND");
    t->w1 = call_input(call, "w1", "DH");
    t->b1 = call_input(call, "b1", "H");
    t->w2 = call_input(call, "w2", "HK");
    t->b2 = call_input(call, "b2", "K");
    t->dy = call_input(call, "dy", "NK");
    t->N = call_size(call, 'N');
    t->D = call_size(call, 'D');
    t->H = call_size(call, 'H');
    t->K = call_size(call, 'K');
    t->block = call_block(call);
    t->part = read_parts(call, "part", t->row_column ? t->D : t->H);
    t->part2 = t->row_column ? read_parts(call, "part2", t->K) : NULL;
    t->T = call_size(call, 'T');
}

void tensor_activate(const struct tensor_parallelism *t, real *a, const real *z, size_t n)
{
    if (t->activation == TENSOR_TANH)
        tanh_forward(a, z, n);
    else if (t->activation == TENSOR_RELU)
        relu_forward(a, z, n);
    else if (t->activation == TENSOR_SIGMOID)
        sigmoid_forward(a, z, n);
    for (size_t i = 0; i < n && t->activation == TENSOR_LINEAR; i++)
        a[i] = z[i];
}

void tensor_differentiate(const struct tensor_parallelism *t, real *dz, const real *da,
                          const real *z, const real *a, size_t n)
{
    if (t->activation == TENSOR_TANH)
        tanh_backward(dz, da, a, n);
    else if (t->activation == TENSOR_RELU)
        relu_backward(dz, da, z, n, R(0.0));
    else if (t->activation == TENSOR_SIGMOID)
        sigmoid_backward(dz, da, a, n);
    for (size_t i = 0; i < n && t->activation == TENSOR_LINEAR; i++)
        dz[i] = da[i];
}

void tensor_weights(const struct tensor_parallelism *t, real *dw, real *db, const real *x,
                    const real *dz, size_t I, size_t O)
{
    for (size_t o = 0; o < O; o++) {
        for (size_t i = 0; i < I; i++)
            dw[i * O + o] = sum_sample_products(t->N, t->block, &x[i], I, &dz[o], O);
        db[o] = sum_samples(t->N, t->block, &dz[o], O);
    }
}

/* The sum over parts of the chains over each part of x[i x_stride] y[i y_stride]. */
static real in_parts(const struct tensor_parallelism *t, const int *part, const real *x,
                     const real *y, size_t y_stride, real *partial)
{
    size_t first = 0;
    for (size_t k = 0; k < t->T; k++) {
        size_t count = (size_t)part[k];
        partial[k] = sum_products(R(0.0), count, x + first, 1, y + first * y_stride, y_stride);
        first += count;
    }
    return sum_samples(t->T, 1, partial, 1);
}

/* y (N,O) = x (N,I) w + b, over parts of I unless part is NULL. */
static void dense(const struct tensor_parallelism *t, const int *part, real *y, const real *x,
                  const real *w, const real *b, size_t I, size_t O, real *partial)
{
    for (size_t n = 0; n < t->N; n++)
        for (size_t o = 0; o < O; o++)
            y[n * O + o] = part ? in_parts(t, part, &x[n * I], &w[o], O, partial) + b[o]
                                : sum_products(b[o], I, &x[n * I], 1, &w[o], O);
}

/* dx (N,I) = dz (N,O) w', over parts of O unless part is NULL. */
static void back(const struct tensor_parallelism *t, const int *part, real *dx, const real *dz,
                 const real *w, size_t I, size_t O, real *partial)
{
    for (size_t n = 0; n < t->N; n++)
        for (size_t i = 0; i < I; i++)
            dx[n * I + i] = part ? in_parts(t, part, &dz[n * O], &w[i * O], 1, partial)
                                 : sum_products(R(0.0), O, &dz[n * O], 1, &w[i * O], 1);
}

void tensor_parallelism_answer(struct call *call)
{
    struct tensor_parallelism t;
    tensor_parallelism_read(call, &t);
    size_t N = t.N, D = t.D, H = t.H, K = t.K;
    real *a = call_scratch(call, N * H), *da = call_scratch(call, N * H);
    real *dz = call_scratch(call, N * H), *partial = call_scratch(call, t.T);
    real *y = call_output(call, "y", "NK"), *z = call_output(call, "z", "NH");
    dense(&t, t.row_column ? t.part : NULL, z, t.x, t.w1, t.b1, D, H, partial);
    tensor_activate(&t, a, z, N * H);
    dense(&t, t.row_column ? NULL : t.part, y, a, t.w2, t.b2, H, K, partial);
    back(&t, t.row_column ? t.part2 : NULL, da, t.dy, t.w2, H, K, partial);
    tensor_differentiate(&t, dz, da, z, a, N * H);
    back(&t, t.row_column ? NULL : t.part, call_output(call, "dx", "ND"), dz, t.w1, D, H, partial);
    real *dw1 = call_output(call, "dw1", "DH");
    tensor_weights(&t, dw1, call_output(call, "db1", "H"), t.x, dz, D, H);
    real *dw2 = call_output(call, "dw2", "HK");
    tensor_weights(&t, dw2, call_output(call, "db2", "K"), a, t.dy, H, K);
    if (t.activation == TENSOR_RELU)
        call_decisions(call, N * H, z);
}
