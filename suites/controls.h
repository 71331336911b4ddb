// SPDX-License-Identifier: MIT
/* controls.h - negative controls: answers that are wrong for every case, made from the golden. */
#pragma once

#include "kill.h"

/* Names the controls and sets their counts to 0. */
void controls_begin(struct kill_control control[KILL_CONTROLS]);

/* Whether every negative control that applies to the case is caught in a precision. */
int controls_caught(const struct assay_case *test, const struct assay_golden *golden,
                    const char *precision);

/* Gives each control to one case in both precisions and counts those that are caught. A control
 * that cannot differ there (nothing to transpose) is not tried. */
void controls_try(struct kill_control control[KILL_CONTROLS], const struct assay_case *test,
                  const struct assay_golden *golden);
