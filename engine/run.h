// SPDX-License-Identifier: MIT
/* run.h - answers case files. */
#pragma once

#include "program.h"
#include "team.h"

/* See struct engine_program. */
int run_cases(const struct arithmetic *arithmetic, const struct run_request *request);

/* The team of all ranks. Returns 0, or EXIT_UNUSABLE after one sentence. */
int team_gather(struct team *team, const struct arithmetic *arithmetic);
