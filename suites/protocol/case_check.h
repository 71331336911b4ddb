// SPDX-License-Identifier: MIT
/* case_check.h - what holds of every case, golden and result, whether read or about to be written.
 * The functions return 0, or 2 with a sentence about `path` in `error`. */
#pragma once

#include "case.h"

enum { CASE_DRAW = 2 * ASSAY_NAME }; /* "bernoulli 0.7: 64 20": the law of a draw and its sizes */

/* A case; with_golden also asks for the sentence that says why it exists. */
int check_case(const struct assay_case *test, int with_golden, const char *path, char *error);

/* The golden of a case. */
int check_golden(const struct assay_case *test, const struct assay_golden *golden, const char *path,
                 char *error);

/* Whether a case of this tier is answered with numbers, so that its golden has outputs. */
int check_has_numbers(const struct assay_case *test);

/* Names of a result and its precision; what its cases may hold. */
int check_result(const struct assay_result *result, const char *path, char *error);

/* Whether each value is a binary32 number, or (`infinite`) an infinity or NaN. Returns count, or
 * the index of the first that is not. */
size_t check_binary32(const double *value, size_t count, int infinite);

/* Releases what they point at. */
void request_free(struct request *request);
void golden_free(struct assay_golden *golden);
