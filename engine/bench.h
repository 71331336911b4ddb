// SPDX-License-Identifier: MIT
/* bench.h - how long a training step takes, and how short it could be. */
#pragma once

#include "train.h"

/* See struct engine_program. */
int bench_training(const struct arithmetic *arithmetic, const struct recipe *recipe,
                   const struct dataset *data, struct bench_record *record);
