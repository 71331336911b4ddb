// SPDX-License-Identifier: MIT
/* diagnose.h - which mistake a failing result makes.
 *
 * Every failing output is compared with what a mistake would give in its place, from the simple to
 * the involved:
 *
 *   1. accidents of any technique, made from the golden: transposed, flipped, shifted, scaled, one
 *      step late, exchanged, not reduced, in a shorter precision, ...; and known forks
 *      (suites/<family>/<technique>_forks.c);
 *   2. the technique with another value of one of its conventions, or with a number that is
 *      missing, exchanged or at a common default;
 *   3. two of all these at once;
 *   4. where the result is wrong, when it is right elsewhere.
 *
 * A later stage is entered only for outputs that no earlier one has explained. Nothing is named
 * unless it agrees clearly better than the definition itself (diagnose_match.h), so an accident
 * that changes nothing on the data at hand is not named.
 */
#pragma once

#include "protocol/case.h"

#include <jansson.h>

/* What the search may cost: units of work (work.h), so that what is found does not depend on the
 * machine. When many techniques fail, they share what is there for all of them. Accidents are always
 * tried; known forks first, then the later stages use up the rest, and what has explained one case of
 * a technique is tried first on its other cases. The later stages run in a process of their own, so
 * that a crash there ends them and nothing else (diagnose_apart.h). */
enum {
    DIAGNOSE_UNITS = 3000000,    /* for the cases of one technique at most */
    DIAGNOSE_ALL_UNITS = 500000, /* for all techniques of a check */
    DIAGNOSE_PAIRS = 400         /* of two mistakes at once, for each case */
};

struct diagnosis {
    char text[ASSAY_TEXT]; /* the sentence; empty when nothing is named */
    char key[ASSAY_TEXT];  /* the mistake alone: the same for cases that fail alike */
    double digits;         /* the least agreement of what is named */
};

/* "equals adam/no_bias_correction to 6.9 digits (The moments are not corrected: MLX's default.)";
 * "transposed, to 15.7 digits in dw; off by the factor 2, to 16.0 digits in db". */
void diagnose_case(struct diagnosis *diagnosis, const struct assay_case *test,
                   const struct assay_golden *golden, const struct assay_result_case *result,
                   const char *precision);

/* A case that fails, and its answer. */
struct diagnose_item {
    const struct assay_case *test;
    const struct assay_golden *golden;
    const struct assay_result_case *result;
};

/* The same for the failing cases of one technique, with so many units of work for all of them. */
void diagnose_cases(size_t count, const struct diagnose_item item[], const char *precision,
                    double units, struct diagnosis diagnosis[]);

/* Cases of one technique with one diagnosis, as one entry. */
struct diagnosed_case {
    const char *technique, *name, *key;
    double digits;
};

/* Prints one line for each diagnosis of each technique: "adam: 12 of 20 failing cases: equals
 * adam/no_bias_correction to 6.9 digits". `count` failing cases; those of a technique stand
 * together. */
void diagnose_print_summary(size_t count, const struct diagnosed_case failing[], FILE *out);

/* The same as [{"technique", "diagnosis", "digits", "failing", "cases": [names]}]. */
json_t *diagnose_summary_json(size_t count, const struct diagnosed_case failing[]);
