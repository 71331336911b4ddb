// SPDX-License-Identifier: MIT
//
// Sine and cosine of |x| <= 2^20, as pairs, for both precisions: x - k pi/2 with k the nearest
// integer, then one of two polynomials on |r| <= pi/4, then the sign of the quadrant.
#ifndef ASSAY_TRIGONOMETRIC_H
#define ASSAY_TRIGONOMETRIC_H

#include "pair.h"
#include "trigonometric_constants.h"

// r = x - k pi/2 to 2^-135, though no double in range is nearer to a multiple of pi/2 than about
// 2^-62; and k modulo 4.
INLINE struct pair reduced_angle(vector_double x, vector_int *quadrant)
{
    const vector_double shifted =
        vector_fma(x, vector_broadcast(TWO_OVER_PI), vector_broadcast(0x1.8p52));
    const vector_double k = shifted - 0x1.8p52;
    *quadrant = (vector_int)(vector_bits(shifted) & 3);
    const struct pair first = product_exactly(k, vector_broadcast(HALF_PI_HIGH));
    const struct pair second = product_exactly(k, vector_broadcast(HALF_PI_LOW));
    // Exact: where k is not 0, the two differ by less than a factor of 2 from each other.
    const vector_double head = x - first.high;
    const struct pair a = sum_exactly(head, -first.low);
    const struct pair b = sum_exactly(a.high, -second.high);
    const vector_double lows =
        vector_fma(-k, vector_broadcast(HALF_PI_LOWEST), (a.low + b.low) - second.low);
    return sum_exactly(b.high, lows);
}

// r - r^3/6 to twice the precision and the rest, below 0.003, in plain double.
INLINE struct pair sine_pair(struct pair r)
{
    const struct pair square = product_exactly(r.high, r.high);
    const struct pair cube = product_exactly(r.high, square.high);
    const vector_double cube_low = vector_fma(r.high, square.low, cube.low);
    const struct pair term = product_exactly(cube.high, vector_broadcast(sine_tail[0]));
    const vector_double term_low =
        vector_fma(cube_low, vector_broadcast(sine_tail[0]),
                   vector_fma(cube.high, vector_broadcast(MINUS_SIXTH_LOW), term.low));
    const vector_double tail = cube.high * square.high * polynomial(sine_tail + 1, 6, square.high);
    // r_low counts as r_low cos r.
    const double slope[3] = {1.0, -1.0 / 2, 1.0 / 24};
    const vector_double lows = vector_fma(r.low, polynomial(slope, 2, square.high), term_low);
    const struct pair head = sum_ordered(r.high, term.high);
    return (struct pair){head.high, head.low + (tail + lows)};
}

// 1 - r^2/2 to twice the precision and the rest, below 0.016, in plain double.
INLINE struct pair cosine_pair(struct pair r)
{
    const struct pair square = product_exactly(r.high, r.high);
    const struct pair head = sum_ordered(vector_broadcast(1.0), -0.5 * square.high);
    const vector_double tail = square.high * square.high * polynomial(cosine_tail, 7, square.high);
    // r_low counts as -r_low sin r.
    const double slope[3] = {1.0, -1.0 / 6, 1.0 / 120};
    const vector_double lows =
        vector_fma(r.low * r.high, polynomial(slope, 2, square.high), 0.5 * square.low);
    return (struct pair){head.high, head.low + (tail - lows)};
}

// The sine of x and so many quarter turns more.
INLINE struct pair sine_after(vector_double x, int quarter_turns)
{
    vector_int quadrant;
    const struct pair r = reduced_angle(x, &quadrant);
    const struct pair sine = sine_pair(r), cosine = cosine_pair(r);
    const vector_int turns = quadrant + (int64_t)quarter_turns;
    const vector_int odd = -(turns & 1);
    const vector_int sign = (vector_int)((vector_unsigned)(turns & 2) << 62);
    struct pair result = {vector_select(odd, cosine.high, sine.high),
                          vector_select(odd, cosine.low, sine.low)};
    result.high = (vector_double)((vector_int)result.high ^ sign);
    result.low = (vector_double)((vector_int)result.low ^ sign);
    return result;
}

// Outside the range, NaN.
INLINE vector_double in_angular_range(vector_double x, vector_double result)
{
    const vector_int inside = magnitude_of(x) <= 0x1p20;
    return vector_select(inside, result, vector_broadcast(__builtin_nan("")));
}

#endif
