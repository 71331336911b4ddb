// SPDX-License-Identifier: MIT
/* draw.h - random inputs: what the reference does with its own generator where a case leaves the
 * draw to whoever answers (tier "statistical").
 *
 * Element i of the input `name` is a function of (seed, name, i), b(i) being 64 bits of random.h
 * with the stream h = FNV-1a of the name:
 *
 *     uniform          u(i) = (b(i) >> 40) 2^-24, in [0, 1), exact in binary32
 *     bernoulli KEEP   1 if u(i) < KEEP, else 0
 *     integers N       floor(N u(i)), in 0 .. N-1, for N up to 65536
 *     normal           sqrt(-2 log(v)) cos(2 pi u(2 i + 1)),  v = u(2 i) + 2^-24, in (0, 1]
 *     permutation      of 0 .. n-1 along the last axis, row r with the stream h + r
 *
 * Order of operations: as written; 2 pi is rounded first.
 * Source: Box and Muller 1958 (normal); Fisher and Yates 1938 in the form of random.h.
 */
#pragma once

#include "real.h"
#include "request.h"

#include <stdint.h>

/* Fills `value` (count of draw->dim). Returns 0, or 2 when the law is unknown or wrong. */
int draw_values(real *value, const struct request_draw *draw, uint64_t seed);
