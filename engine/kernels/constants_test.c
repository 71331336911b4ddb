// SPDX-License-Identifier: MIT
//
// Where the constants of the elementary functions come from: each is derived here again, in
// binary128 and from its definition, and must have the bits that the headers hold.
//
//   constants_test          compares
//   constants_test print    prints every constant as derived, to put into a header
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "binary128.h"
#include "elementary_constants.h"
#include "error_function_constants.h"
#include "trigonometric_constants.h"

static bool printing;

static void expect(const char *name, size_t i, double stored, binary128 derived)
{
    const double rounded = (double)derived;
    if (printing)
        printf("%s[%zu] %a\n", name, i, rounded);
    else if (memcmp(&stored, &rounded, sizeof stored) != 0)
        fail_msg("%s[%zu] is %a; derived again it is %a", name, i, stored, rounded);
}

static binary128 power_of_two(int exponent)
{
    binary128 power = 1;
    for (int i = 0; i < (exponent < 0 ? -exponent : exponent); i++)
        power *= 2;
    return exponent < 0 ? 1 / power : power;
}

// Twice binary128, for what three doubles hold.
struct long_number {
    binary128 high, low;
};

static struct long_number plus(struct long_number sum, struct long_number term)
{
    const binary128 high = sum.high + term.high;
    const binary128 part = high - sum.high;
    const binary128 error = (sum.high - (high - part)) + (term.high - part);
    return (struct long_number){high, sum.low + term.low + error};
}

// The zero of the cosine, by Newton's method; next to it, the cosine is what is left over.
static struct long_number half_pi(void)
{
    binary128 zero = 1;
    for (int i = 0; i < 8; i++)
        zero += binary128_cos(zero);
    return (struct long_number){zero, binary128_cos(zero)};
}

// The sum of 1 / (k 2^k).
static struct long_number ln2(void)
{
    struct long_number sum = {0, 0};
    for (int k = 220; k >= 1; k--) {
        const binary128 term = 1 / (binary128)k;
        const binary128 remainder = binary128_fma(-term, (binary128)k, 1);
        const binary128 scale = power_of_two(-k);
        sum = plus(sum, (struct long_number){term * scale, remainder / k * scale});
    }
    return sum;
}

static binary128 nearest_multiple_of_power(binary128 value, int exponent)
{
    const binary128 shift = 3 * power_of_two(111 + exponent);
    return (value + shift) - shift;
}

static void numbers(void **state)
{
    (void)state;
    const struct long_number logarithm = ln2(), quarter_turn = half_pi();
    expect("LOG2_E", 0, LOG2_E, 1 / logarithm.high);
    const binary128 ln2_high = nearest_multiple_of_power(logarithm.high, -42);
    const binary128 ln2_low = logarithm.high - ln2_high;
    expect("LN2_HIGH", 0, LN2_HIGH, ln2_high);
    expect("LN2_LOW", 0, LN2_LOW, ln2_low);
    expect("LN2_LOWEST", 0, LN2_LOWEST, ln2_low - (binary128)LN2_LOW + logarithm.low);

    expect("TWO_OVER_PI", 0, TWO_OVER_PI, 1 / quarter_turn.high);
    const binary128 after_high = quarter_turn.high - (binary128)HALF_PI_HIGH;
    expect("HALF_PI_HIGH", 0, HALF_PI_HIGH, quarter_turn.high);
    expect("HALF_PI_LOW", 0, HALF_PI_LOW, after_high);
    expect("HALF_PI_LOWEST", 0, HALF_PI_LOWEST,
           after_high - (binary128)HALF_PI_LOW + quarter_turn.low);

    const binary128 two_over_root_pi = 2 / binary128_sqrt(2 * quarter_turn.high);
    expect("TWO_OVER_ROOT_PI", 0, TWO_OVER_ROOT_PI, two_over_root_pi);
    expect("TWO_OVER_ROOT_PI_LOW", 0, TWO_OVER_ROOT_PI_LOW,
           two_over_root_pi - (binary128)TWO_OVER_ROOT_PI);
}

static void power_series(void **state)
{
    (void)state;
    const binary128 two_over_root_pi = 2 / binary128_sqrt(2 * half_pi().high);
    binary128 factorial = 1, double_factorial = 2; // k! and (2 k)!, at k = 1
    for (int k = 1; k <= 9; k++) {
        const binary128 sign = k % 2 == 0 ? 1 : -1;
        const size_t place = (size_t)k - 1;
        if (k <= 8)
            expect("sine_tail", place, sine_tail[place], sign / (double_factorial * (2 * k + 1)));
        if (k >= 2)
            expect("cosine_tail", place - 1, cosine_tail[place - 1], sign / double_factorial);
        expect("error_function_tail", place, error_function_tail[place],
               sign * two_over_root_pi / (factorial * (2 * k + 1)));
        factorial *= k + 1;
        double_factorial *= (2 * k + 1) * (2 * k + 2);
    }
    expect("MINUS_SIXTH_LOW", 0, MINUS_SIXTH_LOW, -1 / (binary128)6 - (binary128)sine_tail[0]);
}

// The functions that the fitted polynomials stand for, as their own series.

// (e^r - 1 - r) / r^2 = the sum of r^j / (j + 2)!
static binary128 expm1_quadratic(binary128 r)
{
    binary128 term = 1, sum = 0;
    for (int j = 2; j < 40; j++) {
        term /= j;
        sum += term;
        term *= r;
    }
    return sum;
}

// (e^r - 1 - r - r^2/2) / r^3 = the sum of r^j / (j + 3)!
static binary128 expm1_cubic(binary128 r)
{
    binary128 term = 1 / (binary128)2, sum = 0;
    for (int j = 3; j < 40; j++) {
        term /= j;
        sum += term;
        term *= r;
    }
    return sum;
}

// (2 atanh s - 2 s) / s^3 = the sum of 2 z^j / (2 j + 3), z = s^2
static binary128 atanh_cubic(binary128 z)
{
    binary128 power = 2, sum = 0;
    for (int j = 0; j < 40; j++) {
        sum += power / (2 * j + 3);
        power *= z;
    }
    return sum;
}

// (ln(1 + r) - r + r^2/2) / r^3 = the sum of (-r)^j / (j + 3)
static binary128 log1p_cubic(binary128 r)
{
    binary128 power = 1, sum = 0;
    for (int j = 0; j < 40; j++) {
        sum += power / (j + 3);
        power *= -r;
    }
    return sum;
}

// An error of the polynomial, times this, is a relative error of the function it serves.
static binary128 weight_of_expm1_quadratic(binary128 r)
{
    return r * r / binary128_expm1(r);
}

static binary128 weight_of_expm1_cubic(binary128 r)
{
    return r * r * r / binary128_expm1(r);
}

static binary128 weight_of_atanh(binary128 z)
{
    return z / 2;
}

static binary128 weight_of_log1p(binary128 r)
{
    return r * r * r / binary128_log1p(r);
}

enum { MOST_COEFFICIENTS = 12 };

// The polynomial that agrees with f at n Chebyshev nodes of [low, high], within a small factor of
// the best there is: divided differences, then powers of x. n is even, so that no node is 0.
static void interpolate(binary128 (*f)(binary128), binary128 low, binary128 high, int n,
                        binary128 *coefficients)
{
    binary128 node[MOST_COEFFICIENTS], difference[MOST_COEFFICIENTS];
    for (int i = 0; i < n; i++) {
        const binary128 angle = half_pi().high * (2 * i + 1) / n;
        node[i] = (low + high) / 2 + (high - low) / 2 * binary128_cos(angle);
        difference[i] = f(node[i]);
    }
    for (int order = 1; order < n; order++)
        for (int i = n - 1; i >= order; i--)
            difference[i] = (difference[i] - difference[i - 1]) / (node[i] - node[i - order]);
    for (int i = 0; i < n; i++)
        coefficients[i] = 0;
    for (int i = n - 1; i >= 0; i--) {
        for (int j = n - 1; j >= 1; j--)
            coefficients[j] = coefficients[j - 1] - node[i] * coefficients[j];
        coefficients[0] = difference[i] - node[i] * coefficients[0];
    }
}

struct fitted {
    const char *name;
    const double *coefficients;
    int count;
    binary128 (*f)(binary128), (*weight)(binary128);
    binary128 low, high;
    double accuracy; // largest relative error of the function it serves
};

static void check_fitted(const struct fitted *p)
{
    binary128 derived[MOST_COEFFICIENTS];
    interpolate(p->f, p->low, p->high, p->count, derived);
    for (int i = 0; i < p->count; i++)
        expect(p->name, (size_t)i, p->coefficients[i], derived[i]);
    enum { N_POINTS = 2000 };
    for (int i = 0; i < N_POINTS; i++) {
        const binary128 x = p->low + (p->high - p->low) * (3 * i + 1) / (3 * N_POINTS);
        binary128 sum = 0;
        for (int j = p->count - 1; j >= 0; j--)
            sum = sum * x + (binary128)p->coefficients[j];
        const double error = fabs((double)((sum - p->f(x)) * p->weight(x)));
        if (error > p->accuracy)
            fail_msg("%s at %g is wrong by %g", p->name, (double)x, error);
    }
}

static void fitted_polynomials(void **state)
{
    (void)state;
    const binary128 wider = 1 + power_of_two(-20);
    const binary128 half_ln2 = ln2().high / 2 * wider;
    const binary128 s = (3 - 2 * binary128_sqrt(2)) * wider; // (sqrt 2 - 1) / (sqrt 2 + 1)
    const binary128 row = power_of_two(-7);
    const struct fitted polynomials[] = {
        {"expm1_quadratic_tail", expm1_quadratic_tail, 12, expm1_quadratic,
         weight_of_expm1_quadratic, -half_ln2, half_ln2, 0x1p-59},
        {"expm1_cubic_tail", expm1_cubic_tail, 12, expm1_cubic, weight_of_expm1_cubic, -half_ln2,
         half_ln2, 0x1p-59},
        {"atanh_tail", atanh_tail, 8, atanh_cubic, weight_of_atanh, 1 / (binary128)1000000000000,
         s * s, 0x1p-60},
        {"log1p_cubic_tail", log1p_cubic_tail, 6, log1p_cubic, weight_of_log1p, -row, row, 0x1p-64},
    };
    for (size_t i = 0; i < sizeof polynomials / sizeof polynomials[0]; i++)
        check_fitted(&polynomials[i]);
}

// 128 intervals of the significand; those above about sqrt 2 are halved, so that the logarithm is
// small.
static void table_of_logarithms(void **state)
{
    (void)state;
    for (int i = 0; i < 128; i++) {
        const binary128 width = (i >= LOGARITHM_HALVED_FROM ? 1 : 2) * power_of_two(-8);
        const binary128 low = width * (128 + i), high = width * (129 + i);
        binary128 inverse = 2 / (low + high);
        inverse = nearest_multiple_of_power(inverse, inverse > 1 ? -7 : -8);
        if (i == 0 || i == 127)
            inverse = 1;
        const double from_one = fmax(fabs((double)(low * inverse - 1)), //
                                     fabs((double)(high * inverse - 1)));
        if (from_one > 0x1p-7)
            fail_msg("row %d: m * inverse - 1 reaches %g", i, from_one);
        const binary128 value = i == 0 || i == 127 ? 0 : -binary128_log(inverse);
        const binary128 value_high = nearest_multiple_of_power(value, -42);
        expect("logarithm_table inverse", (size_t)i, logarithm_table[i][0], inverse);
        expect("logarithm_table high", (size_t)i, logarithm_table[i][1], value_high);
        expect("logarithm_table low", (size_t)i, logarithm_table[i][2], value - value_high);
        expect("logarithm_table, unused", (size_t)i, logarithm_table[i][3], 0);
    }
}

enum { SERIES_LENGTH = SCALED_ERROR_COLUMNS - 1 };

// The Taylor series of W(x) = e^(x^2) erfc x at x > 0. Its coefficients are (-2)^n y_n, where y_n is
// e^(x^2) times the n-fold integral of erfc, and y_(n-2) = 2 n y_n + 2 x y_(n-1) starts from y_(-1)
// = 2 / sqrt(pi). Run towards small n, as ratios y_n / y_(n-1), the recurrence is a continued
// fraction of positive terms: nothing cancels.
static void scaled_error_series(binary128 x, binary128 *coefficients)
{
    binary128 ratio = 0, ratios[SERIES_LENGTH];
    for (int n = (int)(1500 / (x * x)) + 60; n >= 0; n--) {
        ratio = 1 / (2 * x + 2 * (n + 1) * ratio);
        if (n < SERIES_LENGTH)
            ratios[n] = ratio;
    }
    binary128 y = 2 / binary128_sqrt(2 * half_pi().high), factor = 1;
    for (int n = 0; n < SERIES_LENGTH; n++) {
        y *= ratios[n];
        coefficients[n] = factor * y;
        factor *= -2;
    }
}

static void table_of_scaled_errors(void **state)
{
    (void)state;
    for (size_t row = 0; row < SCALED_ERROR_ROWS; row++) {
        const binary128 centre =
            power_of_two((int)row / 16 - 2 - 5) * (binary128)(33 + 2 * (int)(row % 16));
        binary128 series[SERIES_LENGTH];
        scaled_error_series(centre, series);
        const double(*stored)[4] = scaled_error_table + row * SCALED_ERROR_STRIDE;
        const size_t n = SCALED_ERROR_STRIDE * 4;
        expect("scaled_error_table", row * n, stored[0][0], series[0]);
        expect("scaled_error_table", row * n + 1, stored[0][1],
               nearest_multiple_of_power(series[0] - (binary128)stored[0][0], -100));
        for (size_t i = 2; i < n; i++)
            expect("scaled_error_table", row * n + i, stored[i / 4][i % 4],
                   i < SCALED_ERROR_COLUMNS ? series[i - 1] : 0);

        // The continued fraction against the C library's function.
        const binary128 other = binary128_exp(centre * centre) * binary128_erfc(centre);
        assert_true(fabs((double)(other / series[0] - 1)) < 0x1p-100);
    }
}

int main(int argc, char **argv)
{
    printing = argc > 1 && strcmp(argv[1], "print") == 0;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers),
        cmocka_unit_test(power_series),
        cmocka_unit_test(fitted_polynomials),
        cmocka_unit_test(table_of_logarithms),
        cmocka_unit_test(table_of_scaled_errors),
    };
    return cmocka_run_group_tests_name("constants of the elementary functions", tests, NULL, NULL);
}
