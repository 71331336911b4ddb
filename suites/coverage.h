// SPDX-License-Identifier: MIT
/* coverage.h - which cases of the corpus cover which ids of the catalogue (catalogue.def).
 *
 * An id is covered when at least one case names it in `covers`, and not otherwise: neither the
 * existence of a technique nor a sentence anywhere counts.
 */
#pragma once

#include "protocol/case.h"

struct coverage_case {
    const char *technique;
    char name[ASSAY_NAME];
};

struct coverage_row {
    const char *id, *name;
    size_t cases;
    struct coverage_case *test; /* in the order of the corpus */
};

struct coverage {
    size_t rows, covered;
    struct coverage_row *row;  /* in the order of the catalogue */
    char unknown[ASSAY_ERROR]; /* a sentence when a case names an id that the catalogue lacks */
};

/* Reads the tables of cases of all techniques. Ends the program when there is no memory. */
void coverage_collect(struct coverage *coverage);

void coverage_free(struct coverage *coverage);
