// SPDX-License-Identifier: MIT
//
// The complementary error function as a pair, for both precisions: its power series near 0, and
// e^(-x^2) W(x) elsewhere, where W(x) = e^(x^2) erfc x changes so slowly that a table of short
// Taylor series has it.
#ifndef ASSAY_ERROR_FUNCTION_H
#define ASSAY_ERROR_FUNCTION_H

#include "error_function_constants.h"
#include "pair.h"

// 1 - erf x for |x| < 1/4: the first term of erf to twice the precision, the others, below 0.006,
// in plain double.
INLINE struct pair complementary_error_near_zero(vector_double x)
{
    const vector_double square = x * x;
    const struct pair first = product_exactly(x, vector_broadcast(TWO_OVER_ROOT_PI));
    const vector_double first_low =
        vector_fma(x, vector_broadcast(TWO_OVER_ROOT_PI_LOW), first.low);
    const vector_double tail = x * square * polynomial(error_function_tail, 8, square);
    const struct pair head = sum_ordered(vector_broadcast(1.0), -first.high);
    return (struct pair){head.high, head.low - (tail + first_low)};
}

// W(x) for 1/4 <= x < 28. A sixteenth of a power of two per row, so that all but the first term
// are small.
INLINE struct pair scaled_complementary_error(vector_double x)
{
    const vector_int index = ((vector_int)x >> 48) - SCALED_ERROR_FIRST_ROW;
    const vector_int row = index * SCALED_ERROR_STRIDE;
    const vector_unsigned leading = vector_bits(x) >> 48 << 48;
    const vector_double centre = (vector_double)(leading | (uint64_t)1 << 47);
    const vector_double t = x - centre; // exact

    vector_double coefficient[SCALED_ERROR_COLUMNS];
    UNROLL
    for (int i = 0; i < SCALED_ERROR_COLUMNS; i++)
        coefficient[i] = vector_gather(scaled_error_table + i / 4, row, i % 4);
    vector_double sum = coefficient[SCALED_ERROR_COLUMNS - 1];
    UNROLL
    for (int i = SCALED_ERROR_COLUMNS - 2; i >= 3; i--)
        sum = vector_fma(sum, t, coefficient[i]);
    const struct pair linear = product_exactly(coefficient[2], t);
    const struct pair head = sum_ordered(coefficient[0], linear.high);
    const vector_double lows = vector_fma(t * t, sum, coefficient[1] + linear.low);
    return sum_ordered(head.high, head.low + lows);
}

// erfc x = 2^k times the returned pair; k is 0 but for x >= 1/4.
INLINE struct pair complementary_error_pair(vector_double x, vector_double *k)
{
    const vector_double magnitude = magnitude_of(x);
    // Beyond 27.75 both precisions have 0 or 2.
    vector_double limited = vector_select(magnitude < 27.75, magnitude, vector_broadcast(27.75));
    limited = vector_select(limited < 0.25, vector_broadcast(0.25), limited);
    const struct pair square = product_exactly(limited, limited);
    const struct pair p = exponential_pair(-square.high, k);
    struct pair e = sum_ordered(vector_broadcast(1.0), p.high);
    e.low += p.low - e.high * square.low; // the factor e^-square.low; its square is nothing
    const struct pair w = scaled_complementary_error(limited);
    struct pair far = product_exactly(e.high, w.high);
    far.low += vector_fma(e.high, w.low, e.low * w.high);

    // erfc -x = 2 - erfc x. Far below 2 the power only has to be small.
    const vector_double zero = vector_broadcast(0.0);
    const vector_double scale =
        power_of_two(vector_select(*k < -200.0, vector_broadcast(-200.0), *k));
    const struct pair two_minus = sum_ordered(vector_broadcast(2.0), -(scale * far.high));
    const struct pair near_zero = complementary_error_near_zero(x);
    const vector_int is_near = magnitude < 0.25, is_negative = x < 0.0;
    *k = vector_select(is_near | is_negative, zero, *k);
    const vector_double two_minus_low = two_minus.low - scale * far.low;
    const vector_double high = vector_select(is_negative, two_minus.high, far.high);
    const vector_double low = vector_select(is_negative, two_minus_low, far.low);
    const vector_double nan_or_high = vector_select(x == x, high, x);
    return (struct pair){vector_select(is_near, near_zero.high, nan_or_high),
                         vector_select(is_near, near_zero.low, low)};
}

#endif
