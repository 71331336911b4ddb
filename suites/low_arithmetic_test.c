// SPDX-License-Identifier: MIT
/* The arithmetic of low_arithmetic.h, seen through techniques that are one operation. */
#include "low_arithmetic.h"

#include "case_builder.h"
#include "protocol/precision.h"
#include "../reference/random.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include <fenv.h>
#include <math.h>
#include <string.h>

enum { N = 4000 };

/* The distance between neighbours around x in a format. */
static double unit(double x, const struct precision_format *format)
{
    int exponent;
    double magnitude = fmax(fabs(x), format->smallest);
    frexp(magnitude, &exponent);
    return ldexp(format->roundoff, exponent);
}

static int is_number_of(double x, const struct precision_format *format)
{
    double steps = x / unit(x, format);
    return isinf(x) || (steps == rint(steps) && fabs(x) <= format->largest);
}

/* Whether r is what rounding the exact value x gives. */
static int rounds_to(double x, double r, int direction, const struct precision_format *format)
{
    int inwards = direction == FE_TOWARDZERO || direction == (x > 0 ? FE_DOWNWARD : FE_UPWARD);
    if (isinf(r))
        return fabs(x) > format->largest && (r > 0) == (x > 0) && !inwards;
    if (fabs(x) > format->largest + unit(format->largest, format))
        return r == copysign(format->largest, x) && inwards;
    double step = unit(fabs(x) < fabs(r) ? x : r, format), off = r - x;
    if (!is_number_of(r, format) || fabs(off) > step)
        return 0;
    if (direction == FE_UPWARD)
        return off >= 0 && off < step;
    if (direction == FE_DOWNWARD)
        return off <= 0 && -off < step;
    if (direction == FE_TOWARDZERO)
        return fabs(r) <= fabs(x) && fabs(off) < step;
    int even = fmod(fabs(r) / unit(r, format), 2) == 0;
    return fabs(off) < step / 2 || (fabs(off) == step / 2 && even);
}

/* The technique's first output, in every direction, against what is exact. */
static void try_technique(const char *technique, size_t inputs, struct request_array *input,
                          const double *exact, enum assay_precision precision)
{
    static const int directions[] = {FE_TONEAREST, FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO};
    const struct numerics *numerics = precision == ASSAY_BF16 ? &numerics_bf16 : &numerics_f16;
    const struct precision_format *format = &precision_formats[precision];
    struct request request = {.inputs = inputs, .input = input};
    for (size_t d = 0; d < 4; d++) {
        struct manner manner = {directions[d], SUM_CANONICAL, 0, NOISE_NONE, 0, 0};
        struct answer answer;
        assert_int_equal(numerics->answer(technique, -1, &request, &manner, &answer), 0);
        assert_int_equal(answer.output[0].count, N);
        for (size_t i = 0; i < N; i++)
            if (!rounds_to(exact[i], answer.output[0].high[i], directions[d], format))
                fail_msg("%s: element %zu is %a instead of %a in %s, direction %d", technique, i,
                         answer.output[0].high[i], exact[i], format->name, directions[d]);
        answer_free(&answer);
    }
}

/* Values of 13 bits, with exponents from least to most: sums and products are exact in binary64, and
 * half-way cases frequent. */
static void fill(double *value, uint64_t stream, int least, int most)
{
    for (uint64_t i = 0; i < N; i++) {
        uint64_t bits = random_bits(1, stream, i);
        value[i] = ldexp((double)(bits % 8191) - 4095, least + (int)(bits >> 40) % (most - least));
    }
}

static void test_additions_are_rounded(void **state)
{
    static double a[N], b[N], exact[N];
    (void)state;
    fill(a, 1, -16, 6);
    fill(b, 2, -12, -6);
    for (size_t i = 0; i < N; i++)
        exact[i] = a[i] + b[i];
    struct request_array inputs[] = {
        {"a", 2, {1, N}, N, 0, a}, {"b", 2, {1, N}, N, 0, b}, {"dy", 2, {1, N}, N, 0, a}};
    try_technique("broadcast_addition", 3, inputs, exact, ASSAY_BF16);
    try_technique("broadcast_addition", 3, inputs, exact, ASSAY_F16);
}

/* y = fma(x, w, b), from the smallest subnormal numbers to beyond the largest. */
static void test_products_are_rounded(void **state)
{
    static double x[N], exact[N];
    double w = 1.25, b = 0;
    (void)state;
    struct request_array inputs[] = {
        {"x", 2, {N, 1}, N, 0, x}, {"w", 2, {1, 1}, 1, 0, &w}, {"b", 1, {1}, 1, 0, &b}};
    fill(x, 3, -38, 6);
    for (size_t i = 0; i < N; i++)
        exact[i] = 1.25 * x[i];
    try_technique("dense_layer", 3, inputs, exact, ASSAY_F16);
    fill(x, 4, -148, 118);
    for (size_t i = 0; i < N; i++)
        exact[i] = 1.25 * x[i];
    try_technique("dense_layer", 3, inputs, exact, ASSAY_BF16);
}

static void test_roots_are_rounded(void **state)
{
    static double x[2 * N], exact[N];
    (void)state;
    /* The squares and their sum are whole numbers of at most 8 bits; only the root is rounded. */
    for (size_t i = 0; i < N; i++) {
        x[2 * i] = 1 + (double)(i % 11);
        x[2 * i + 1] = 1 + (double)(i / 11 % 11);
        exact[i] = sqrt(x[2 * i] * x[2 * i] + x[2 * i + 1] * x[2 * i + 1]);
    }
    struct request_array inputs[] = {{"x", 2, {N, 2}, 2 * N, 0, x}, {"dy", 1, {N}, N, 0, exact}};
    try_technique("euclidean_norm", 2, inputs, exact, ASSAY_F16);
    try_technique("euclidean_norm", 2, inputs, exact, ASSAY_BF16);
}

/* The binary128 build must not notice that its objects serve other formats. */
static void test_binary128_is_as_before(void **state)
{
    double a = 1, b = 0x1p-100;
    struct request_array inputs[] = {
        {"a", 2, {1, 1}, 1, 0, &a}, {"b", 2, {1, 1}, 1, 0, &b}, {"dy", 2, {1, 1}, 1, 0, &a}};
    struct request request = {.inputs = 3, .input = inputs};
    struct manner manner = {FE_TONEAREST, SUM_CANONICAL, 0, NOISE_NONE, 0, 0};
    struct answer answer;
    (void)state;
    assert_int_equal(numerics_f128.answer("broadcast_addition", -1, &request, &manner, &answer), 0);
    assert_true(answer.output[0].high[0] == 1 && answer.output[0].low[0] == 0x1p-100);
    answer_free(&answer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_additions_are_rounded),
        cmocka_unit_test(test_products_are_rounded),
        cmocka_unit_test(test_roots_are_rounded),
        cmocka_unit_test(test_binary128_is_as_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
