// SPDX-License-Identifier: MIT
/* averages.h - means over classes, some of which have no value; definition in
 * reference/metrics/averages.h. All of it is done alike on every rank. */
#pragma once

#include "../techniques.h"

enum undefined { UNDEFINED_ZERO, UNDEFINED_ONE, UNDEFINED_EXCLUDED };
enum undefined undefined_read(struct question *q);
scalar undefined_ratio(scalar a, scalar b, enum undefined undefined, bool *defined);
scalar average_of(struct question *q, size_t K, const scalar *value, const scalar *share,
                  const bool *defined);
