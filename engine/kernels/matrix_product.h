// SPDX-License-Identifier: MIT
//
// C += A B where every element of C is one chain of fused multiply-adds over k ascending, which
// starts from C (kernels.h).
//
// How it is fast without touching that order: a tile of C (TILE_ROWS x TILE_VECTORS vectors) is
// held in registers while k runs, so the chains of a tile advance side by side and only ever start,
// stop and continue at C in memory. Vectors run over columns n. B is packed panel by panel (one
// tile wide, K_BLOCK deep, on the stack, sized for the first-level cache) where it is transposed,
// at the ragged right edge, or when enough rows use it; A is packed tile by tile, for the
// second-level cache, when enough columns use it, and else read in place. Products of little depth
// go by rows of C instead, and those of one column as one row. Nothing is padded along
// k. Lanes beyond the last column hold zeros and are never stored.
#ifndef ASSAY_MATRIX_PRODUCT_H
#define ASSAY_MATRIX_PRODUCT_H

#include "vector.h"

#if VECTOR_BITS == 512
enum { TILE_ROWS = 12, TILE_VECTORS = 2 }; // 24 of 32 registers are accumulators
#elif VECTOR_BITS == 256
enum { TILE_ROWS = 6, TILE_VECTORS = 2 }; // 12 of 16
#elif VECTOR_BITS == 128
enum { TILE_ROWS = 8, TILE_VECTORS = 3 }; // 24 of 32
#else
enum { TILE_ROWS = 4, TILE_VECTORS = 2 };
#endif

enum {
    TILE_COLUMNS = TILE_VECTORS * SCALAR_LANES,
    K_BLOCK = 256,
    ROW_BLOCK = 256, // rows of A (times K_BLOCK) that stay in the second-level cache
    PACKED_ROWS = 196608 / K_BLOCK / sizeof(scalar), // the same, of packed ones; whole tiles
    COLUMNS_WORTH_PACKING = 256,                     // from here on A is packed as well
    PANELS = 4,                                      // of B that are packed together
    ROWS_WORTH_PACKING = 24, // below this, reading B in place costs less than packing it
    THIN = 16,               // up to this depth the traffic of C costs more than the arithmetic
};

// Both operands of a tile: A[m,k] = a[m * a_row_stride + k * a_k_stride], B[k,n] = b[k * b_stride +
// n].
struct operands {
    const scalar *a;
    size_t a_row_stride, a_k_stride;
    const scalar *b;
    size_t b_stride;
};

INLINE vector_scalar load_columns(const scalar *p, size_t vector, int vectors, size_t last_count)
{
    p += vector * SCALAR_LANES;
    if (vector + 1 == (size_t)vectors && last_count < SCALAR_LANES)
        return vector_scalar_load_partial(p, last_count);
    return vector_scalar_load(p);
}

INLINE void store_columns(scalar *p, vector_scalar v, size_t vector, int vectors, size_t last_count)
{
    p += vector * SCALAR_LANES;
    if (vector + 1 == (size_t)vectors && last_count < SCALAR_LANES)
        vector_scalar_store_partial(p, v, last_count);
    else
        vector_scalar_store(p, v);
}

// One tile, `rows` x `vectors` vectors, the last of which has last_count columns. rows, vectors and
// the unit stride of A are constants after inlining: the loops over i and j unroll and `sum` lives
// in registers.
INLINE void tile(const int rows, const int vectors, size_t last_count, size_t K,
                 const struct operands operands, scalar *c, size_t ldc)
{
    vector_scalar sum[TILE_ROWS][TILE_VECTORS];
    UNROLL
    for (int i = 0; i < rows; i++) {
        UNROLL
        for (int j = 0; j < vectors; j++)
            sum[i][j] = load_columns(c + (size_t)i * ldc, (size_t)j, vectors, last_count);
    }

    const scalar *a = operands.a, *b = operands.b;
    for (size_t k = 0; k < K; k++) {
        vector_scalar b_row[TILE_VECTORS];
        UNROLL
        for (int j = 0; j < vectors; j++)
            b_row[j] = vector_scalar_load(b + (size_t)j * SCALAR_LANES);
        UNROLL
        for (int i = 0; i < rows; i++) {
            const vector_scalar a_ik =
                vector_scalar_broadcast(a[(size_t)i * operands.a_row_stride]);
            UNROLL
            for (int j = 0; j < vectors; j++)
                sum[i][j] = vector_scalar_fma(a_ik, b_row[j], sum[i][j]);
        }
        a += operands.a_k_stride;
        b += operands.b_stride;
    }

    UNROLL
    for (int i = 0; i < rows; i++) {
        UNROLL
        for (int j = 0; j < vectors; j++)
            store_columns(c + (size_t)i * ldc, vector_scalar_canonical(sum[i][j]), (size_t)j,
                          vectors, last_count);
    }
}

// Steps over the rows of a panel that a tile has done.
INLINE void tile_and_step(const int rows, const int vectors, size_t last_count, size_t K,
                          struct operands *operands, scalar **c, size_t ldc, size_t *rows_left)
{
    tile(rows, vectors, last_count, K, *operands, *c, ldc);
    operands->a += (size_t)rows * operands->a_row_stride;
    *c += (size_t)rows * ldc;
    *rows_left -= (size_t)rows;
}

// All rows of one panel of columns, by tiles of TILE_ROWS, then what is left by tiles of 8, 4, 2
// and 1 rows.
INLINE void panel_of_vectors(const int vectors, size_t last_count, size_t M, size_t K,
                             struct operands operands, scalar *c, size_t ldc)
{
    while (M >= TILE_ROWS)
        tile_and_step(TILE_ROWS, vectors, last_count, K, &operands, &c, ldc, &M);
#if VECTOR_BITS == 512
    if (M >= 8)
        tile_and_step(8, vectors, last_count, K, &operands, &c, ldc, &M);
#endif
    if (M >= 4)
        tile_and_step(4, vectors, last_count, K, &operands, &c, ldc, &M);
    if (M >= 2)
        tile_and_step(2, vectors, last_count, K, &operands, &c, ldc, &M);
    if (M >= 1)
        tile_and_step(1, vectors, last_count, K, &operands, &c, ldc, &M);
}

static void panel(size_t columns, size_t M, size_t K, struct operands operands, scalar *c,
                  size_t ldc)
{
    const size_t vectors = (columns + SCALAR_LANES - 1) / SCALAR_LANES;
    const size_t last_count = columns - (vectors - 1) * SCALAR_LANES;
    // Constants for the compiler: one of the two strides of A is 1.
    const bool transposed = operands.a_row_stride == 1;
    struct operands by_row = operands, by_k = operands;
    by_row.a_k_stride = 1;
    by_k.a_row_stride = 1;
    if (vectors == 1 && transposed)
        panel_of_vectors(1, last_count, M, K, by_k, c, ldc);
    else if (vectors == 1)
        panel_of_vectors(1, last_count, M, K, by_row, c, ldc);
    else if (vectors == 2 && transposed)
        panel_of_vectors(2, last_count, M, K, by_k, c, ldc);
    else if (vectors == 2)
        panel_of_vectors(2, last_count, M, K, by_row, c, ldc);
#if VECTOR_BITS == 128
    else if (transposed)
        panel_of_vectors(3, last_count, M, K, by_k, c, ldc);
    else
        panel_of_vectors(3, last_count, M, K, by_row, c, ldc);
#endif
}

// The tiles of one panel whose rows of A are packed: [tile][k][row].
INLINE void packed_panel_of_vectors(const int vectors, size_t last_count, size_t tiles, size_t K,
                                    struct operands operands, scalar *c, size_t ldc)
{
    operands.a_row_stride = 1;
    operands.a_k_stride = TILE_ROWS;
    for (size_t t = 0; t < tiles; t++, operands.a += K * TILE_ROWS, c += TILE_ROWS * ldc)
        tile(TILE_ROWS, vectors, last_count, K, operands, c, ldc);
}

static void packed_panel(size_t columns, size_t tiles, size_t K, struct operands operands,
                         scalar *c, size_t ldc)
{
    const size_t vectors = (columns + SCALAR_LANES - 1) / SCALAR_LANES;
    const size_t last_count = columns - (vectors - 1) * SCALAR_LANES;
    if (vectors == 1)
        packed_panel_of_vectors(1, last_count, tiles, K, operands, c, ldc);
    else if (vectors == 2)
        packed_panel_of_vectors(2, last_count, tiles, K, operands, c, ldc);
#if VECTOR_BITS == 128
    else
        packed_panel_of_vectors(3, last_count, tiles, K, operands, c, ldc);
#endif
}

// packed[tile][k][row] = A[tile * TILE_ROWS + row][k].
static void pack_a(size_t tiles, size_t K, const struct operands *operands, scalar *packed)
{
    const scalar *a = operands->a;
    for (size_t t = 0; t < tiles; t++, a += TILE_ROWS * operands->a_row_stride)
        for (size_t k = 0; k < K; k++, packed += TILE_ROWS)
            for (size_t i = 0; i < TILE_ROWS; i++)
                packed[i] = a[i * operands->a_row_stride + k * operands->a_k_stride];
}

// packed[panel][k][n] = B[k][panel * TILE_COLUMNS + n] for `columns` columns, zeros up to the next
// whole vector. Several panels together, because rows of B may lie a page or more apart.
static void pack_rows(size_t columns, size_t K, const scalar *b, size_t ldb, scalar *packed)
{
    for (size_t k = 0; k < K; k++, packed += TILE_COLUMNS, b += ldb) {
        scalar *to = packed;
        for (size_t panel = 0; panel < columns; panel += TILE_COLUMNS, to += K * TILE_COLUMNS) {
            const size_t left = columns - panel;
            for (size_t n = 0; n < TILE_COLUMNS && n < left; n += SCALAR_LANES)
                vector_scalar_store(to + n,
                                    left - n < SCALAR_LANES
                                        ? vector_scalar_load_partial(b + panel + n, left - n)
                                        : vector_scalar_load(b + panel + n));
        }
    }
}

typedef scalar four_scalars __attribute__((vector_size(4 * sizeof(scalar))));

// packed[k][n] = b[n][k] for four n and four k.
INLINE void transpose_four_by_four(const scalar *b, size_t ldb, scalar *packed)
{
    four_scalars row[4];
    for (size_t n = 0; n < 4; n++)
        memcpy(&row[n], b + n * ldb, sizeof row[n]);
    const four_scalars even_low = __builtin_shufflevector(row[0], row[2], 0, 4, 1, 5);
    const four_scalars odd_low = __builtin_shufflevector(row[1], row[3], 0, 4, 1, 5);
    const four_scalars even_high = __builtin_shufflevector(row[0], row[2], 2, 6, 3, 7);
    const four_scalars odd_high = __builtin_shufflevector(row[1], row[3], 2, 6, 3, 7);
    const four_scalars column[4] = {
        __builtin_shufflevector(even_low, odd_low, 0, 4, 1, 5),
        __builtin_shufflevector(even_low, odd_low, 2, 6, 3, 7),
        __builtin_shufflevector(even_high, odd_high, 0, 4, 1, 5),
        __builtin_shufflevector(even_high, odd_high, 2, 6, 3, 7),
    };
    for (size_t k = 0; k < 4; k++)
        memcpy(packed + k * TILE_COLUMNS, &column[k], sizeof column[k]);
}

// The same from B stored N x K.
static void pack_columns(size_t columns, size_t K, const scalar *b, size_t ldb, scalar *packed)
{
    const size_t padded = (columns + SCALAR_LANES - 1) / SCALAR_LANES * SCALAR_LANES;
    const size_t columns_by_four = columns / 4 * 4, K_by_four = K / 4 * 4;
    for (size_t n = 0; n < columns_by_four; n += 4) {
        for (size_t k = 0; k < K_by_four; k += 4)
            transpose_four_by_four(b + n * ldb + k, ldb, packed + k * TILE_COLUMNS + n);
        for (size_t k = K_by_four; k < K; k++)
            for (size_t i = n; i < n + 4; i++)
                packed[k * TILE_COLUMNS + i] = b[i * ldb + k];
    }
    for (size_t n = columns_by_four; n < padded; n++)
        for (size_t k = 0; k < K; k++)
            packed[k * TILE_COLUMNS + n] = n < columns ? b[n * ldb + k] : 0;
}

// What is done with one panel of columns, for `rows` rows: those of packed tiles first.
struct block {
    size_t rows, depth, tiles; // tiles: packed ones
    const scalar *packed_a;
    struct operands operands; // of all rows in place, and of B
};

static void block_of_columns(const struct block *block, size_t columns, scalar *c, size_t ldc)
{
    struct operands packed = block->operands, rest = block->operands;
    const size_t done = block->tiles * TILE_ROWS;
    packed.a = block->packed_a;
    packed_panel(columns, block->tiles, block->depth, packed, c, ldc);
    rest.a += done * rest.a_row_stride;
    panel(columns, block->rows - done, block->depth, rest, c + done * ldc, ldc);
}

// `rows` whole rows of C but for a ragged right edge.
INLINE void thin_rows(const int rows, size_t N, size_t K, struct operands operands,
                      size_t panel_stride, scalar *c, size_t ldc)
{
    for (size_t n = 0; n + TILE_COLUMNS <= N; n += TILE_COLUMNS, operands.b += panel_stride)
        tile(rows, TILE_VECTORS, SCALAR_LANES, K, operands, c + n, ldc);
}

// Little depth: C is passed over once and by rows, as it lies in memory.
static void thin_product(struct operands operands, size_t panel_stride, size_t M, size_t N,
                         size_t K, scalar *c, size_t ldc)
{
    for (; M >= TILE_ROWS; M -= TILE_ROWS, c += TILE_ROWS * ldc) {
        thin_rows(TILE_ROWS, N, K, operands, panel_stride, c, ldc);
        operands.a += TILE_ROWS * operands.a_row_stride;
    }
    for (; M >= 2; M -= 2, c += 2 * ldc) {
        thin_rows(2, N, K, operands, panel_stride, c, ldc);
        operands.a += 2 * operands.a_row_stride;
    }
    if (M == 1)
        thin_rows(1, N, K, operands, panel_stride, c, ldc);
}

static void matrix_product(bool transpose_a, bool transpose_b, size_t M, size_t N, size_t K,
                           const scalar *a, size_t lda, const scalar *b, size_t ldb, scalar *c,
                           size_t ldc)
{
    // One column: the same chains as one row of the transposed product, whose vectors are full.
    if (N == 1 && ldc == 1 && transpose_a && M > 1) {
        matrix_product(!transpose_b, false, 1, M, K, b, ldb, a, lda, c, M);
        return;
    }
    // One term a chain: what is stored N x 1 is stored 1 x N as well.
    if (K == 1 && ldb == 1)
        transpose_b = false;
    _Alignas(64) scalar packed[PANELS * K_BLOCK * TILE_COLUMNS];
    _Alignas(64) scalar packed_a[PACKED_ROWS * K_BLOCK];
    struct block block = {
        .packed_a = packed_a,
        .operands = {.a_row_stride = transpose_a ? 1 : lda, .a_k_stride = transpose_a ? lda : 1}};
    struct operands *operands = &block.operands;
    size_t done = 0; // columns
    if (K <= THIN && N >= TILE_COLUMNS &&
        (!transpose_b || N * K <= sizeof packed / sizeof *packed)) {
        struct operands thin = block.operands;
        thin.a = a;
        thin.b = transpose_b ? packed : b;
        thin.b_stride = transpose_b ? TILE_COLUMNS : ldb;
        done = N / TILE_COLUMNS * TILE_COLUMNS;
        for (size_t n = 0; transpose_b && n < done; n += TILE_COLUMNS)
            pack_columns(TILE_COLUMNS, K, b + n * ldb, ldb, packed + n * K);
        thin_product(thin, transpose_b ? TILE_COLUMNS * K : TILE_COLUMNS, M, N, K, c, ldc);
        if (done == N)
            return;
    }
    const bool packs_a = N - done >= COLUMNS_WORTH_PACKING && M >= TILE_ROWS;
    const size_t most_rows = packs_a ? PACKED_ROWS : ROW_BLOCK;
    for (size_t m = 0; m < M; m += block.rows) {
        block.rows = M - m < most_rows ? M - m : most_rows;
        block.tiles = packs_a ? block.rows / TILE_ROWS : 0;
        for (size_t k = 0; k < K; k += block.depth) {
            block.depth = K - k < K_BLOCK ? K - k : K_BLOCK;
            operands->a = a + m * operands->a_row_stride + k * operands->a_k_stride;
            pack_a(block.tiles, block.depth, operands, packed_a);
            for (size_t n = done; n < N; n += PANELS * TILE_COLUMNS) {
                const size_t left = N - n;
                const size_t columns = left < PANELS * TILE_COLUMNS ? left : PANELS * TILE_COLUMNS;
                const bool packs_b =
                    transpose_b || block.rows >= ROWS_WORTH_PACKING || columns % SCALAR_LANES != 0;
                if (packs_b && !transpose_b)
                    pack_rows(columns, block.depth, b + k * ldb + n, ldb, packed);
                for (size_t i = 0; i < columns; i += TILE_COLUMNS) {
                    const size_t width = columns - i < TILE_COLUMNS ? columns - i : TILE_COLUMNS;
                    operands->b = packs_b ? packed + i * block.depth : b + k * ldb + n + i;
                    operands->b_stride = packs_b ? TILE_COLUMNS : ldb;
                    if (transpose_b)
                        pack_columns(width, block.depth, b + (n + i) * ldb + k, ldb,
                                     packed + i * block.depth);
                    block_of_columns(&block, width, c + m * ldc + n + i, ldc);
                }
            }
        }
    }
}

#endif
