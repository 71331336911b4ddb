// SPDX-License-Identifier: MIT
/* smpi.h - what goes before the engine's sources when they are compiled for SimGrid's MPI, so that
 * they are the same sources. Its mpi.h brings names along that MPI does not have: the whole of
 * <unistd.h>, with a function that techniques call theirs, and a macro.
 */
#pragma once

#include <mpi.h>

#undef SEED
#define read read_case
