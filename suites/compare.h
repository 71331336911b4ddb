// SPDX-License-Identifier: MIT
/* compare.h - the one comparison of an output with its golden. */
#pragma once

#include "protocol/case.h"

enum { COMPARE_WORST = 3 };

/* One element that is beyond its bound, or the worst of those that are not. */
struct compare_element {
    size_t index; /* row-major */
    double got, want, bound, ratio;
};

struct comparison {
    double ratio;    /* largest |got - golden| / bound; INFINITY for NaN, and beyond a bound of 0 */
    double digits;   /* -log10(largest |got - golden| / largest |golden|), at most 32 */
    size_t failures; /* elements with a ratio above 1 */
    size_t elements;
    size_t worst_count;
    struct compare_element worst[COMPARE_WORST]; /* by falling ratio */
};

/* Compares `got` (golden->count values) in a precision by its name, in which the case is certified. */
struct comparison compare_array(const struct assay_golden_array *golden, const char *precision,
                                const double *got);

/* Index i of an array of that shape as "[2,0,7]". */
void compare_index(char *text, size_t size, size_t i, int rank, const size_t dim[]);
