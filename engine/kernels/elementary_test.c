// SPDX-License-Identifier: MIT
//
// The elementary functions against binary128, on random inputs, special values and the hardest
// inputs there are. binary32: correctly rounded, so bits must agree (elementary_exhaustive.c does
// all inputs; this is the quick version). binary64: within 0.6 units in the last place. Both: the
// same bits from every width. Compiled once per precision.
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "binary128.h"
#include "kernels.h"

#ifdef SCALAR_F32
#define PRECISION_NAME "f32"
typedef uint32_t scalar_bits;
enum { SIGNIFICAND_BITS = 24, EXPONENT_MIN = -149 };
#else
#define PRECISION_NAME "f64"
typedef uint64_t scalar_bits;
enum { SIGNIFICAND_BITS = 53, EXPONENT_MIN = -1074 };
#endif

enum { SINE = 7, COSINE, N_FUNCTIONS, N_RANDOM = 20000 }; // places in `elementaries`

typedef void (*array_function)(size_t n, scalar *y, const scalar *x);

struct elementary {
    const char *name;
    binary128 (*truth)(binary128);
    double low, high; // where most random inputs come from: beyond, the results are constant
};

static const struct elementary elementaries[N_FUNCTIONS] = {
    {"exp", binary128_exp, -760, 720},
    {"expm1", binary128_expm1, -50, 720},
    {"log", binary128_log, 0, 4},
    {"log1p", binary128_log1p, -1, 4},
    {"tanh", binary128_tanh, -25, 25},
    {"sigmoid", binary128_sigmoid, -760, 50},
    {"erfc", binary128_erfc, -7, 28},
    {"sin", binary128_sin_in_range, -0x1p20, 0x1p20},
    {"cos", binary128_cos_in_range, -0x1p20, 0x1p20},
};

static array_function function_of(const struct kernels *k, int i)
{
    const array_function functions[N_FUNCTIONS] = {
        k->exponential,
        k->exponential_minus_one,
        k->logarithm,
        k->logarithm_one_plus,
        k->hyperbolic_tangent,
        k->sigmoid,
        k->complementary_error,
        k->sine,
        k->cosine,
    };
    return functions[i];
}

static uint64_t random_state = 20240608;

static uint64_t random_bits(void)
{
    // splitmix64
    uint64_t z = (random_state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static scalar from_bits(scalar_bits bits)
{
    scalar x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static scalar_bits bits_of(scalar x)
{
    scalar_bits bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

// A third any bit pattern, a third spread over the interesting interval, a third near 0 by powers
// of two.
static scalar random_input(const struct elementary *e)
{
    const double uniform = (double)(random_bits() >> 11) * 0x1p-53;
    switch (random_bits() % 3) {
    case 0:
        return from_bits((scalar_bits)random_bits());
    case 1:
        return (scalar)(e->low + (e->high - e->low) * uniform);
    default:
        return (scalar)ldexp(2 * uniform - 1, -(int)(random_bits() % 60));
    }
}

// |got - truth| in units in the last place of the truth; 0 where both are NaN, or infinite and
// equal.
static double error_in_units(scalar got, binary128 truth)
{
    const double rounded = (double)truth;
    if (isnan(rounded))
        return bits_of(got) == bits_of((scalar)NAN) ? 0 : INFINITY;
    const scalar rounded_once = (scalar)truth;
    if (isinf(rounded_once) || isinf(got) || truth == 0)
        return bits_of(got) == bits_of(rounded_once) ? 0 : INFINITY;
    int exponent = EXPONENT_MIN + SIGNIFICAND_BITS;
    if (rounded != 0)
        frexp(rounded, &exponent);
    int unit = exponent - SIGNIFICAND_BITS;
    if (unit < EXPONENT_MIN)
        unit = EXPONENT_MIN;
    // In two steps, since 2^-unit itself overflows for subnormals.
    const binary128 difference = ((binary128)got - truth) * (binary128)ldexp(1, -unit / 2);
    return fabs((double)(difference * (binary128)ldexp(1, -unit - -unit / 2)));
}

static double largest_error[N_FUNCTIONS];

static void check_value(int i, scalar x, scalar got)
{
    const binary128 truth = elementaries[i].truth((binary128)x);
    const double error = error_in_units(got, truth);
    if (error > largest_error[i])
        largest_error[i] = error;
#ifdef SCALAR_F32
    const bool right = error <= 0.5 && (isnan(got) || bits_of(got) == bits_of((scalar)truth));
#else
    const bool right = error < 0.6 && (got != 0 || signbit(got) == signbit((scalar)truth));
#endif
    if (!right)
        fail_msg("%s %s(%a) is %a, the truth rounds to %a; error %.3f units", PRECISION_NAME,
                 elementaries[i].name, (double)x, (double)got, (double)truth, error);
}

// Checks the best width against the truth, and every other one against the best.
static void check_inputs(int i, size_t n, const scalar *x)
{
    static const char *const widths[] = {"scalar", "128", "256", "512"};
    scalar *best = malloc(n * sizeof *best), *other = malloc(n * sizeof *other);
    assert_non_null(best);
    assert_non_null(other);
    function_of(kernels_select(NULL, NULL), i)(n, best, x);
    for (size_t j = 0; j < n; j++)
        check_value(i, x[j], best[j]);
    for (size_t w = 0; w < sizeof widths / sizeof widths[0]; w++) {
        const struct kernels *kernels = kernels_select(widths[w], NULL);
        if (kernels == NULL)
            continue;
        function_of(kernels, i)(n, other, x);
        assert_memory_equal(best, other, n * sizeof *best);
    }
    free(best);
    free(other);
}

static void random_inputs(void **state)
{
    (void)state;
    scalar *x = malloc(N_RANDOM * sizeof *x);
    assert_non_null(x);
    for (int i = 0; i < N_FUNCTIONS; i++) {
        for (int j = 0; j < N_RANDOM; j++)
            x[j] = random_input(&elementaries[i]);
        check_inputs(i, N_RANDOM, x);
        print_message("%s %s: largest error %.4f units\n", PRECISION_NAME, elementaries[i].name,
                      largest_error[i]);
    }
    free(x);
}

// Around powers of two of both signs, where results change their character: subnormal, tiny,
// saturated, overflowing.
static void neighbours_of_powers_of_two(void **state)
{
    (void)state;
    enum { MOST = 2 * 2100 * 7 };
    scalar *x = malloc(MOST * sizeof *x);
    assert_non_null(x);
    size_t n = 0;
    for (int exponent = EXPONENT_MIN; exponent <= (SIGNIFICAND_BITS == 24 ? 127 : 1023); exponent++)
        for (unsigned neighbour = 0; neighbour < 7; neighbour++) {
            const scalar near = from_bits(bits_of((scalar)ldexp(1, exponent)) + neighbour - 3);
            x[n++] = near;
            x[n++] = -near;
        }
    for (int i = 0; i < N_FUNCTIONS; i++)
        check_inputs(i, n, x);
    free(x);
}

static void limits_of_the_range(void **state)
{
    (void)state;
    // Around the last x with a finite, normal, subnormal or non-constant result of some function.
    static const double limits[] = {
        88.72283,   -87.33654,  -103.97208, -104.0,    709.782712893384, -708.3964, -745.13322,
        -17.328679, -37.42994,  9.0109,     19.0615,   16.635532,        36.7368,   0.69314718,
        0.34657359, 1.41421356, 0.70710678, 0.015625,  -0.0078125,       600.0,     -50.0,
        25.0,       10.0546,    9.1945,     26.543,    27.2263,          0.25,      -0.25,
        -3.832,     -5.864,     1048576.0,  -1048576.0};
    enum { N_LIMITS = sizeof limits / sizeof limits[0], N_NEAR = 401 };
    scalar *x = malloc(N_LIMITS * N_NEAR * sizeof *x);
    assert_non_null(x);
    for (size_t j = 0; j < N_LIMITS; j++)
        for (size_t k = 0; k < N_NEAR; k++)
            x[j * N_NEAR + k] =
                (scalar)(limits[j] * (1 + ((double)k - 200) * (k % 2 == 0 ? 0x1p-23 : 0x1p-52)));
    for (int i = 0; i < N_FUNCTIONS; i++)
        check_inputs(i, N_LIMITS * N_NEAR, x);
    free(x);
}

struct special {
    double x, results[N_FUNCTIONS]; // in the order of `elementaries`
};

static void special_values(void **state)
{
    (void)state;
    static const struct special specials[] = {
        {0.0, {1, 0.0, -INFINITY, 0.0, 0.0, 0.5, 1, 0.0, 1}},
        {-0.0, {1, -0.0, -INFINITY, -0.0, -0.0, 0.5, 1, -0.0, 1}},
        {INFINITY, {INFINITY, INFINITY, INFINITY, INFINITY, 1, 1, 0, (double)NAN, (double)NAN}},
        {-INFINITY, {0, -1, (double)NAN, (double)NAN, -1, 0, 2, (double)NAN, (double)NAN}},
        {(double)NAN,
         {(double)NAN, (double)NAN, (double)NAN, (double)NAN, (double)NAN, (double)NAN, (double)NAN,
          (double)NAN, (double)NAN}},
    };
    const struct kernels *kernels = kernels_select(NULL, NULL);
    for (size_t j = 0; j < sizeof specials / sizeof specials[0]; j++)
        for (int i = 0; i < N_FUNCTIONS; i++) {
            const scalar x = (scalar)specials[j].x;
            scalar y = 42;
            function_of(kernels, i)(1, &y, &x);
            if (bits_of(y) != bits_of((scalar)specials[j].results[i]))
                fail_msg("%s(%g) is %g, not %g", elementaries[i].name, (double)x, (double)y,
                         specials[j].results[i]);
            check_inputs(i, 1, &x);
        }
    const scalar edges[] = {1, -1, -2, -(scalar)NAN};
    for (int i = 0; i < N_FUNCTIONS; i++)
        check_inputs(i, sizeof edges / sizeof edges[0], edges);
}

static void every_length_and_in_place(void **state)
{
    (void)state;
    enum { MOST = 40 };
    scalar x[MOST], whole[MOST], part[MOST + 1];
    for (int j = 0; j < MOST; j++)
        x[j] = (scalar)(0.1 * j + 0.05);
    const struct kernels *kernels = kernels_select(NULL, NULL);
    for (int i = 0; i < N_FUNCTIONS; i++) {
        function_of(kernels, i)(MOST, whole, x);
        for (size_t n = 0; n <= MOST; n++) {
            memcpy(part, x, n * sizeof *x);
            part[n] = 42;
            function_of(kernels, i)(n, part, part);
            assert_memory_equal(part, whole, n * sizeof *x);
            assert_true(part[n] == 42);
        }
    }
}

#ifdef SCALAR_F32
struct hard_inputs {
    uint32_t bits[12];
};

// Inputs whose exact result is within 2^-50 of the middle of two floats, found by
// elementary_exhaustive.c.
static const struct hard_inputs hard_inputs[N_FUNCTIONS] = {
    {{0x377eff81, 0x39c6be5b, 0x4001b249, 0x40315b33, 0xb3000000, 0xbae0e25c, 0xbbf0edf1,
      0xc16912cd}}, // exp
    {{0x33b504f3, 0x34ca62c1, 0x36322b1b, 0x3a254e7a, 0x3dc252dd, 0x4001b249, 0x40315b33,
      0xb3800000, 0xb675cbfc, 0xbb7b3b6c}}, // expm1
    {{0x3c413d3a, 0x41178feb, 0x4c5d65a5, 0x65d890d3, 0x6f31a8ec, 0x064cb44b, 0x0f61ff63,
      0x14907055, 0x1a8446cb, 0x22925ad4, 0x29e6126b, 0x2e492984}}, // log
    {{0x35400003, 0x3710001b, 0x3efd81ad, 0x41078feb, 0x65d890d3, 0x6f31a8ec, 0xb53ffffd,
      0xb70fffe5, 0xbb0ec8c4, 0x37c6e0e0, 0x3ddbfec3, 0x464d572b}}, // log1p
    {{0x3ac37de2, 0xbac37de2}},                                     // tanh
    {{0x34000000, 0x35b00000, 0x36280000, 0x36780000, 0x36a40000, 0x36cc0000, 0x36f40000,
      0x370e0000, 0x37220000, 0x37360000, 0x374a0000, 0x375e0000}}, // sigmoid
    {{0x32e2dfc5, 0x344683cc, 0x3514e2d9, 0x36ec9f62, 0x37ca4803, 0x3e05c13f, 0x400df51a,
      0xb4c683cc, 0xb76c9f62, 0xbb6c9b37}},                                                 // erfc
    {{0x3dcf5597, 0x3ef3830f, 0x42d44528, 0x4371ade3, 0x45a8abb3, 0x46199998, 0x4967cb9b}}, // sin
    {{0x39800000, 0x3a0f1bbd, 0x3a544395, 0x3c107fe6, 0x42378db8, 0x424790ce, 0x46f85a22,
      0x47a0e238}}, // cos
};

static void hardest_inputs(void **state)
{
    (void)state;
    for (int i = 0; i < N_FUNCTIONS; i++) {
        scalar x[12];
        memcpy(x, hard_inputs[i].bits, sizeof x);
        check_inputs(i, 12, x);
    }
}
#endif

// Near their zeros and where the quadrant changes, sine and cosine live on the reduction of the
// argument: the numbers next to multiples of pi/4, all over the range.
static void near_multiples_of_a_quarter_pi(void **state)
{
    (void)state;
    enum { N_MULTIPLES = 4000, N_NEAR = 5 };
    scalar *x = malloc(N_MULTIPLES * N_NEAR * sizeof *x);
    assert_non_null(x);
    for (size_t j = 0; j < N_MULTIPLES; j++) {
        const uint64_t most = (uint64_t)1 << (j % 21);
        const double multiple = (double)(random_bits() % (most + most / 4)) + 1;
        const scalar near = (scalar)(multiple * 0x1.921fb54442d18p-1);
        for (unsigned k = 0; k < N_NEAR; k++)
            x[j * N_NEAR + k] = (j % 2 == 0 ? 1 : -1) * from_bits(bits_of(near) + k - N_NEAR / 2);
    }
    check_inputs(SINE, N_MULTIPLES * N_NEAR, x);
    check_inputs(COSINE, N_MULTIPLES * N_NEAR, x);
    free(x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(special_values),
        cmocka_unit_test(random_inputs),
        cmocka_unit_test(neighbours_of_powers_of_two),
        cmocka_unit_test(limits_of_the_range),
        cmocka_unit_test(every_length_and_in_place),
        cmocka_unit_test(near_multiples_of_a_quarter_pi),
#ifdef SCALAR_F32
        cmocka_unit_test(hardest_inputs),
#endif
    };
    return cmocka_run_group_tests_name("elementary functions " PRECISION_NAME, tests, NULL, NULL);
}
