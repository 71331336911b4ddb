// SPDX-License-Identifier: MIT
/* cases.h - one case on every rank. Independent of the precision. */
#pragma once

#include "arena.h"

#include <mpi.h>
#include <stddef.h>

struct assay_case;

/* A copy of rank 0's case on every rank; `test` is only used on rank 0, NULL there means that there
 * are no more, and NULL is returned everywhere. Collective. */
const struct assay_case *cases_share(struct arena *arena, MPI_Comm comm,
                                     const struct assay_case *test);
