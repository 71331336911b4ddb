// SPDX-License-Identifier: MIT
//
// The elementary functions over arrays, for the table of this build.
#ifndef ASSAY_ELEMENTARY_H
#define ASSAY_ELEMENTARY_H

#ifdef SCALAR_F32
#include "elementary_f32.h"
#else
#include "elementary_f64.h"
#endif

// y[i] = f(x[i]). The last, partial vector is computed in a buffer; its unused lanes are discarded.
INLINE void map(size_t n, scalar *y, const scalar *x, vector_double (*f)(vector_double))
{
    size_t i = 0;
    for (; i + DOUBLE_LANES <= n; i += DOUBLE_LANES)
        store_elements(y + i, f(load_elements(x + i)));
    if (i < n) {
        scalar buffer[DOUBLE_LANES] = {0};
        memcpy(buffer, x + i, (n - i) * sizeof(scalar));
        store_elements(buffer, f(load_elements(buffer)));
        memcpy(y + i, buffer, (n - i) * sizeof(scalar));
    }
}

static void map_exponential(size_t n, scalar *y, const scalar *x)
{
    map(n, y, x, exponential);
}

static void map_exponential_minus_one(size_t n, scalar *y, const scalar *x)
{
    map(n, y, x, exponential_minus_one);
}

static void map_logarithm(size_t n, scalar *y, const scalar *x)
{
    map(n, y, x, logarithm);
}

static void map_logarithm_one_plus(size_t n, scalar *y, const scalar *x)
{
    map(n, y, x, logarithm_one_plus);
}

static void map_hyperbolic_tangent(size_t n, scalar *y, const scalar *x)
{
    map(n, y, x, hyperbolic_tangent);
}

static void map_sigmoid(size_t n, scalar *y, const scalar *x)
{
    map(n, y, x, sigmoid);
}

static void map_complementary_error(size_t n, scalar *y, const scalar *x)
{
    map(n, y, x, complementary_error);
}

static void map_sine(size_t n, scalar *y, const scalar *x)
{
    map(n, y, x, sine);
}

static void map_cosine(size_t n, scalar *y, const scalar *x)
{
    map(n, y, x, cosine);
}

#endif
