// SPDX-License-Identifier: MIT
/* agreement.h - how far two ways of training lead to the same weights. */
#pragma once

#include "../lab/replica.h"

/* Decimal digits to which two vectors (count) agree: -log10 of |a - b| / |a|; 8 if they are equal,
 * which is more than binary32 has. */
double agreement(const struct replica *r, const float *a, const float *b, size_t count);
