// SPDX-License-Identifier: MIT
/* The orders of addition, written out for sizes where they can be read. Built in binary32. */
#include "sum.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

/* Large and small terms, so that every order gives another result. */
static const real x[] = {R(1.0), R(0x1p-24), R(0x1p24), R(-3.0), R(0x1p-20), R(7.0), R(0x1p23)};

static void test_features_are_one_chain(void **state)
{
    (void)state;
    real expected = R(0.5);
    for (int i = 0; i < 7; i++)
        expected = real_fma(x[i], x[6 - i], expected);
    const real reverse[] = {x[6], x[5], x[4], x[3], x[2], x[1], x[0]};
    assert_true(sum_products(R(0.5), 7, x, 1, reverse, 1) == expected);
    assert_true(sum_products(R(0.25), 0, x, 1, x, 1) == R(0.25));
}

static void test_samples_are_a_tree_of_blocks(void **state)
{
    (void)state;
    /* Blocks of 1: 7 = ((0 1) (2 3)) ((4 5) 6). */
    real left = (x[0] + x[1]) + (x[2] + x[3]), right = (x[4] + x[5]) + x[6];
    assert_true(sum_samples(7, 1, x, 1) == left + right);
    /* Blocks of 3: (0 1 2) (3 4 5) (6) = ((b0 b1) b2). */
    real b0 = (x[0] + x[1]) + x[2], b1 = (x[3] + x[4]) + x[5];
    assert_true(sum_samples(7, 3, x, 1) == (b0 + b1) + x[6]);
    assert_true(sum_samples(7, 100, x, 1) ==
                ((((((x[0] + x[1]) + x[2]) + x[3]) + x[4]) + x[5]) + x[6]));
    assert_true(sum_samples(0, 4, x, 1) == 0);
}

static void test_strides(void **state)
{
    (void)state;
    assert_true(sum_samples(3, 1, x, 2) == (x[0] + x[2]) + x[4]);
    assert_true(sum_features(3, x + 1, 2) == (x[1] + x[3]) + x[5]);
}

static void test_other_orders_differ(void **state)
{
    (void)state;
    /* 2^24 + 1 rounds to 2^24 twice, but 1 + 1 + 2^24 is exact. */
    const real terms[] = {R(0x1p24), R(1.0), R(1.0)};
    assert_true(sum_features(3, terms, 1) == R(0x1p24));
    sum_set_order(SUM_REVERSED, NOISE_NONE);
    assert_true(sum_features(3, terms, 1) == R(0x1p24) + R(2.0));
    sum_set_order(SUM_PAIRWISE, NOISE_NONE);
    assert_true(sum_features(3, terms, 1) == R(0x1p24) + R(2.0));
    sum_set_order(SUM_CANONICAL, NOISE_NONE);
    assert_true(sum_features(3, terms, 1) == R(0x1p24));
}

static void test_noise_moves_exact_sums(void **state)
{
    (void)state;
    const real terms[] = {R(1.0), R(2.0), R(4.0)};
    sum_set_order(SUM_CANONICAL, NOISE_UP);
    assert_true(sum_features(3, terms, 1) > 7);
    sum_set_order(SUM_CANONICAL, NOISE_DOWN);
    assert_true(sum_features(3, terms, 1) < 7);
    sum_set_order(SUM_CANONICAL, NOISE_NONE);
    assert_true(sum_features(3, terms, 1) == 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_features_are_one_chain),
        cmocka_unit_test(test_samples_are_a_tree_of_blocks),
        cmocka_unit_test(test_strides),
        cmocka_unit_test(test_other_orders_differ),
        cmocka_unit_test(test_noise_moves_exact_sums),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
