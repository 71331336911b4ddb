// SPDX-License-Identifier: MIT
/* depth_forks.h - the deep network of depth.h differentiated forwards, for twins: one pass of
 * tangents for each weight. */
#pragma once

#include "../../reference/gradients/depth.h"
#include "../fork.h"

/* The tangent of m values through their normalisation, whose results are v with the factor inverse;
 * `step` apart. */
static inline void depth_tangent(real *t, const real *v, real inverse, size_t m, size_t step)
{
    real mean = 0, variance = 0;

    for (size_t i = 0; i < m * step; i += step)
        mean += t[i] / real_count(m);
    for (size_t i = 0; i < m * step; i += step)
        variance += 2 * (v[i] / inverse) * (t[i] - mean) / real_count(m);
    for (size_t i = 0; i < m * step; i += step)
        t[i] = (t[i] - mean) * inverse - v[i] * inverse * inverse * variance / 2;
}

static inline real depth_slope(enum curve f, real v, real a)
{
    return f == CURVE_RELU      ? (v > 0 ? R(1.0) : R(0.0))
           : f == CURVE_SIGMOID ? a - a * a
                                : (1 - a) * (1 + a);
}

/* t (N,H): through layer l from the tangent `from` of its inputs (NULL: none) and a change of
 * weight
 * `place` (below 0: none). */
static inline void depth_tangent_layer(const struct depth *d, size_t l, real *t, const real *from,
                                       long place)
{
    size_t I = depth_inputs(d, l), H = d->H;
    const real *input = depth_input(d, l), *v = d->z[l];
    for (size_t i = 0; i < d->N * H; i++) {
        size_t n = i / H, h = i % H;
        t[i] = place >= 0 && (size_t)place % H == h ? input[n * I + (size_t)place / H] : 0;
        for (size_t j = 0; from && j < I; j++)
            t[i] += from[n * I + j] * d->w[l][j * H + h];
    }
    for (size_t h = 0; d->norm == DEPTH_BATCH && h < H; h++)
        depth_tangent(&t[h], &v[h], d->inverse[l][h], d->N, H);
    for (size_t n = 0; d->norm == DEPTH_LAYER && n < d->N; n++)
        depth_tangent(&t[n * H], &v[n * H], d->inverse[l][n], H, 1);
    for (size_t i = 0; i < d->N * H; i++)
        t[i] = t[i] * depth_slope(d->f, v[i], d->a[l][i]);
}

/* sum dy t at the end, when a weight of layer `first` changes (place), or the input (moved
 * (N,D)). */
static inline real depth_directional(struct call *call, const struct depth *d, const real *dy,
                                     size_t first, long place, const real *moved)
{
    size_t n = d->N * d->H;
    real *t = call_scratch(call, n), *from = call_scratch(call, n), sum = 0;
    depth_tangent_layer(d, first, t, moved, place);
    for (size_t l = first + 1; l < d->layers; l++) {
        for (size_t i = 0; i < n; i++)
            from[i] = t[i];
        depth_tangent_layer(d, l, t, from, -1);
    }
    for (size_t i = 0; i < n; i++)
        sum += dy[i] * t[i];
    return sum;
}

/* dw of all layers. */
static inline void depth_forward_mode(struct call *call, const struct depth *d, const real *dy)
{
    for (size_t l = 0; l < d->layers; l++) {
        for (size_t i = 0; i < depth_inputs(d, l) * d->H; i++)
            d->dw[l][i] = depth_directional(call, d, dy, l, (long)i, NULL);
    }
}
