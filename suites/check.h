// SPDX-License-Identifier: MIT
/* check.h - the comparison of a whole result file with the goldens.
 *
 * Statuses of a case:
 *   PASS         every output is there, in its shape, with a ratio of at most 1; or an impossible
 *   case
 *                is refused; or outputs drawn at random obey their laws
 *   FAIL         some element is beyond its bound, a law is broken, an impossible case is answered,
 *   or a
 *                possible one refused
 *   MISSING      the technique is claimed, but this case or one of its outputs is not there
 *   ERROR        a wrong shape, or something in the result that no golden knows
 *   NOT COVERED  the technique is not claimed, another convention is followed, or the case was
 *                declined with a reason
 */
#pragma once

#include "compare.h"

#include <stdio.h>

enum check_status { CHECK_PASS, CHECK_FAIL, CHECK_MISSING, CHECK_ERROR, CHECK_NOT_COVERED };
enum { CHECK_STATUSES = 5 };

struct check_verdict {
    char technique[ASSAY_NAME], name[ASSAY_NAME], tier[ASSAY_NAME];
    enum check_status status;
    double ratio, digits;      /* the worst of all outputs */
    char output[ASSAY_NAME];   /* the one with the largest ratio */
    size_t elements, failures; /* over all outputs */
    struct comparison worst;   /* of that output */
    int rank;                  /* and its shape */
    size_t dim[REQUEST_RANK];
    char message[ASSAY_TEXT];   /* a sentence, for every status but PASS */
    char diagnosis[ASSAY_TEXT]; /* which fork it equals, or empty */
    int names_it;               /* refused, and the refusal names what is impossible */
};

struct check {
    char implementation[ASSAY_TEXT], version[ASSAY_TEXT], precision[ASSAY_NAME];
    char path[ASSAY_TEXT];
    size_t count[CHECK_STATUSES];
    double worst_ratio;
    size_t verdicts, room;
    struct check_verdict *verdict;
};

const char *check_status_name(enum check_status status);

/* Compares the file `path` with the corpus, or with the golden files given. `only` limits it to a
 * technique ("adam") or a case ("adam/plain"); NULL for all. Returns 0, or 2 with a sentence. */
int check_run(struct check *check, const char *path, size_t goldens, const char *const golden[],
              const char *only, char *error);

/* Whether everything that is covered passed, and something was. */
int check_passed(const struct check *check);

/* Writers: one line a case and a summary; one JSON document; JUnit XML into a file. */
void check_print(const struct check *check, int quiet, FILE *out);
int check_print_json(const struct check *check, FILE *out);
int check_write_junit(const struct check *check, const char *path, char *error);

void check_free(struct check *check);
