// SPDX-License-Identifier: MIT
/* Bounds as codes: never smaller than what they stand for, never more than 2^(1/16) larger, the
 * same again when coded twice. */
#include "bound_code.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
/* cmocka.h wants these before it. */
#include <cmocka.h>

#include <fenv.h>
#include <float.h>
#include <math.h>

static void test_every_code(void **state)
{
    double before = 0;
    (void)state;
    for (unsigned code = 1; code <= BOUND_LARGEST; code++) {
        double value = bound_value((uint16_t)code);
        assert_true(isfinite(value) && value > before);
        assert_int_equal(bound_code(value), code);
        assert_true(bound_rounded(value) == value);
        /* The neighbours: one below needs this code still, one above the next. */
        if (code > 1) {
            assert_int_equal(bound_code(nextafter(value, 0)), code);
            assert_true(value / before <= 0x1.0b5586cf98912p+0);
        }
        assert_int_equal(bound_code(nextafter(value, INFINITY)),
                         code < BOUND_LARGEST ? code + 1 : BOUND_INFINITE);
        before = value;
    }
    for (unsigned code = BOUND_LARGEST + 1; code < BOUND_INFINITE; code++)
        assert_true(isnan(bound_value((uint16_t)code)));
}

static void test_octaves(void **state)
{
    (void)state;
    for (int exponent = -1021; exponent <= 1023; exponent++) {
        int code = 16 * (exponent + 1022);
        assert_true(bound_value((uint16_t)code) == ldexp(1, exponent));
        assert_int_equal(bound_code(ldexp(1, exponent)), code);
    }
    /* The square of the middle of an octave is its end, to the last bits. */
    double middle = bound_value(16 * 1022 + 8);
    assert_true(fabs(middle * middle - 2) <= 4 * DBL_EPSILON);
}

static void test_ends(void **state)
{
    (void)state;
    assert_int_equal(bound_code(0), 0);
    assert_int_equal(bound_code(-0.0), 0);
    assert_true(bound_value(0) == 0 && !signbit(bound_value(0)));
    assert_int_equal(bound_code(nextafter(0, 1)), 1);
    assert_int_equal(bound_code(DBL_MIN), 1);
    assert_true(bound_value(1) > DBL_MIN && bound_value(1) < 1.05 * DBL_MIN);
    assert_int_equal(bound_code(bound_value(1)), 1);
    assert_int_equal(bound_code(DBL_MAX), BOUND_INFINITE);
    assert_int_equal(bound_code(INFINITY), BOUND_INFINITE);
    assert_int_equal(bound_code(NAN), BOUND_INFINITE);
    assert_int_equal(bound_code(-1), BOUND_INFINITE);
    assert_true(isinf(bound_value(BOUND_INFINITE)) && bound_value(BOUND_INFINITE) > 0);
}

/* Whoever derives bounds changes the rounding direction. */
static void test_rounding_directions(void **state)
{
    static const int direction[] = {FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO};
    (void)state;
    for (unsigned code = 0; code <= BOUND_LARGEST; code++) {
        double value = bound_value((uint16_t)code), between = 1.01 * value;
        uint16_t next = bound_code(between);
        for (size_t i = 0; i < sizeof direction / sizeof *direction; i++) {
            fesetround(direction[i]);
            int same = bound_value((uint16_t)code) == value && bound_code(between) == next;
            fesetround(FE_TONEAREST);
            assert_true(same);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_code),
        cmocka_unit_test(test_octaves),
        cmocka_unit_test(test_ends),
        cmocka_unit_test(test_rounding_directions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
