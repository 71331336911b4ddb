// SPDX-License-Identifier: MIT
/* cholesky.h - small symmetric matrices, whole on every rank. */
#pragma once

#include "../question.h"

/* l (D,D) lower triangular, l l^T = a (D,D). Only the lower triangle of a is read.
 * Refuses with `name` when a is not positive definite. */
void cholesky_factor(struct question *q, scalar *l, const scalar *a, size_t D, const char *name);
