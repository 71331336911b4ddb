// SPDX-License-Identifier: MIT
/* core.h - the part of the engine whose bits must be the same on every CPU, as a program of its own
 * that needs nothing but a C compiler: neither MPI nor BLAS nor HDF5 (mpi.h and cblas.h here stand
 * in for one rank without them). It is built once per precision from the engine's own sources, and
 * writes the raw bits of many results into one file each. `make core` compares their SHA-256 over
 * all vector widths and with hashes.txt; `make arm64` over processors.
 */
#pragma once

#include "../team.h"

#include <stdint.h>
#include <stdio.h>

/* Where the results go, and who computes them. */
struct core {
    const char *folder;
    struct team team; /* of one rank */
};

/* The file of one part, NAME_f32 or NAME_f64, to be closed by core_close. They end the program with
 * status 2 after one sentence when it cannot be written. */
FILE *core_open(const struct core *core, const char *name);
void core_write(FILE *part, const void *bytes, size_t count);
void core_close(FILE *part);

/* The number with these bits (the high ones in binary32): any number, infinity or NaN. */
scalar core_number(uint64_t bits);

void core_random(const struct core *core);
void core_products(const struct core *core);
void core_elementary(const struct core *core);
void core_sums(const struct core *core);
void core_training(const struct core *core);
