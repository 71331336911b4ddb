// SPDX-License-Identifier: MIT
/* controls.h - negative controls: answers that are wrong for every case, made from the golden. */
#pragma once

#include "kill.h"

/* Names the controls and sets their counts to 0. */
void controls_begin(struct kill_control control[KILL_CONTROLS]);

/* Gives each control to one case in both precisions and counts those that are caught. A control
 * that cannot differ there (nothing to transpose) is not tried. */
void controls_try(struct kill_control control[KILL_CONTROLS], const struct assay_case *test,
                  const struct assay_golden *golden);
