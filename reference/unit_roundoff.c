// SPDX-License-Identifier: MIT
/* The two numbers of binary128 that real.h leaves open; built with REAL_BITS 113. */
#include "real.h"

const real real_unit_roundoff = R(0x1p-113), real_smallest = R(0x1p-16382);
