// SPDX-License-Identifier: MIT
/* case_move.h - cases and results on their way from the process that has read them. The receiving
 * side trusts nothing: sizes are checked before memory is taken. */
#pragma once

#include "case.h"
#include "hdf5_safe_process.h"

/* `target` is a struct assay_file, with goldens where file->golden is not NULL. */
void move_file(struct safe_pipe *pipe, void *target);

/* `target` is a struct assay_result. */
void move_result(struct safe_pipe *pipe, void *target);
