// SPDX-License-Identifier: MIT
/* averages.h - means over classes, some of which have no value. */
#pragma once

#include "../call.h"

/* What stands for 0 / 0: convention `undefined` = zero (default), one, or excluded. */
enum undefined { UNDEFINED_ZERO, UNDEFINED_ONE, UNDEFINED_EXCLUDED };
enum undefined undefined_read(struct call *call);

/* a / b, or what stands for it where b is 0; *defined: whether it takes part in means. Where it
 * does not, the value is 0. */
real undefined_ratio(real a, real b, enum undefined undefined, int *defined);

/* sum share value / sum share over the K that are defined: chains of additions, the products
 * rounded before. share NULL: all 1. Shares that are all 0 count as 1. Refuses when nothing is
 * defined. */
real average_of(struct call *call, size_t K, const real *value, const real *share,
                const int *defined);
