// SPDX-License-Identifier: MIT
//
// Unevaluated sums of two doubles, for results that a plain double would spoil before the last
// rounding; and the exponential function carried that way.
#ifndef ASSAY_PAIR_H
#define ASSAY_PAIR_H

#include "elementary_constants.h"
#include "vector.h"

// high + low: |low| is at most about half a unit in the last place of high.
struct pair {
    vector_double high, low;
};

// a + b exactly, any a and b whose sum does not overflow (six operations, Knuth's).
INLINE struct pair sum_exactly(vector_double a, vector_double b)
{
    const vector_double sum = a + b;
    const vector_double b_part = sum - a;
    return (struct pair){sum, (a - (sum - b_part)) + (b - b_part)};
}

// The same for |a| >= |b| or a = 0 (three operations, Dekker's).
INLINE struct pair sum_ordered(vector_double a, vector_double b)
{
    const vector_double sum = a + b;
    return (struct pair){sum, b - (sum - a)};
}

// a b exactly, where neither overflows nor underflows.
INLINE struct pair product_exactly(vector_double a, vector_double b)
{
    const vector_double product = a * b;
    return (struct pair){product, vector_fma(a, b, -product)};
}

// Coefficients lowest first. A compile-time degree, so that the loop unrolls.
INLINE vector_double polynomial(const double *coefficients, int degree, vector_double x)
{
    vector_double sum = vector_broadcast(coefficients[degree]);
    for (int i = degree - 1; i >= 0; i--)
        sum = vector_fma(sum, x, vector_broadcast(coefficients[i]));
    return sum;
}

INLINE vector_double with_sign_of(vector_double magnitude, vector_double sign)
{
    const vector_int sign_bit = (vector_int)vector_broadcast(-0.0);
    return (vector_double)(((vector_int)magnitude & ~sign_bit) | ((vector_int)sign & sign_bit));
}

INLINE vector_double magnitude_of(vector_double x)
{
    return with_sign_of(x, vector_broadcast(0.0));
}

// 2^k for an integer |k| <= 1022, given as a double.
INLINE vector_double power_of_two(vector_double k)
{
    return (vector_double)(vector_bits(k + (0x1.8p52 + 1023.0)) << 52);
}

// e^x = 2^k (1 + p), |p| < 0.42: returns p as a pair. |x| < 2000; NaN gives p = NaN.
INLINE struct pair exponential_pair(vector_double x, vector_double *k)
{
    *k = vector_fma(x, vector_broadcast(LOG2_E), vector_broadcast(0x1.8p52)) - 0x1.8p52;
    // r = x - k ln 2. The first step is exact: k LN2_HIGH is a multiple of 2^-42 close to x.
    const vector_double head = vector_fma(-*k, vector_broadcast(LN2_HIGH), x);
    const struct pair product = product_exactly(*k, vector_broadcast(LN2_LOW));
    struct pair r = sum_exactly(head, -product.high);
    r.low = r.low - vector_fma(*k, vector_broadcast(LN2_LOWEST), product.low);

    // p = r + r^2/2 + r^3 T(r), with r^2/2 to twice the precision too; r_low counts as r_low e^r.
    const struct pair half_square = product_exactly(0.5 * r.high, r.high);
    const struct pair p = sum_ordered(r.high, half_square.high);
    const vector_double cube = r.high * r.high * r.high;
    const vector_double tail = vector_fma(cube, polynomial(expm1_cubic_tail, 11, r.high),
                                          half_square.low + vector_fma(r.low, p.high, r.low));
    return sum_ordered(p.high, p.low + tail);
}

// high + low, |low| < |high|, as the double whose rounding to float is that of the exact sum: the
// sum rounded to odd.
INLINE vector_double round_sum_to_odd(vector_double high, vector_double low)
{
    const vector_double sum = high + low;
    const vector_double error = low - (sum - high);
    const vector_int sum_bits = (vector_int)sum;
    // One unit away from zero when the error has the sign of the sum, one towards zero when not.
    const vector_int step = 1 | (((vector_int)error ^ sum_bits) >> 63);
    const vector_int must_move = (error != 0.0) & ((sum_bits & 1) == 0);
    return (vector_double)(sum_bits + (step & must_move));
}

#endif
