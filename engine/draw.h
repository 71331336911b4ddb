// SPDX-License-Identifier: MIT
/* draw.h - random inputs: what the engine draws where a case leaves that to whoever answers (tier
 * "statistical"). Every rank draws the whole input, from numbers that depend on seed, name and
 * place alone, so that nothing has to be sent. The laws are those of data/README.md. */
#pragma once

#include "../suites/protocol/case.h"
#include "arena.h"
#include "team.h"

/* The drawn input as an array of its case, or NULL when the law is not known. */
const struct request_array *draw_input(struct arena *arena, const struct team *team,
                                       const struct request_draw *draw);
