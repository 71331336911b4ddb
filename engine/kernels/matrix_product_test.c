// SPDX-License-Identifier: MIT
//
// The matrix product has the bits of the naive chain, for every transposition, width, odd size,
// stride and special value. Why this proves the contract: the expected value is the definition
// itself, one fma() call per term in index order, and equality is of bits. Compiled once per
// precision.
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "kernels.h"

#ifdef SCALAR_F32
#define PRECISION_NAME "f32"
#else
#define PRECISION_NAME "f64"
#endif

static const char *const widths[] = {"scalar", "128", "256", "512"};
enum { N_WIDTHS = sizeof widths / sizeof widths[0] };

static uint64_t random_state = 20240607;

static uint64_t random_bits(void)
{
    // splitmix64
    uint64_t z = (random_state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static size_t random_below(size_t limit)
{
    return (size_t)(random_bits() % limit);
}

static scalar random_ordinary(void)
{
    return (scalar)((double)(int64_t)random_bits() * 0x1p-63);
}

static scalar random_special(void)
{
    static const double specials[] = {0.0,       -0.0,        1.0,   -1.0,    INFINITY,
                                      -INFINITY, (double)NAN, 1e-40, -1e-310, 3e38};
    if (random_below(20) != 0)
        return random_ordinary();
    return (scalar)specials[random_below(sizeof specials / sizeof specials[0])];
}

static scalar chain_step(scalar a, scalar b, scalar sum)
{
#ifdef SCALAR_F32
    return fmaf(a, b, sum);
#else
    return fma(a, b, sum);
#endif
}

static bool same_bits(scalar x, scalar y)
{
    // The chain of this file may hold any NaN; the kernels' is the positive quiet one.
    const scalar canonical = (scalar)NAN;
    if (isnan(y))
        y = canonical;
    return memcmp(&x, &y, sizeof x) == 0;
}

struct problem {
    bool transpose_a, transpose_b;
    size_t M, N, K, lda, ldb, ldc;
};

struct matrices {
    scalar *a, *b, *c, *expected;
    size_t c_size;
};

static scalar *random_array(size_t size, scalar (*random_scalar)(void))
{
    scalar *array = malloc((size + 1) * sizeof *array);
    assert_non_null(array);
    for (size_t i = 0; i < size; i++)
        array[i] = random_scalar();
    return array;
}

static struct matrices random_matrices(const struct problem *p, scalar (*random_scalar)(void))
{
    struct matrices result;
    result.c_size = p->M * p->ldc;
    result.a = random_array((p->transpose_a ? p->K : p->M) * p->lda, random_scalar);
    result.b = random_array((p->transpose_b ? p->N : p->K) * p->ldb, random_scalar);
    result.c = random_array(result.c_size, random_scalar);
    result.expected = malloc((result.c_size + 1) * sizeof(scalar));
    assert_non_null(result.expected);
    memcpy(result.expected, result.c, result.c_size * sizeof(scalar));
    return result;
}

static void expect_chain(const struct problem *p, const struct matrices *matrices)
{
    for (size_t m = 0; m < p->M; m++)
        for (size_t n = 0; n < p->N; n++) {
            scalar sum = matrices->expected[m * p->ldc + n];
            for (size_t k = 0; k < p->K; k++)
                sum =
                    chain_step(matrices->a[p->transpose_a ? k * p->lda + m : m * p->lda + k],
                               matrices->b[p->transpose_b ? n * p->ldb + k : k * p->ldb + n], sum);
            matrices->expected[m * p->ldc + n] = sum;
        }
}

static void check_width(const struct kernels *kernels, const struct problem *p,
                        const struct matrices *matrices)
{
    scalar *c = malloc((matrices->c_size + 1) * sizeof *c);
    assert_non_null(c);
    memcpy(c, matrices->c, matrices->c_size * sizeof *c);
    kernels->matrix_product(p->transpose_a, p->transpose_b, p->M, p->N, p->K, matrices->a, p->lda,
                            matrices->b, p->ldb, c, p->ldc);
    for (size_t i = 0; i < matrices->c_size; i++) {
        // Elements between the rows, and all of C when K = 0, must be untouched to the bit.
        const bool inside = i % p->ldc < p->N && p->K > 0;
        const bool same = inside ? same_bits(c[i], matrices->expected[i])
                                 : memcmp(&c[i], &matrices->c[i], sizeof *c) == 0;
        if (!same)
            fail_msg("%s, width %s, transpose %d %d, M %zu N %zu K %zu: C[%zu,%zu] is %.17g, the "
                     "chain gives %.17g",
                     PRECISION_NAME, kernels->name, p->transpose_a, p->transpose_b, p->M, p->N,
                     p->K, i / p->ldc, i % p->ldc, (double)c[i], (double)matrices->expected[i]);
    }
    free(c);
}

/* gap: elements between the rows in memory, in digits to base 4: of A, of B, of C. */
static void check(bool transpose_a, bool transpose_b, size_t M, size_t N, size_t K, size_t gap,
                  scalar (*random_scalar)(void))
{
    const size_t gap_c = gap / 16;
    const struct problem p = {.transpose_a = transpose_a,
                              .transpose_b = transpose_b,
                              .M = M,
                              .N = N,
                              .K = K,
                              .lda = (transpose_a ? M : K) + gap % 4,
                              .ldb = (transpose_b ? K : N) + gap / 4 % 4,
                              .ldc = N + gap_c + (N + gap_c == 0)};
    const struct matrices matrices = random_matrices(&p, random_scalar);
    expect_chain(&p, &matrices);
    for (size_t i = 0; i < N_WIDTHS; i++) {
        const struct kernels *kernels = kernels_select(widths[i], NULL);
        if (kernels != NULL)
            check_width(kernels, &p, &matrices);
    }
    free(matrices.a);
    free(matrices.b);
    free(matrices.c);
    free(matrices.expected);
}

static void check_all_transposes(size_t M, size_t N, size_t K, size_t gap,
                                 scalar (*random_scalar)(void))
{
    for (int transposes = 0; transposes < 4; transposes++)
        check((transposes & 1) != 0, (transposes & 2) != 0, M, N, K, gap, random_scalar);
}

static void every_size_of_one_side(void **state)
{
    (void)state;
    for (size_t size = 0; size <= 70; size++) {
        check_all_transposes(size, 17, 5, 0, random_ordinary);
        check_all_transposes(5, size, 7, 21, random_ordinary);
        check_all_transposes(3, 19, size, 0, random_ordinary);
    }
}

static void random_sizes_and_strides(void **state)
{
    (void)state;
    for (int i = 0; i < 300; i++)
        check_all_transposes(random_below(71), random_below(71), random_below(71), random_below(64),
                             random_ordinary);
}

static void one_column_and_little_depth(void **state)
{
    (void)state;
    for (size_t gap = 0; gap < 64; gap++) {
        check_all_transposes(1 + random_below(70), 1, random_below(40), gap, random_ordinary);
        check_all_transposes(random_below(30), 16 + random_below(80), 1, gap, random_ordinary);
        check_all_transposes(random_below(30), 16 + random_below(80), 1 + random_below(16), gap,
                             random_special);
    }
    check_all_transposes(7, 1500, 16, 0, random_ordinary); /* B does not fit packed */
}

static void contraction_longer_than_a_block(void **state)
{
    (void)state;
    check_all_transposes(13, 35, 700, 0, random_ordinary);
    check_all_transposes(64, 10, 784, 63, random_ordinary);
    check_all_transposes(205, 283, 300, 57, random_ordinary); /* A and B packed, all ragged */
    check_all_transposes(5, 259, 260, 0, random_ordinary);    /* too few rows to pack A */
}

static void more_rows_than_a_block(void **state)
{
    (void)state;
    check_all_transposes(1100, 9, 3, 0, random_ordinary);
}

static void special_values(void **state)
{
    (void)state;
    for (int i = 0; i < 200; i++)
        check_all_transposes(random_below(40), random_below(40), random_below(40), random_below(64),
                             random_special);
}

static void split_contraction_continues_the_chain(void **state)
{
    (void)state;
    enum { M = 9, N = 37, K = 300, CUT = 111 };
    scalar *a = random_array(M * K, random_ordinary), *b = random_array(K * N, random_ordinary);
    scalar *whole = calloc(M * N, sizeof *whole), *parts = calloc(M * N, sizeof *parts);
    assert_non_null(whole);
    assert_non_null(parts);
    const struct kernels *kernels = kernels_select(NULL, NULL);
    kernels->matrix_product(false, false, M, N, K, a, K, b, N, whole, N);
    kernels->matrix_product(false, false, M, N, CUT, a, K, b, N, parts, N);
    kernels->matrix_product(false, false, M, N, K - CUT, a + CUT, K, b + CUT * N, N, parts, N);
    assert_memory_equal(whole, parts, M * N * sizeof *whole);
    free(a);
    free(b);
    free(whole);
    free(parts);
}

static void check_vector_operations(const struct kernels *kernels, size_t n)
{
    scalar *x = random_array(n, random_special), *a = random_array(n, random_special);
    scalar *y = random_array(n, random_special), *z = malloc((n + 1) * sizeof *z);
    const scalar factor = random_ordinary();
    assert_non_null(z);
    memcpy(z, y, n * sizeof *z);
    kernels->scale_add(n, z, factor, x);
    for (size_t i = 0; i < n; i++)
        assert_true(same_bits(z[i], chain_step(factor, x[i], y[i])));
    memcpy(z, y, n * sizeof *z);
    kernels->multiply_add(n, z, a, x);
    for (size_t i = 0; i < n; i++)
        assert_true(same_bits(z[i], chain_step(a[i], x[i], y[i])));
    free(x);
    free(a);
    free(y);
    free(z);
}

static void scale_add_and_multiply_add(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_WIDTHS; i++)
        for (size_t n = 0; n <= 70; n++)
            if (kernels_select(widths[i], NULL) != NULL)
                check_vector_operations(kernels_select(widths[i], NULL), n);
}

static void selection_says_why_not(void **state)
{
    (void)state;
    const char *reason = NULL;
    assert_null(kernels_select("1024", &reason));
    assert_non_null(reason);
    assert_non_null(kernels_select("scalar", &reason));
    assert_string_equal(kernels_select("scalar", NULL)->name, "scalar");
    for (size_t i = 0; i < N_WIDTHS; i++)
        if (kernels_select(widths[i], &reason) == NULL)
            print_message("not tested here: %s\n", reason);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_size_of_one_side),
        cmocka_unit_test(random_sizes_and_strides),
        cmocka_unit_test(one_column_and_little_depth),
        cmocka_unit_test(contraction_longer_than_a_block),
        cmocka_unit_test(more_rows_than_a_block),
        cmocka_unit_test(special_values),
        cmocka_unit_test(split_contraction_continues_the_chain),
        cmocka_unit_test(scale_add_and_multiply_add),
        cmocka_unit_test(selection_says_why_not),
    };
    return cmocka_run_group_tests_name("matrix product " PRECISION_NAME, tests, NULL, NULL);
}
