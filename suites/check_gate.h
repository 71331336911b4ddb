// SPDX-License-Identifier: MIT
/* check_gate.h - the second half of a check: what a gate makes of the verdicts, and their sums. */
#pragma once

#include "check.h"

/* Notes what a result declares and the gate does not want. Before the cases are looked at. */
void check_declarations(struct check *check, const struct assay_result *result,
                        const struct gate *gate);

/* Grades all verdicts, leaves out those that are not judged, applies the gate and adds up. Returns
 * 0, or 2 with a sentence when the gate does not fit the cases. */
int check_conclude(struct check *check, const struct check_scope *scope, char *error);

/* The manifest and the commit of the corpus. */
void check_identify(struct check *check);
