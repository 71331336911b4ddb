// SPDX-License-Identifier: MIT
/* mask_cases.h - what no dropout may accept: of the number p and of masks. */
#pragma once

#include "../case_builder.h"

/* Appends refusals that are like `from_uniforms`, a case with an input u, and like `from_mask`, one
 * with an input mask (NULL: none). */
void mask_refusals(struct case_list *list, const char *from_uniforms, const char *from_mask);
