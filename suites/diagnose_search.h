// SPDX-License-Identifier: MIT
/* diagnose_search.h - the stages in which mistakes are looked for. */
#pragma once

#include "diagnose_changes.h"

/* Fills the list of explanations. `declared` is the number of bits of the result's precision. */
void diagnose_search(struct diagnosing *d, int declared);

/* Whether the explanation says what was done, rather than a fitted number or a place. */
int explains_what(const struct explanation *e);
