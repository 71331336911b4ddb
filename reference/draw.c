// SPDX-License-Identifier: MIT
#include "draw.h"

#include "random.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t stream_of(const char *name)
{
    uint64_t hash = 14695981039346656037u;
    for (; *name; name++)
        hash = (hash ^ (unsigned char)*name) * 1099511628211u;
    return hash;
}

/* 2^24 u(i). */
static uint32_t fraction(uint64_t seed, uint64_t stream, uint64_t index)
{
    return (uint32_t)(random_bits(seed, stream, index) >> 40);
}

static real normal(uint64_t seed, uint64_t stream, uint64_t index)
{
    real v = (real)(fraction(seed, stream, 2 * index) + 1) * R(0x1p-24);
    real angle = R(6.283185307179586476925286766559005768) *
                 ((real)fraction(seed, stream, 2 * index + 1) * R(0x1p-24));
    return real_sqrt(-2 * real_log(v)) * real_cos(angle);
}

static int permutations(real *value, size_t rows, size_t n, uint64_t seed, uint64_t stream)
{
    uint32_t *row = malloc((n + 1) * sizeof *row);
    if (!row)
        return 2;
    for (size_t r = 0; r < rows; r++) {
        random_permutation(row, n, seed, stream + r);
        for (size_t i = 0; i < n; i++)
            value[r * n + i] = (real)row[i];
    }
    free(row);
    return 0;
}

int draw_values(real *value, const struct request_draw *draw, uint64_t seed)
{
    uint64_t stream = stream_of(draw->name);
    size_t count = 1, last = draw->rank > 0 ? draw->dim[draw->rank - 1] : 1;
    double keep = 0;
    unsigned whole = 0;
    char rest;
    for (int axis = 0; axis < draw->rank; axis++)
        count *= draw->dim[axis];
    if (strcmp(draw->law, "permutation") == 0)
        return permutations(value, last ? count / last : 0, last, seed, stream);
    int is_bernoulli = sscanf(draw->law, "bernoulli %lf%c", &keep, &rest) == 1;
    int is_integers = sscanf(draw->law, "integers %u%c", &whole, &rest) == 1;
    int is_normal = strcmp(draw->law, "normal") == 0;
    if (!is_bernoulli && !is_integers && !is_normal && strcmp(draw->law, "uniform") != 0)
        return 2;
    if (is_integers && (whole == 0 || whole > 65536))
        return 2;
    for (size_t i = 0; i < count; i++) {
        if (is_normal) {
            value[i] = normal(seed, stream, i);
            continue;
        }
        uint32_t k = fraction(seed, stream, i);
        value[i] = (real)k * R(0x1p-24);
        if (is_integers)
            value[i] = (real)((uint64_t)whole * k >> 24);
        if (is_bernoulli)
            value[i] = (double)k * 0x1p-24 < keep ? R(1.0) : R(0.0);
    }
    return 0;
}
