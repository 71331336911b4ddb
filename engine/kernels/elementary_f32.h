// SPDX-License-Identifier: MIT
//
// The binary32 elementary functions: evaluated in binary64 to about one unit in its last place,
// then rounded once. That leaves a handful of inputs per function whose exact value is too close to
// the middle of two floats; elementary_exhaustive.c goes over all 2^32 inputs and finds them
// (README.md has the argument and the figures). Each function below maps doubles that hold floats
// to doubles whose rounding to float is the answer; NaN to any NaN.
#ifndef ASSAY_ELEMENTARY_F32_H
#define ASSAY_ELEMENTARY_F32_H

#include "error_function.h"
#include "pair.h"
#include "trigonometric.h"

// e^x = 2^k (1 + p), |p| < 0.42: returns p and sets *scale = 2^k. Needs |x| < 700; NaN gives p =
// NaN.
INLINE vector_double exponential_parts(vector_double x, vector_double *scale)
{
    const vector_double shifted =
        vector_fma(x, vector_broadcast(LOG2_E), vector_broadcast(0x1.8p52));
    const vector_double k = shifted - 0x1.8p52;
    vector_double r = vector_fma(-k, vector_broadcast(LN2_HIGH), x);
    r = vector_fma(-k, vector_broadcast(LN2_LOW), r);
    // The low bits of `shifted` are k, as an integer; the other bits are shifted out.
    *scale = (vector_double)((vector_bits(shifted) + 1023) << 52);
    return vector_fma(r * r, polynomial(expm1_quadratic_tail, 11, r), r);
}

// Outside these limits the float results are 0 or infinity (or -1), inside them binary64 does not
// overflow.
INLINE vector_double clamp_exponent(vector_double x)
{
    x = vector_select(x < -120.0, vector_broadcast(-120.0), x);
    return vector_select(x > 120.0, vector_broadcast(120.0), x);
}

INLINE vector_double exponential(vector_double x)
{
    vector_double scale;
    const vector_double p = exponential_parts(clamp_exponent(x), &scale);
    return vector_fma(scale, p, scale);
}

// Keeps its relative accuracy near 0, where k = 0 and the first term vanishes.
INLINE vector_double exponential_minus_one_of_clamped(vector_double x)
{
    vector_double scale;
    const vector_double p = exponential_parts(x, &scale);
    return vector_fma(scale, p, scale - 1.0);
}

INLINE vector_double exponential_minus_one(vector_double x)
{
    // The sign is that of x; only -0 needs to be told.
    return with_sign_of(exponential_minus_one_of_clamped(clamp_exponent(x)), x);
}

// tanh x = E / (E + 2) with E = e^(2|x|) - 1.
INLINE vector_double hyperbolic_tangent(vector_double x)
{
    const vector_double twice = magnitude_of(x) * 2.0;
    const vector_double e = exponential_minus_one_of_clamped(clamp_exponent(twice));
    return with_sign_of(e / (e + 2.0), x);
}

// Below |x| = 2^-6 the value is 1/2 + x/4 - x^3/48 + ..., and the middles of two floats are just
// where x/4 alone can be one: there the cubic term decides, however small, so the sum is rounded to
// odd.
INLINE vector_double sigmoid(vector_double x)
{
    const vector_double z = x * x;
    const double series[4] = {1.0 / 4, -1.0 / 48, 1.0 / 480, -17.0 / 80640};
    const vector_double near_half =
        round_sum_to_odd(vector_broadcast(0.5), x * polynomial(series, 3, z));

    const vector_double minus_magnitude = with_sign_of(x, vector_broadcast(-0.0));
    const vector_double t = exponential(minus_magnitude);
    const vector_double numerator = vector_select(x < 0.0, t, vector_broadcast(1.0));
    return vector_select(z < 0x1p-12, near_half, numerator / (1.0 + t));
}

// log m + k ln 2 where f = m - 1 and sqrt(1/2) <= m < sqrt 2 or so. With s = f / (2 + f):
// log m = 2 atanh s = f - f^2/2 + s (f^2/2 + s^2 T(s^2)).
// The first terms are summed exactly and the rest, at most 0.02, is rounded to odd into them: f -
// f^2/2 alone can be the middle of two floats, and over so many exponents plain doubles left 5
// wrong results of log and 9 of log1p.
INLINE vector_double logarithm_of_parts(vector_double f, vector_double k)
{
    const vector_double s = f / (2.0 + f);
    const vector_double z = s * s;
    const vector_double half_square = 0.5 * f * f;
    const vector_double half_square_low = vector_fma(0.5 * f, f, -half_square);
    const vector_double tail = z * polynomial(atanh_tail, 7, z);

    const vector_double base =
        k * LN2_HIGH; // exact, and 0 or larger than f, which is larger than f^2/2
    const vector_double first = base + f;
    const vector_double first_low = f - (first - base);
    const vector_double second = first - half_square;
    const vector_double second_low = (first - second) - half_square;
    const vector_double lows =
        vector_fma(k, vector_broadcast(LN2_LOW), first_low + (second_low - half_square_low));
    return round_sum_to_odd(second, vector_fma(s, half_square + tail, lows));
}

// x = 2^k m for positive normal x: returns m, at least sqrt(1/2) and below sqrt 2 (nearly).
INLINE vector_double split_exponent(vector_double x, vector_double *k)
{
    const vector_unsigned offset =
        vector_bits(x) - vector_bits(vector_broadcast(0x1.6a09e667f3bcdp-1));
    const vector_unsigned exponent = (vector_unsigned)((vector_int)offset >> 52);
    // exponent as a double: no AVX2 instruction converts 64-bit integers, adding to the bits of
    // 0x1.8p52 does.
    *k = (vector_double)(exponent + vector_bits(vector_broadcast(0x1.8p52))) - 0x1.8p52;
    return (vector_double)(vector_bits(x) - (exponent << 52));
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
    vector_double k;
    const vector_double m = split_exponent(x, &k);
    return logarithm_special(x, logarithm_of_parts(m - 1.0, k));
}

// 1 + x is exact in binary64 unless |x| < 2^-29, where k = 0 and f is x itself, or x > 2^29, where
// the error is far below the last bit of the result.
INLINE vector_double logarithm_one_plus(vector_double x)
{
    const vector_double u = 1.0 + x;
    vector_double k;
    const vector_double m = split_exponent(u, &k);
    const vector_double f = vector_select(k == 0.0, x, m - 1.0);
    const vector_double result = logarithm_special(u, logarithm_of_parts(f, k));
    return vector_select(x == 0.0, x, result);
}

// The last three are the binary64 functions before their last rounding, which is to odd here. The
// first terms of their series near 0 can be the middle of two floats as well.
INLINE vector_double complementary_error(vector_double x)
{
    vector_double k;
    const struct pair result = complementary_error_pair(x, &k);
    const vector_double scale =
        power_of_two(vector_select(k < -200.0, vector_broadcast(-200.0), k));
    return round_sum_to_odd(result.high, result.low) * scale;
}

INLINE vector_double sine(vector_double x)
{
    const struct pair result = sine_after(x, 0);
    const vector_double rounded = round_sum_to_odd(result.high, result.low);
    return vector_select(x == 0.0, x, in_angular_range(x, rounded));
}

INLINE vector_double cosine(vector_double x)
{
    const struct pair result = sine_after(x, 1);
    return in_angular_range(x, round_sum_to_odd(result.high, result.low));
}

INLINE vector_double load_elements(const float *x)
{
    vector_float_half v;
    memcpy(&v, x, sizeof v);
    return __builtin_convertvector(v, vector_double);
}

INLINE void store_elements(float *y, vector_double result)
{
    const vector_double nan = vector_broadcast(__builtin_nan(""));
    result = vector_select(result == result, result, nan);
    const vector_float_half rounded = __builtin_convertvector(result, vector_float_half);
    memcpy(y, &rounded, sizeof rounded);
}

#endif
