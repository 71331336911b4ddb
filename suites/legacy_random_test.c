// SPDX-License-Identifier: MIT
/* The legacy generator of suites/synthetic_data/legacy_random.h, against published numbers. */
#include "synthetic_data/legacy_random.h"

#include <setjmp.h>
#include <stdarg.h>
/* cmocka.h wants these before it. */
#include <cmocka.h>

static struct legacy_random generator;

/* ISO C++ 2011, 26.5.5: the 10000th number of mt19937 with its default seed. */
static void test_standard(void **state)
{
    (void)state;
    legacy_seed(&generator, 5489);
    assert_int_equal(legacy_bits(&generator), 3499211612u);
    for (int i = 2; i < 10000; i++)
        legacy_bits(&generator);
    assert_int_equal(legacy_bits(&generator), 4123659995u);
}

static void assert_near(double value, double expected)
{
    assert_true(fabs(value - expected) <= 1e-15 * fabs(expected));
}

/* What RandomState(42) gives: rand(3), randn(4) and permutation(10), each from the seed. */
static void test_seed_42(void **state)
{
    (void)state;
    static const double uniform[] = {0.3745401188473625, 0.9507143064099162, 0.7319939418114051};
    static const double normal[] = {0.4967141530112327, -0.13826430117118466, 0.6476885381006925,
                                    1.5230298564080254};
    static const int expected[] = {8, 1, 5, 0, 7, 2, 9, 4, 3, 6};
    int index[10];
    legacy_seed(&generator, 42);
    for (int i = 0; i < 3; i++)
        assert_near(legacy_uniform(&generator), uniform[i]);
    legacy_seed(&generator, 42);
    for (int i = 0; i < 4; i++)
        assert_near(legacy_normal(&generator), normal[i]);
    legacy_seed(&generator, 42);
    legacy_permutation(&generator, index, 10);
    for (int i = 0; i < 10; i++)
        assert_int_equal(index[i], expected[i]);
}

/* The second normal number is kept for the next call, and a new seed forgets it. */
static void test_kept_normal(void **state)
{
    (void)state;
    legacy_seed(&generator, 7);
    double first = legacy_normal(&generator), second = legacy_normal(&generator);
    legacy_seed(&generator, 7);
    assert_true(legacy_normal(&generator) == first);
    legacy_seed(&generator, 7);
    assert_true(legacy_normal(&generator) == first);
    assert_true(legacy_normal(&generator) == second);
    assert_true(first != second);
}

static void test_integers(void **state)
{
    (void)state;
    int seen[5] = {0};
    legacy_seed(&generator, 1);
    for (int i = 0; i < 1000; i++)
        seen[legacy_integer(&generator, 4)]++;
    for (int i = 0; i < 5; i++)
        assert_in_range(seen[i], 140, 260);
    assert_int_equal(legacy_integer(&generator, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_standard), cmocka_unit_test(test_seed_42),
        cmocka_unit_test(test_kept_normal), cmocka_unit_test(test_integers)};
    return cmocka_run_group_tests_name("legacy_random", tests, NULL, NULL);
}
