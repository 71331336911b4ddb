// SPDX-License-Identifier: MIT
/* run.h - answers case files. */
#pragma once

#include "program.h"

/* See struct engine_program. */
int run_cases(const struct arithmetic *arithmetic, const struct run_request *request);
