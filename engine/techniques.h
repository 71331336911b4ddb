// SPDX-License-Identifier: MIT
/* techniques.h - the engine's versions of all techniques of suites/protocol/techniques.def. */
#pragma once

#include "question.h"

#define TECHNIQUE(family, stem, formula, source) void stem##_run(struct question *q);
#include "../suites/protocol/techniques.def"
#undef TECHNIQUE

/* What answers cases of the technique called `name`, or NULL when there is none. */
void (*technique_find(const char *name))(struct question *);
