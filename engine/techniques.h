// SPDX-License-Identifier: MIT
/* techniques.h - the engine's versions of all techniques of suites/protocol/techniques.def.
 *
 * Each is a function `void <stem>_run(struct question *q)`. They are declared where they are
 * collected, in techniques.c, so that a new technique does not compile all others again. */
#pragma once

#include "question.h"

/* What answers cases of the technique called `name`, or NULL when there is none. */
void (*technique_find(const char *name))(struct question *);
