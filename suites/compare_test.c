// SPDX-License-Identifier: MIT
/* The comparator itself: what it must let pass, and what it must never. */
#include "compare.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

enum { N = 6 };
static double high[N] = {1, 2, 3, 4, 5, 6}, low[N] = {0}, wide[N], narrow[N];
static const struct assay_golden_array golden = {"y", 2, {2, 3}, N, 0, high, low, {narrow, wide}};

static int set_bounds(void **state)
{
    (void)state;
    for (int i = 0; i < N; i++) {
        wide[i] = 1e-2;
        narrow[i] = 1e-6;
    }
    return 0;
}

static struct comparison with(int index, double value, const char *precision)
{
    double got[N];
    for (int i = 0; i < N; i++)
        got[i] = high[i];
    got[index] = value;
    return compare_array(&golden, precision, got);
}

static void test_equal_is_zero(void **state)
{
    (void)state;
    struct comparison c = with(0, 1, "f64");
    assert_true(c.ratio == 0 && c.failures == 0 && c.elements == N && c.digits == 32);
}

static void test_each_precision_has_its_bound(void **state)
{
    (void)state;
    assert_true(fabs(with(1, 2.005, "f32").ratio - 0.5) < 1e-9);
    assert_int_equal(with(1, 2.005, "f32").failures, 0);
    assert_int_equal(with(1, 2.005, "f64").failures, 1);
}

static void test_not_a_number_and_infinity_fail(void **state)
{
    (void)state;
    const double bad[] = {NAN, INFINITY, -INFINITY};
    for (int i = 0; i < 3; i++) {
        struct comparison c = with(4, bad[i], "f32");
        assert_int_equal(c.failures, 1);
        assert_true(isinf(c.ratio) && c.digits == 0);
        assert_int_equal(c.worst[0].index, 4);
    }
}

static void test_a_bound_of_zero_means_equal(void **state)
{
    (void)state;
    narrow[2] = 0;
    assert_int_equal(with(2, 3, "f64").failures, 0);
    assert_int_equal(with(2, nextafter(3, 4), "f64").failures, 1);
    narrow[2] = 1e-6;
}

static void test_the_low_part_counts(void **state)
{
    (void)state;
    low[0] = 1e-17;
    narrow[0] = 1e-18;
    assert_int_equal(with(0, 1, "f64").failures, 1);
    low[0] = 0;
    assert_int_equal(with(0, 1, "f64").failures, 0);
    narrow[0] = 1e-6;
}

static void test_the_worst_come_first(void **state)
{
    (void)state;
    const double got[N] = {1.5, 2.1, 3.9, 4, 5.3, 6.2};
    struct comparison c = compare_array(&golden, "f32", got);
    assert_int_equal(c.failures, 5);
    assert_int_equal(c.worst_count, COMPARE_WORST);
    assert_int_equal(c.worst[0].index, 2);
    assert_int_equal(c.worst[1].index, 0);
    assert_int_equal(c.worst[2].index, 4);
}

static void test_index_text(void **state)
{
    (void)state;
    char text[32];
    const size_t dim[] = {2, 3, 4};
    compare_index(text, sizeof text, 23, 3, dim);
    assert_string_equal(text, "[1,2,3]");
    compare_index(text, sizeof text, 0, 0, dim);
    assert_string_equal(text, "[]");
    compare_index(text, sizeof text, 2, 1, dim + 1);
    assert_string_equal(text, "[2]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_equal_is_zero),
        cmocka_unit_test(test_each_precision_has_its_bound),
        cmocka_unit_test(test_not_a_number_and_infinity_fail),
        cmocka_unit_test(test_a_bound_of_zero_means_equal),
        cmocka_unit_test(test_the_low_part_counts),
        cmocka_unit_test(test_the_worst_come_first),
        cmocka_unit_test(test_index_text),
    };
    return cmocka_run_group_tests(tests, set_bounds, NULL);
}
