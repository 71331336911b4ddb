// SPDX-License-Identifier: MIT
//
// The binary64 elementary functions: carried as an unevaluated sum high + low of two doubles up to
// the last addition or division, so that the error is that last rounding plus a few hundredths of a
// unit (measured figures in README.md).
#ifndef ASSAY_ELEMENTARY_F64_H
#define ASSAY_ELEMENTARY_F64_H

#include "error_function.h"
#include "pair.h"
#include "trigonometric.h"

// Where the results are 0, infinity or -1 whatever x is.
INLINE vector_double clamp_exponent(vector_double x)
{
    x = vector_select(x < -800.0, vector_broadcast(-800.0), x);
    return vector_select(x > 800.0, vector_broadcast(800.0), x);
}

// v 2^k with one rounding, where the result is subnormal too. There v is rounded first, to a
// multiple of the unit u = 2^(-1074 - k) that will be left: numbers just above 2^52 u have that
// spacing, so adding 2^52 u does it. |k| <= 1300 and 0 < v.high < 2.
INLINE vector_double scale_once(struct pair v, vector_double k)
{
    const vector_double spacing = power_of_two(-1022.0 - k); // 2^52 u; only of use where k < -1000
    const struct pair shifted = sum_ordered(spacing, v.high);
    const vector_double coarse = (shifted.high + (shifted.low + v.low)) - spacing;
    const vector_int subnormal = (k < -1000.0) & (v.high < spacing);
    const vector_double rounded = vector_select(subnormal, coarse, v.high + v.low);
    // In two factors, because 2^k itself can be out of range.
    const vector_double k_half = (0.5 * k + 0x1.8p52) - 0x1.8p52;
    return rounded * power_of_two(k_half) * power_of_two(k - k_half);
}

INLINE vector_double exponential(vector_double x)
{
    vector_double k;
    const struct pair p = exponential_pair(clamp_exponent(x), &k);
    const struct pair one_plus_p = sum_ordered(vector_broadcast(1.0), p.high);
    return scale_once(sum_ordered(one_plus_p.high, one_plus_p.low + p.low), k);
}

// e^x - 1 = (2^k - 1) + 2^k p as a pair, for x in [-50, 600]; high + low are summed exactly
// throughout.
INLINE struct pair exponential_minus_one_pair(vector_double x)
{
    vector_double k;
    const struct pair p = exponential_pair(x, &k);
    const vector_double scale = power_of_two(k);
    const struct pair constant = sum_exactly(scale, vector_broadcast(-1.0));
    const struct pair sum = sum_exactly(constant.high, scale * p.high);
    return sum_ordered(sum.high, vector_fma(scale, p.low, sum.low + constant.low));
}

INLINE vector_double exponential_minus_one(vector_double x)
{
    const vector_double limited = vector_select(x < -50.0, vector_broadcast(-50.0),
                                                vector_select(x > 600.0, vector_broadcast(0.0), x));
    const vector_double result = exponential_minus_one_pair(limited).high;
    // Tiny arguments, where products would underflow, are their own result, and keep their sign at
    // 0.
    const vector_int tiny = magnitude_of(x) < 0x1p-54;
    return vector_select(tiny, x, vector_select(x > 600.0, exponential(x), result));
}

// numerator / denominator to about 100 bits, as a pair.
INLINE struct pair quotient(struct pair numerator, struct pair denominator)
{
    const vector_double q = numerator.high / denominator.high;
    const vector_double remainder = vector_fma(-q, denominator.high, numerator.high);
    const vector_double low = vector_fma(-q, denominator.low, remainder + numerator.low);
    return (struct pair){q, low / denominator.high};
}

// tanh x = E / (E + 2) with E = e^(2|x|) - 1.
INLINE vector_double hyperbolic_tangent(vector_double x)
{
    vector_double twice = 2.0 * magnitude_of(x);
    const vector_int tiny = twice < 0x1p-27;
    twice = vector_select(twice > 50.0, vector_broadcast(50.0), twice);
    const struct pair e = exponential_minus_one_pair(twice);
    const struct pair sum = sum_exactly(vector_broadcast(2.0), e.high);
    const struct pair q = quotient(e, (struct pair){sum.high, sum.low + e.low});
    // For tiny x the cubic term is below a quarter unit of x; and products of subnormals would be
    // lost.
    return vector_select(tiny, x, with_sign_of(q.high + q.low, x));
}

// e^x / (1 + e^x) for x < 0, 1 / (1 + e^-x) otherwise, with the power of two of a small e^x kept
// apart.
INLINE vector_double sigmoid(vector_double x)
{
    vector_double k;
    const vector_double minus_magnitude = with_sign_of(x, vector_broadcast(-0.0));
    const struct pair p = exponential_pair(clamp_exponent(minus_magnitude), &k);
    struct pair t = sum_ordered(vector_broadcast(1.0), p.high);
    t = sum_ordered(t.high, t.low + p.low);
    // Far below 1 the power only has to be small in the denominator.
    const vector_double scale =
        power_of_two(vector_select(k < -200.0, vector_broadcast(-200.0), k));
    struct pair denominator = sum_ordered(vector_broadcast(1.0), scale * t.high);
    denominator.low += scale * t.low;
    const vector_int negative = x < 0.0;
    const vector_double zero = vector_broadcast(0.0), one = vector_broadcast(1.0);
    const struct pair numerator = {vector_select(negative, t.high, one),
                                   vector_select(negative, t.low, zero)};
    const struct pair q = quotient(numerator, denominator);
    return scale_once(q, vector_select(negative, k, zero));
}

// log(m + m_low) + k ln 2 for 2^k m = high, the positive normal number split here, and m_low = low
// / 2^k.
INLINE vector_double logarithm_of_pair(vector_double high, vector_double low,
                                       vector_double k_before)
{
    const vector_int row = ((vector_int)high >> 45) & 127;
    // Significands from row LOGARITHM_HALVED_FROM on count as halves; a true comparison is -1.
    const vector_int halved = row >= (int64_t)LOGARITHM_HALVED_FROM;
    const vector_unsigned exponent =
        (vector_unsigned)(((vector_int)high >> 52) - 1023) - (vector_unsigned)halved;
    const vector_double m = (vector_double)(vector_bits(high) - (exponent << 52));
    const vector_double k_here =
        (vector_double)(exponent + vector_bits(vector_broadcast(0x1.8p52))) - 0x1.8p52;
    const vector_double k = k_here + k_before;
    // 2^-exponent; where that is below the normal numbers, low is too small to matter.
    const vector_unsigned unscale_bits = vector_bits(vector_broadcast(1.0)) - (exponent << 52);
    const vector_double unscale =
        vector_select(k_here > 1000.0, vector_broadcast(0.0), (vector_double)unscale_bits);

    const vector_double inverse = vector_gather(logarithm_table, row, 0);
    // Exact by the choice of the table.
    const vector_double r_head = vector_fma(m, inverse, vector_broadcast(-1.0));
    const struct pair r = sum_exactly(r_head, low * unscale * inverse);
    const vector_double base =
        vector_fma(k, vector_broadcast(LN2_HIGH), vector_gather(logarithm_table, row, 1));
    const vector_double base_low =
        vector_fma(k, vector_broadcast(LN2_LOW), vector_gather(logarithm_table, row, 2));

    const vector_double half_square = 0.5 * r.high * r.high;
    const vector_double half_square_low = vector_fma(0.5 * r.high, r.high, -half_square);
    const vector_double cube = r.high * r.high * r.high;
    const vector_double tail = vector_fma(cube, polynomial(log1p_cubic_tail, 5, r.high),
                                          base_low + (r.low - half_square_low) - r.high * r.low);
    const struct pair first = sum_exactly(base, r.high);
    const struct pair second = sum_exactly(first.high, -half_square);
    return second.high + (second.low + (first.low + tail));
}

// What logarithms are at 0, below it, and at infinity.
INLINE vector_double logarithm_special(vector_double x, vector_double result)
{
    const vector_double infinity = vector_broadcast(__builtin_inf());
    result = vector_select(x == 0.0, -infinity, result);
    result = vector_select(x < 0.0, vector_broadcast(__builtin_nan("")), result);
    return vector_select((x == infinity) | (x != x), x, result);
}

INLINE vector_double logarithm(vector_double x)
{
    const vector_double zero = vector_broadcast(0.0);
    const vector_int subnormal = x < 0x1p-1022;
    const vector_double normal = vector_select(subnormal, x * 0x1p54, x);
    const vector_double k_before = vector_select(subnormal, vector_broadcast(-54.0), zero);
    return logarithm_special(x, logarithm_of_pair(normal, zero, k_before));
}

INLINE vector_double logarithm_one_plus(vector_double x)
{
    const struct pair u = sum_exactly(vector_broadcast(1.0), x);
    const vector_double result = logarithm_of_pair(u.high, u.low, vector_broadcast(0.0));
    const vector_int tiny = magnitude_of(x) < 0x1p-54;
    return vector_select(tiny, x, logarithm_special(u.high, result));
}

INLINE vector_double complementary_error(vector_double x)
{
    vector_double k;
    const struct pair result = complementary_error_pair(x, &k);
    return scale_once(result, k);
}

INLINE vector_double sine(vector_double x)
{
    const struct pair result = sine_after(x, 0);
    return vector_select(x == 0.0, x, in_angular_range(x, result.high + result.low));
}

INLINE vector_double cosine(vector_double x)
{
    const struct pair result = sine_after(x, 1);
    return in_angular_range(x, result.high + result.low);
}

INLINE vector_double load_elements(const double *x)
{
    vector_double v;
    memcpy(&v, x, sizeof v);
    return v;
}

INLINE void store_elements(double *y, vector_double result)
{
    const vector_double nan = vector_broadcast(__builtin_nan(""));
    result = vector_select(result == result, result, nan);
    memcpy(y, &result, sizeof result);
}

#endif
