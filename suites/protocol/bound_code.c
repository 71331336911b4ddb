// SPDX-License-Identifier: MIT
#include "bound_code.h"

#include <math.h>

enum { STEPS = 16, LOWEST = -1022 };

/* 2^(j/16), to the nearest double. */
static const double step[STEPS] = {
    0x1.0000000000000p+0, 0x1.0b5586cf9890fp+0, 0x1.172b83c7d517bp+0, 0x1.2387a6e756238p+0,
    0x1.306fe0a31b715p+0, 0x1.3dea64c123422p+0, 0x1.4bfdad5362a27p+0, 0x1.5ab07dd485429p+0,
    0x1.6a09e667f3bcdp+0, 0x1.7a11473eb0187p+0, 0x1.8ace5422aa0dbp+0, 0x1.9c49182a3f090p+0,
    0x1.ae89f995ad3adp+0, 0x1.c199bdd85529cp+0, 0x1.d5818dcfba487p+0, 0x1.ea4afa2a490dap+0};

uint16_t bound_code(double bound)
{
    int exponent, j = 0;
    if (bound == 0)
        return 0;
    if (!(bound > 0) || isinf(bound))
        return BOUND_INFINITE;
    double mantissa = 2 * frexp(bound, &exponent); /* in [1, 2) */
    while (j < STEPS && step[j] < mantissa)
        j++;
    int code = STEPS * (exponent - 1 - LOWEST) + j;
    if (code < 1)
        return 1;
    return code > BOUND_LARGEST ? BOUND_INFINITE : (uint16_t)code;
}

double bound_value(uint16_t code)
{
    if (code == 0)
        return 0;
    if (code > BOUND_LARGEST)
        return code == BOUND_INFINITE ? (double)INFINITY : (double)NAN;
    return ldexp(step[code % STEPS], code / STEPS + LOWEST);
}

double bound_rounded(double bound)
{
    return bound_value(bound_code(bound));
}
