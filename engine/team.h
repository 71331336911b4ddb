// SPDX-License-Identifier: MIT
/* team.h - the ranks that work together, and the arithmetic they agreed on. */
#pragma once

#include "kernels/kernels.h"
#include "program.h"
#include "scalar.h"

#include <mpi.h>
#include <stdbool.h>
#include <stddef.h>

struct team {
    MPI_Comm comm;
    int rank, ranks;
    bool reproducible; /* the same bits for any number of ranks and threads; otherwise fast */
    const struct kernels *kernels; /* on all threads of this rank */
};

/* The team of all ranks, with the threads that were started (threads.h). Returns 0, or EXIT_UNUSABLE
 * after one sentence when the vector width cannot be had on every host. Collective. */
int team_gather(struct team *team, const struct arithmetic *arithmetic);

/* C (M,N) += A (M,K) B (K,N); stored transposed as the flags say, ld* the distance between stored
 * rows. Reproducible: for each element one chain of fused multiply-adds over K in index order that
 * starts from what C holds (DESIGN 7.1). Fast: OpenBLAS. */
void team_product(const struct team *team, bool transpose_a, bool transpose_b, size_t M, size_t N,
                  size_t K, const scalar *a, size_t lda, const scalar *b, size_t ldb, scalar *c,
                  size_t ldc);

/* dot[n] = sum_k a[n,k] b[n,k], one chain of fused multiply-adds over k from 0; a, b (N,K). */
void team_row_products(const struct team *team, size_t N, size_t K, const scalar *a,
                       const scalar *b, scalar *dot);
