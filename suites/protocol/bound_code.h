// SPDX-License-Identifier: MIT
/* bound_code.h - how bounds are stored: in sixteenths of octaves, always rounded up.
 *
 *     code c           bound
 *     0                0
 *     1 .. 32735       2^(c/16 - 1022): from just above DBL_MIN to 2^(1024 - 1/16)
 *     65535            infinite; every bound above 2^(1024 - 1/16) becomes it
 *
 * The other codes mean nothing. A bound is known to a few percent at best (golden.h), so two bytes
 * say as much as eight. Whoever derives a bound rounds it up at once (bound_rounded), and then
 * holds what a reader of the file will hold.
 *
 * 2^(j/16) is a table and the rest a shift of the exponent: no library function rounds, and all
 * machines decode the same bits.
 */
#pragma once

#include <stdint.h>

enum { BOUND_LARGEST = 16 * 2046 - 1, BOUND_INFINITE = 65535 };

/* The smallest code whose bound is at least this one; BOUND_INFINITE for NaN. */
uint16_t bound_code(double bound);

/* The bound of a code: NaN for codes that mean nothing. */
double bound_value(uint16_t code);

/* The smallest bound that can be stored and is at least this one. */
double bound_rounded(double bound);
