// SPDX-License-Identifier: MIT
/* check_units.h - the cases of a check, compared and diagnosed on all cores. */
#pragma once

#include "check.h"

/* --- check.c ---------------------------------------------------------------------------------- */

/* A new verdict at the end of the list. */
struct check_verdict *check_add(struct check *check, const char *technique, const char *name);

/* What the result claims of a technique, and its answer to a case; NULL: nothing. */
const struct assay_result_technique *check_claim(const struct assay_result *result,
                                                 const char *name);
const struct assay_result_case *check_result_case(const struct assay_result_technique *technique,
                                                  const char *name);

/* Adds the verdict about a case, without a diagnosis. */
void check_add_case(struct check *check, const struct check_scope *scope,
                    const struct assay_result_technique *claim, const struct assay_case *test,
                    const struct assay_golden *golden);

/* --- check_units.c ---------------------------------------------------------------------------- */

/* Adds the verdicts about all cases of the corpus, or of the golden files given, that the scope
 * wants. Returns 0, or 2 with a sentence. */
int check_units(struct check *check, const struct assay_result *result, size_t goldens,
                const char *const golden[], const struct check_scope *scope, char *error);
