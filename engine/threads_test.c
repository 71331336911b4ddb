// SPDX-License-Identifier: MIT
/* Threads do every piece once, and the kernels on them have the bits of one thread, for any number
 * of threads, more than there are cores too. */
#include "threads.h"
#include "threaded_kernels.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { MOST_THREADS = 5, PIECES = 1000 };

struct tally {
    _Atomic int *seen; /* (PIECES) */
    bool nested;
};

static void count_piece(const void *context, size_t piece)
{
    const struct tally *tally = context;
    if (!tally->nested) {
        tally->seen[piece]++;
        return;
    }
    const struct tally inner = {tally->seen + 10 * piece, false};
    threads_run(10, count_piece, &inner);
}

static void each_piece_is_done_once(void **state)
{
    (void)state;
    static _Atomic int seen[PIECES];
    for (int threads = 1; threads <= MOST_THREADS; threads++) {
        assert_int_equal(threads_start(threads, 1), 0);
        assert_int_equal(threads_count(), threads);
        for (size_t pieces = 0; pieces <= PIECES; pieces += 1 + pieces / 7) {
            memset(seen, 0, sizeof seen);
            threads_run(pieces, count_piece, &(struct tally){seen, false});
            for (size_t i = 0; i < PIECES; i++)
                assert_int_equal(seen[i], i < pieces);
        }
        memset(seen, 0, sizeof seen);
        threads_run(PIECES / 10, count_piece, &(struct tally){seen, true});
        for (size_t i = 0; i < PIECES; i++)
            assert_int_equal(seen[i], 1);
        threads_stop();
        assert_int_equal(threads_count(), 1);
    }
}

/* Threads that sleep wake up, and those that are slow to do so miss nothing. */
static void many_short_jobs(void **state)
{
    (void)state;
    static _Atomic int seen[PIECES];
    memset(seen, 0, sizeof seen);
    assert_int_equal(threads_start(3, 1), 0);
    for (int job = 1; job <= 3000; job++) {
        threads_run(7, count_piece, &(struct tally){seen, false});
        for (size_t i = 0; i < 7; i++)
            assert_int_equal(seen[i], job);
        for (volatile int pause = 0; job % 500 == 0 && pause < 5000000; pause++)
            ;
    }
    threads_stop();
}

static void mark_range(const void *context, size_t first, size_t count)
{
    _Atomic int *const *seen = context;
    for (size_t i = first; i < first + count; i++)
        (*seen)[i]++;
}

static void ranges_cover_everything_once(void **state)
{
    (void)state;
    static _Atomic int array[PIECES];
    _Atomic int *seen = array;
    for (size_t least_work = 1; least_work <= 500; least_work += 100) {
        assert_int_equal(threads_start(4, least_work), 0);
        for (size_t n = 0; n <= PIECES; n += 1 + n / 9) {
            memset(array, 0, sizeof array);
            threads_range(n, 1, mark_range, &seen);
            for (size_t i = 0; i < PIECES; i++)
                assert_int_equal(seen[i], i < n);
        }
        threads_stop();
    }
}

static void little_work_is_not_cut(void **state)
{
    (void)state;
    assert_int_equal(threads_pieces(1e9), 1);
    assert_int_equal(threads_start(4, 100), 0);
    assert_int_equal(threads_pieces(0), 1);
    assert_int_equal(threads_pieces(199), 1);
    assert_int_equal(threads_pieces(200), 2);
    assert_int_equal(threads_pieces(399), 3);
    assert_int_equal(threads_pieces(1e18), 4);
    threads_stop();
}

/* ---- kernels -------------------------------------------------------------------------------- */

static scalar *random_array(size_t size)
{
    static uint64_t state = 7;
    scalar *array = malloc(size * sizeof *array);
    assert_non_null(array);
    for (size_t i = 0; i < size; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        array[i] = (scalar)((double)(state >> 40) * 0x1p-23 - 1);
    }
    return array;
}

struct shape {
    size_t M, N, K;
};

static void compare_products(const struct kernels *single, const struct shape *s, int transposes)
{
    bool transpose_a = (transposes & 1) != 0, transpose_b = (transposes & 2) != 0;
    size_t lda = (transpose_a ? s->M : s->K) + 3, ldb = (transpose_b ? s->K : s->N) + 1;
    size_t ldc = s->N + 2, size = s->M * ldc;
    scalar *a = random_array((transpose_a ? s->K : s->M) * lda);
    scalar *b = random_array((transpose_b ? s->N : s->K) * ldb);
    scalar *c = random_array(size), *expected = malloc(size * sizeof *expected);
    assert_non_null(expected);
    memcpy(expected, c, size * sizeof *c);
    single->matrix_product(transpose_a, transpose_b, s->M, s->N, s->K, a, lda, b, ldb, expected,
                           ldc);
    threaded_kernels(single)->matrix_product(transpose_a, transpose_b, s->M, s->N, s->K, a, lda, b,
                                             ldb, c, ldc);
    assert_memory_equal(c, expected, size * sizeof *c);
    free(a);
    free(b);
    free(c);
    free(expected);
}

static void products_have_the_bits_of_one_thread(void **state)
{
    (void)state;
    static const struct shape shapes[] = {
        {1, 1, 1},      {130, 131, 132}, {2000, 10, 260}, {10, 2000, 260},
        {1, 9000, 500}, {300, 300, 64},  {97, 777, 101},  {256, 3, 9000},
    };
    const struct kernels *single = kernels_select(NULL, NULL);
    for (int threads = 1; threads <= MOST_THREADS; threads++) {
        assert_int_equal(threads_start(threads, 1), 0);
        for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
            for (int transposes = 0; transposes < 4; transposes++)
                compare_products(single, &shapes[i], transposes);
        threads_stop();
    }
}

static void functions_have_the_bits_of_one_thread(void **state)
{
    (void)state;
    enum { N = 50001 };
    const struct kernels *single = kernels_select(NULL, NULL);
    scalar *x = random_array(N), *a = random_array(N), *y = random_array(N);
    scalar *expected = malloc(N * sizeof *expected);
    assert_non_null(expected);
    for (int threads = 1; threads <= MOST_THREADS; threads++) {
        assert_int_equal(threads_start(threads, 1), 0);
        const struct kernels *threaded = threaded_kernels(single);
        assert_true(threads == 1 ? threaded == single : threaded != single);
        single->exponential(N, expected, x);
        threaded->exponential(N, y, x);
        assert_memory_equal(y, expected, N * sizeof *y);
        single->cosine(N, expected, x);
        threaded->cosine(N, y, x);
        assert_memory_equal(y, expected, N * sizeof *y);
        single->scale_add(N, expected, (scalar)0.3, a);
        threaded->scale_add(N, y, (scalar)0.3, a);
        assert_memory_equal(y, expected, N * sizeof *y);
        single->multiply_add(N, expected, a, x);
        threaded->multiply_add(N, y, a, x);
        assert_memory_equal(y, expected, N * sizeof *y);
        threads_stop();
    }
    free(x);
    free(a);
    free(y);
    free(expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_piece_is_done_once),
        cmocka_unit_test(many_short_jobs),
        cmocka_unit_test(ranges_cover_everything_once),
        cmocka_unit_test(little_work_is_not_cut),
        cmocka_unit_test(products_have_the_bits_of_one_thread),
        cmocka_unit_test(functions_have_the_bits_of_one_thread),
    };
    return cmocka_run_group_tests_name("threads", tests, NULL, NULL);
}
