// SPDX-License-Identifier: MIT
#include "low_arithmetic.h"

#include "../reference/real.h" /* built with REAL_BITS 113 */

#include <fenv.h>
#include <stdint.h>
#include <string.h>

/* The format: significant bits, and the exponents of its smallest and largest normal numbers. */
#if LOW_BITS == 8
enum { BITS = 8, LEAST = -126, MOST = 127 }; /* bfloat16 */
const quad real_unit_roundoff = R(0x1p-8), real_smallest = R(0x1p-126);
#elif LOW_BITS == 11
enum { BITS = 11, LEAST = -14, MOST = 15 }; /* binary16 */
const quad real_unit_roundoff = R(0x1p-11), real_smallest = R(0x1p-14);
#else
#error "LOW_BITS must be 8 or 11"
#endif

/* binary128, as two words: 1 sign bit, 15 bits of exponent, 48 + 64 bits of fraction. */
enum { HIGH_FRACTION = 48, EXPONENT_BIAS = 16383 };
static const uint64_t sign_bit = UINT64_C(1) << 63;
static const uint64_t infinite = UINT64_C(0x7fff) << HIGH_FRACTION;

struct words {
    uint64_t low, high;
};

static struct words words_of(quad x)
{
    struct words w;
    memcpy(&w, &x, sizeof w);
    return w;
}

static quad quad_of(struct words w)
{
    quad x;
    memcpy(&x, &w, sizeof x);
    return x;
}

/* Whether a magnitude between two neighbours goes to the larger one: `rest` is what lies above the
 * lower neighbour, in units of half their distance, exactly half being 1 with nothing behind it. */
static int goes_up(int negative, int odd, int above_half, int half, int anything)
{
    switch (fegetround()) {
    case FE_UPWARD:
        return anything && !negative;
    case FE_DOWNWARD:
        return anything && negative;
    case FE_TOWARDZERO:
        return 0;
    default:
        return above_half || (half && odd);
    }
}

/* Below the smallest subnormal number there are two choices. */
static uint64_t tiny(uint64_t magnitude, int sticky, int negative)
{
    uint64_t least = (uint64_t)(LEAST - BITS + 1 + EXPONENT_BIAS) << HIGH_FRACTION;
    uint64_t half = least - (UINT64_C(1) << HIGH_FRACTION);
    int exactly = magnitude == half && !sticky;
    int above = magnitude > half || (magnitude == half && sticky);
    return goes_up(negative, 0, above, exactly, magnitude != 0 || sticky) ? least : 0;
}

/* The number of the format that the rounding direction gives for x. */
static quad rounded(quad x)
{
    struct words w = words_of(x);
    int negative = (w.high & sign_bit) != 0, sticky = w.low != 0;
    uint64_t magnitude = w.high & ~sign_bit;
    if (magnitude >= infinite || (magnitude == 0 && !sticky))
        return x;
    int exponent = (int)(magnitude >> HIGH_FRACTION) - EXPONENT_BIAS;
    int lost = exponent < LEAST ? LEAST - exponent : 0; /* bits that a subnormal number lacks */
    if (lost >= BITS) {
        magnitude = tiny(magnitude, sticky, negative);
    } else {
        uint64_t unit = UINT64_C(1) << (HIGH_FRACTION - BITS + 1 + lost);
        uint64_t rest = magnitude & (unit - 1);
        magnitude -= rest;
        /* Where only the implied bit is left, the word does not show that it is odd. */
        int odd = lost == BITS - 1 || (magnitude & unit) != 0;
        int above = rest > unit / 2 || (rest == unit / 2 && sticky);
        if (goes_up(negative, odd, above, rest == unit / 2 && !sticky, rest != 0 || sticky))
            magnitude += unit; /* a carry goes into the exponent, as it should */
    }
    uint64_t largest = ((uint64_t)(MOST + 1 + EXPONENT_BIAS) << HIGH_FRACTION) -
                       (UINT64_C(1) << (HIGH_FRACTION - BITS + 1));
    if (magnitude > largest)
        magnitude = goes_up(negative, 1, 1, 0, 1) ? infinite : largest;
    return quad_of((struct words){0, magnitude | (negative ? sign_bit : 0)});
}

/* What the calls of the binary128 objects are renamed to. */
quad low_add(quad a, quad b);
quad low_subtract(quad a, quad b);
quad low_multiply(quad a, quad b);
quad low_divide(quad a, quad b);
quad low_fma(quad a, quad b, quad c);
quad low_root(quad x);

quad low_add(quad a, quad b)
{
    return rounded(a + b);
}

quad low_subtract(quad a, quad b)
{
    return rounded(a - b);
}

quad low_multiply(quad a, quad b)
{
    return rounded(a * b);
}

quad low_divide(quad a, quad b)
{
    return rounded(a / b);
}

quad low_fma(quad a, quad b, quad c)
{
    return rounded(fmaf128(a, b, c));
}

quad low_root(quad x)
{
    return rounded(sqrtf128(x));
}
