// SPDX-License-Identifier: MIT
/* short_formats.h - numbers of fewer bits inside `real`, for forks: what becomes of an answer when
 * a product, a sum, a constant or a conversion is made in a shorter format.
 *
 * Only the significand is short; the exponents are those of `real`, so nothing overflows or becomes
 * subnormal that would not anyway. Exact in every precision, without looking at any bits.
 */
#pragma once

#include "../reference/real.h"

/* Significant bits, the leading one included. */
enum {
    BFLOAT16_BITS = 8,
    HALF_BITS = 11, /* binary16 */
    TF32_BITS = 11, /* tensor cores: the significand of binary16 */
    SINGLE_BITS = 24
};

/* x rounded to the nearest number of `bits` bits; x itself in a precision that has no more. For |x|
 * below the largest number times 2^(bits - REAL_BITS). Source: Veltkamp's splitting; Dekker
 * 1971. */
static inline real rounded_to(real x, int bits)
{
    if (bits >= REAL_BITS)
        return x;
    real factor = 1;
    for (int i = bits; i < REAL_BITS; i++)
        factor = factor * 2;
    real c = (factor + 1) * x;
    return c - (c - x);
}

/* x cut to `bits` bits: the nearest number of so many bits that is not farther from 0. For
 * bits up to half of REAL_BITS: then h - h 2^-bits is exact, and the number of so many bits that is
 * nearest to it is the one before h. */
static inline real cut_to(real x, int bits)
{
    real h = rounded_to(x, bits), least = 1;
    if (real_abs(h) <= real_abs(x))
        return h;
    for (int i = 0; i < bits; i++)
        least = least / 2;
    return rounded_to(h - h * least, bits);
}

/* The value of an elementary function as a processor gives it that is off by so many units in the
 * last place: up where x is below `turn`, down elsewhere, so that a quotient of two does not cancel
 * them. */
static inline real off_by_units(real value, real units, real x, real turn)
{
    real error = 2 * REAL_UNIT_ROUNDOFF * units;
    return value * (x < turn ? 1 + error : 1 - error);
}
