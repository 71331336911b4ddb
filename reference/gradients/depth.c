// SPDX-License-Identifier: MIT
#include "depth.h"

#include "../foundations/dense_layer.h"

struct depth depth_read(struct call *call)
{
    static const char *const norms[] = {"none", "batch", "layer", NULL};
    struct depth d = {.f = curve_read(call),
                      .norm = (enum depth_norm)call_choice(call, "normalization", norms)};
    d.epsilon = call_number_or(call, "epsilon", R(0x1p-17));
    if (!(d.epsilon > 0))
        call_fail(call, "number 'epsilon' must be above 0");
    d.x = call_input(call, "x", "ND");
    const real *first = call_input(call, "w1", "DH"), *rest = call_input(call, "w", "KHH");
    d.N = call_size(call, 'N');
    d.D = call_size(call, 'D');
    d.H = call_size(call, 'H');
    d.layers = call_size(call, 'K') + 1;
    d.block = call_block(call);
    if (d.layers > DEPTH_LAYERS)
        call_fail(call, "input 'w' has more than %d layers", DEPTH_LAYERS - 1);
    if (d.N == 0)
        call_fail(call, "input 'x' has no samples");
    d.da = call_scratch(call, d.N * d.H);
    d.dz = call_scratch(call, d.N * d.H);
    d.column = call_scratch(call, d.H);
    for (size_t l = 0; l < d.layers; l++) {
        size_t n = depth_inputs(&d, l) * d.H;
        d.w[l] = call_scratch(call, n);
        d.dw[l] = call_scratch(call, n);
        for (size_t i = 0; i < n; i++)
            d.w[l][i] = l ? rest[(l - 1) * n + i] : first[i];
        d.z[l] = call_scratch(call, d.N * d.H);
        d.a[l] = call_scratch(call, d.N * d.H);
        d.inverse[l] = call_scratch(call, d.norm == DEPTH_BATCH ? d.H : d.N);
    }
    return d;
}

const real *depth_input(const struct depth *d, size_t l)
{
    return l ? d->a[l - 1] : d->x;
}

size_t depth_inputs(const struct depth *d, size_t l)
{
    return l ? d->H : d->D;
}

/* z (N,H) becomes (z - mean) inverse, over the samples of each unit. */
static void normalize_batch(const struct depth *d, real *z, real *inverse)
{
    for (size_t h = 0; h < d->H; h++) {
        real mean = sum_samples(d->N, d->block, &z[h], d->H) / real_count(d->N);
        for (size_t n = 0; n < d->N; n++)
            z[n * d->H + h] = z[n * d->H + h] - mean;
        real squares = sum_sample_products(d->N, d->block, &z[h], d->H, &z[h], d->H);
        inverse[h] = 1 / real_sqrt(squares / real_count(d->N) + d->epsilon);
        for (size_t n = 0; n < d->N; n++)
            z[n * d->H + h] = z[n * d->H + h] * inverse[h];
    }
}

/* The same over the units of each sample. */
static void normalize_layer(const struct depth *d, real *z, real *inverse)
{
    for (size_t n = 0; n < d->N; n++) {
        real *row = &z[n * d->H];
        real mean = sum_features(d->H, row, 1) / real_count(d->H);
        for (size_t h = 0; h < d->H; h++)
            row[h] = row[h] - mean;
        real squares = sum_products(R(0.0), d->H, row, 1, row, 1);
        inverse[n] = 1 / real_sqrt(squares / real_count(d->H) + d->epsilon);
        for (size_t h = 0; h < d->H; h++)
            row[h] = row[h] * inverse[n];
    }
}

void depth_forward(const struct depth *d)
{
    for (size_t h = 0; h < d->H; h++)
        d->column[h] = 0; /* no bias */
    for (size_t l = 0; l < d->layers; l++) {
        dense_layer_forward(d->z[l], depth_input(d, l), d->w[l], d->column, d->N,
                            depth_inputs(d, l), d->H);
        if (d->norm == DEPTH_BATCH)
            normalize_batch(d, d->z[l], d->inverse[l]);
        if (d->norm == DEPTH_LAYER)
            normalize_layer(d, d->z[l], d->inverse[l]);
        curve_forward(d->f, d->a[l], d->z[l], d->N * d->H);
    }
}

/* dz (N,H): through the normalisation of layer l, in place. */
static void backward_batch(const struct depth *d, size_t l, real *dz)
{
    const real *z = d->z[l];
    for (size_t h = 0; h < d->H; h++) {
        real mean = sum_samples(d->N, d->block, &dz[h], d->H) / real_count(d->N);
        real slope =
            sum_sample_products(d->N, d->block, &dz[h], d->H, &z[h], d->H) / real_count(d->N);
        for (size_t i = h; i < d->N * d->H; i += d->H)
            dz[i] = (dz[i] - mean - z[i] * slope) * d->inverse[l][h];
    }
}

static void backward_layer(const struct depth *d, size_t l, real *dz)
{
    for (size_t n = 0; n < d->N; n++) {
        const real *z = &d->z[l][n * d->H];
        real *row = &dz[n * d->H];
        real mean = sum_features(d->H, row, 1) / real_count(d->H);
        real slope = sum_products(R(0.0), d->H, row, 1, z, 1) / real_count(d->H);
        for (size_t h = 0; h < d->H; h++)
            row[h] = (row[h] - mean - z[h] * slope) * d->inverse[l][n];
    }
}

void depth_backward(const struct depth *d, real *dx, real *dy)
{
    for (size_t l = d->layers; l-- > 0;) {
        curve_backward(d->f, d->dz, l + 1 < d->layers ? d->da : dy, d->z[l], d->a[l], d->N * d->H);
        if (d->norm == DEPTH_BATCH)
            backward_batch(d, l, d->dz);
        if (d->norm == DEPTH_LAYER)
            backward_layer(d, l, d->dz);
        dense_layer_backward(l ? d->da : dx, d->dw[l], NULL, d->dz, depth_input(d, l), d->w[l],
                             d->N, depth_inputs(d, l), d->H, d->block);
    }
}

real depth_gradient_norm(const struct depth *d, size_t l)
{
    size_t n = depth_inputs(d, l) * d->H;
    return real_sqrt(sum_products(R(0.0), n, d->dw[l], 1, d->dw[l], 1));
}

void depth_decisions(struct call *call, const struct depth *d)
{
    for (size_t l = 0; d->f == CURVE_RELU && l < d->layers; l++)
        call_decisions(call, d->N * d->H, d->z[l]);
}
