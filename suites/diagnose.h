// SPDX-License-Identifier: MIT
/* diagnose.h - which known mistake a failing result equals. */
#pragma once

#include "protocol/case.h"

/* Writes into `text` (ASSAY_TEXT long) which fork of the technique the outputs equal, and to how
 * many digits: "equals adam/no_bias_correction to 6.9 digits (Omits the bias correction.)". The
 * text is empty when no fork is nearer than half of the digits of the precision. */
void diagnose_case(char *text, const struct assay_case *test,
                   const struct assay_result_case *result, const char *precision);
