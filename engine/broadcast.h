// SPDX-License-Identifier: MIT
/* broadcast.h - the same bytes on every rank. */
#pragma once

#include <mpi.h>
#include <stddef.h>

/* Rank 0's bytes on every rank. Collective; MPI errors end all ranks. */
void broadcast(MPI_Comm comm, void *bytes, size_t count);
