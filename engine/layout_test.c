// SPDX-License-Identifier: MIT
/* layout_test.c - every sample has exactly one owner, ranges are whole blocks in order, and no rank
 * owns more than one block above another. Needs no MPI. */
#include "layout.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void check(size_t samples, size_t block, int ranks)
{
    struct arena arena = {NULL};
    struct layout layout = layout_create(&arena, samples, block, ranks);
    size_t next = 0, fewest = SIZE_MAX, most = 0;
    assert_true(layout_is_valid(&layout));
    for (int r = 0; r < ranks; r++) {
        size_t blocks = layout.offset[r + 1] - layout.offset[r];
        assert_int_equal(layout_first(&layout, r), next);
        assert_true(next % block == 0 || next == samples);
        next += layout_count(&layout, r);
        fewest = blocks < fewest ? blocks : fewest;
        most = blocks > most ? blocks : most;
        assert_true(layout_count(&layout, r) <= layout_largest(&layout));
    }
    assert_int_equal(next, samples);
    assert_true(most - fewest <= 1);
    arena_release(&arena);
}

static void test_every_sample_has_one_owner(void **state)
{
    (void)state;
    for (size_t samples = 0; samples < 70; samples++)
        for (size_t block = 1; block < 20; block += 3)
            for (int ranks = 1; ranks < 14; ranks++)
                check(samples, block, ranks);
}

static void test_large_numbers_do_not_overflow(void **state)
{
    (void)state;
    check(SIZE_MAX / 3, 7, 13);
    check((size_t)1 << 60, 64, 9);
}

static void test_a_broken_layout_is_invalid(void **state)
{
    (void)state;
    struct arena arena = {NULL};
    struct layout layout = layout_create(&arena, 100, 10, 3);
    layout.offset[1] = layout.offset[2] + 1; /* a range that runs backwards */
    assert_false(layout_is_valid(&layout));
    layout = layout_create(&arena, 100, 10, 3);
    layout.offset[3]--; /* a block that nobody owns */
    assert_false(layout_is_valid(&layout));
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_sample_has_one_owner),
        cmocka_unit_test(test_large_numbers_do_not_overflow),
        cmocka_unit_test(test_a_broken_layout_is_invalid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
