// SPDX-License-Identifier: MIT
/* certify.h - the cases that have no numbers for an answer, before they are shipped. */
#pragma once

#include "protocol/case.h"

/* Tier "refused": the reference must refuse in every precision, and quote the name of what is
 * impossible. Returns 0, or 2 with a sentence. */
int certify_refusal(const struct assay_case *test, char *error);

/* Tier "statistical": the reference and its twins obey the laws of the case with several seeds in
 * every precision; adds the number of twins. Returns 0, or 2 with a sentence. */
int certify_laws(const struct assay_case *test, int *twins, char *error);
