// SPDX-License-Identifier: MIT
/* golden_bounds.h - the bounds and margins of an answer in one precision, by the method that
 * golden.h states. */
#pragma once

#include "golden.h"
#include "numerics.h"

/* An output tells right from wrong in a low precision where an element is so many bounds large. */
enum { GOLDEN_TELLING = 2 };

/* A precision for which bounds are derived, and the reference in it. */
struct golden_target {
    enum assay_precision precision;
    const struct numerics *numerics;
    const char *name;
    double roundoff, smallest;
};
struct golden_target golden_target(int precision);

/* Fills in what `to` says about a precision. Returns 0, or 2 with a sentence in `error`: the case
 * cannot be certified in it. */
int golden_bounds(const struct assay_case *test, const struct answer *answer, int precision,
                  struct assay_golden *to, char *error);

/* The same for a low precision, which may be too coarse (golden_low.c); that is no fault of the
 * case. */
void golden_low_bounds(const struct assay_case *test, const struct answer *answer, int precision,
                       struct assay_golden *to);

/* Zeroed memory; ends the program when there is none. */
void *golden_allocate(size_t count, size_t size);
