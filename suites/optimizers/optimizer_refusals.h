// SPDX-License-Identifier: MIT
/* optimizer_refusals.h - impossible cases that the optimizers share. */
#pragma once

#include "../case_builder.h"

/* Cases that no optimizer can answer, copies of the case called `like` (two steps or more) but for
 * one thing; then the rows of the technique's own. */
void optimizer_refusal_rows(struct case_list *list, const char *like, const struct refusal *row,
                            size_t rows);
