// SPDX-License-Identifier: MIT
/* low_arithmetic.h - the reference in bfloat16 and binary16, for the derivation of bounds.
 *
 * No compiler in use computes in these formats, but every addition of a `real` of 113 bits is a call:
 * of __addtf3. So the objects of the binary128 build are linked once more, with these calls renamed
 * to functions that compute as before and round the result to 8 or 11 bits, in the rounding
 * direction in force (the Makefile's low_rules). Nothing of the reference is compiled
 * again, and no second source could differ from the first.
 *
 * Results are rounded, operands are not: inputs and numbers stay what the case says. That inputs are
 * rounded too is part of the bounds by their own term (golden.h).
 */
#pragma once

#include "numerics.h"

extern const struct numerics numerics_bf16, numerics_f16;
