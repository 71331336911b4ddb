// SPDX-License-Identifier: MIT
#include "threaded_kernels.h"

#include "threads.h"

#include <stdint.h>

static const struct kernels *single; /* what one thread does with a piece */

/* ---- matrix product: C is cut into a grid of tiles ------------------------------------------- */

enum { ROW_STEP = 12, COLUMN_STEP = 16 }; /* tiles of registers stay whole */

struct product {
    bool transpose_a, transpose_b;
    size_t M, N, K;
    const scalar *a, *b;
    size_t lda, ldb;
    scalar *c;
    size_t ldc;
    size_t row_cuts, column_cuts;
};

static size_t steps_of(size_t side, size_t step)
{
    return (side + step - 1) / step;
}

/* Where part i of a side begins. */
static size_t cut(size_t side, size_t step, size_t cuts, size_t i)
{
    size_t begin = steps_of(side, step) * i / cuts * step;
    return begin < side ? begin : side;
}

static void product_tile(const void *context, size_t piece)
{
    const struct product *p = context;
    size_t row = piece / p->column_cuts, column = piece % p->column_cuts;
    size_t m = cut(p->M, ROW_STEP, p->row_cuts, row);
    size_t n = cut(p->N, COLUMN_STEP, p->column_cuts, column);
    size_t rows = cut(p->M, ROW_STEP, p->row_cuts, row + 1) - m;
    size_t columns = cut(p->N, COLUMN_STEP, p->column_cuts, column + 1) - n;
    single->matrix_product(p->transpose_a, p->transpose_b, rows, columns, p->K,
                           p->a + (p->transpose_a ? m : m * p->lda), p->lda,
                           p->b + (p->transpose_b ? n * p->ldb : n), p->ldb, p->c + m * p->ldc + n,
                           p->ldc);
}

/* The grid of `pieces` tiles that reads the least of A and B; false when the sides are too short
 * for any. */
static bool choose_grid(struct product *p, size_t pieces)
{
    size_t least = SIZE_MAX;
    for (size_t columns = 1; columns <= pieces; columns++) {
        size_t rows = pieces / columns, reads = rows * p->N + columns * p->M;
        if (rows * columns != pieces || rows > steps_of(p->M, ROW_STEP) ||
            columns > steps_of(p->N, COLUMN_STEP) || reads >= least)
            continue;
        least = reads;
        p->row_cuts = rows;
        p->column_cuts = columns;
    }
    return least != SIZE_MAX;
}

static void matrix_product(bool transpose_a, bool transpose_b, size_t M, size_t N, size_t K,
                           const scalar *a, size_t lda, const scalar *b, size_t ldb, scalar *c,
                           size_t ldc)
{
    struct product p = {transpose_a, transpose_b, M, N, K, a, b, lda, ldb, c, ldc, 1, 1};
    size_t pieces = threads_pieces((double)M * (double)N * (double)K);
    while (pieces > 1 && !choose_grid(&p, pieces))
        pieces--;
    if (pieces > 1)
        threads_run(pieces, product_tile, &p);
    else
        single->matrix_product(transpose_a, transpose_b, M, N, K, a, lda, b, ldb, c, ldc);
}

/* ---- elementwise ---------------------------------------------------------------------------- */

struct map {
    void (*function)(size_t n, scalar *y, const scalar *x);
    scalar *y;
    const scalar *x;
};

static void map_range(const void *context, size_t first, size_t count)
{
    const struct map *map = context;
    map->function(count, map->y + first, map->x + first);
}

static void apply(void (*function)(size_t n, scalar *y, const scalar *x), size_t n, scalar *y,
                  const scalar *x)
{
    struct map map = {function, y, x};
    threads_range(n, COST_OF_FUNCTION, map_range, &map);
}

static void exponential(size_t n, scalar *y, const scalar *x)
{
    apply(single->exponential, n, y, x);
}

static void exponential_minus_one(size_t n, scalar *y, const scalar *x)
{
    apply(single->exponential_minus_one, n, y, x);
}

static void logarithm(size_t n, scalar *y, const scalar *x)
{
    apply(single->logarithm, n, y, x);
}

static void logarithm_one_plus(size_t n, scalar *y, const scalar *x)
{
    apply(single->logarithm_one_plus, n, y, x);
}

static void hyperbolic_tangent(size_t n, scalar *y, const scalar *x)
{
    apply(single->hyperbolic_tangent, n, y, x);
}

static void sigmoid(size_t n, scalar *y, const scalar *x)
{
    apply(single->sigmoid, n, y, x);
}

static void complementary_error(size_t n, scalar *y, const scalar *x)
{
    apply(single->complementary_error, n, y, x);
}

static void sine(size_t n, scalar *y, const scalar *x)
{
    apply(single->sine, n, y, x);
}

static void cosine(size_t n, scalar *y, const scalar *x)
{
    apply(single->cosine, n, y, x);
}

struct addition {
    scalar *y, factor;
    const scalar *factors, *x; /* factors: NULL for one factor */
};

static void add_range(const void *context, size_t first, size_t count)
{
    const struct addition *it = context;
    if (it->factors != NULL)
        single->multiply_add(count, it->y + first, it->factors + first, it->x + first);
    else
        single->scale_add(count, it->y + first, it->factor, it->x + first);
}

static void scale_add(size_t n, scalar *y, scalar a, const scalar *x)
{
    struct addition addition = {y, a, NULL, x};
    threads_range(n, COST_OF_ARITHMETIC, add_range, &addition);
}

static void multiply_add(size_t n, scalar *y, const scalar *a, const scalar *x)
{
    struct addition addition = {y, 0, a, x};
    threads_range(n, COST_OF_ARITHMETIC, add_range, &addition);
}

const struct kernels *threaded_kernels(const struct kernels *kernels)
{
    static struct kernels threaded = {
        .matrix_product = matrix_product,
        .exponential = exponential,
        .exponential_minus_one = exponential_minus_one,
        .logarithm = logarithm,
        .logarithm_one_plus = logarithm_one_plus,
        .hyperbolic_tangent = hyperbolic_tangent,
        .sigmoid = sigmoid,
        .complementary_error = complementary_error,
        .sine = sine,
        .cosine = cosine,
        .scale_add = scale_add,
        .multiply_add = multiply_add,
    };
    if (threads_count() == 1)
        return kernels;
    single = kernels;
    threaded.name = kernels->name;
    threaded.vector_bits = kernels->vector_bits;
    return &threaded;
}
