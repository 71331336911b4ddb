// SPDX-License-Identifier: MIT
/* kept.h - the outputs of whoever leaves samples out. */
#pragma once

#include "classes.h"

/* Outputs kept, kept_label (M) and kept_x (M,D) from the numbers of the M samples that are kept; M
 * is sharded, x (N,D) is whole. */
void kept_store(struct question *q, const struct classes *classes, const scalar *x,
                const size_t *kept, size_t M);

/* The samples whose flag is not set, in order; *M of them. */
size_t *kept_without(struct question *q, size_t N, const bool *removed, size_t *M);
