// SPDX-License-Identifier: MIT
#include "team.h"

#include "failure.h"
#include "threaded_kernels.h"

#include <cblas.h>
#include <limits.h>

int team_gather(struct team *team, const struct arithmetic *arithmetic)
{
    const char *reason = NULL;
    team->comm = MPI_COMM_WORLD;
    MPI_Comm_rank(team->comm, &team->rank);
    MPI_Comm_size(team->comm, &team->ranks);
    team->reproducible = arithmetic->reproducible;
    team->kernels = kernels_select(arithmetic->vector_width, &reason);
    /* Hosts may differ; one that lacks the instructions must stop all. */
    int usable = team->kernels != NULL, all = 0;
    MPI_Allreduce(&usable, &all, 1, MPI_INT, MPI_MIN, team->comm);
    if (all) {
        team->kernels = threaded_kernels(team->kernels);
        return 0;
    }
    return failure_unusable("--vector-width %s cannot be used: %s", arithmetic->vector_width,
                            reason != NULL ? reason : "another host lacks the instructions");
}

static int blas_size(size_t n)
{
    if (n > INT_MAX)
        failure_abort("a matrix side of %zu exceeds what BLAS can count; use more ranks", n);
    return (int)n;
}

static void blas_product(bool transpose_a, bool transpose_b, size_t M, size_t N, size_t K,
                         const scalar *a, size_t lda, const scalar *b, size_t ldb, scalar *c,
                         size_t ldc)
{
    CBLAS_TRANSPOSE ta = transpose_a ? CblasTrans : CblasNoTrans;
    CBLAS_TRANSPOSE tb = transpose_b ? CblasTrans : CblasNoTrans;
    if (M == 0 || N == 0 || K == 0)
        return;
#ifdef SCALAR_F32
    cblas_sgemm(CblasRowMajor, ta, tb, blas_size(M), blas_size(N), blas_size(K), 1, a,
                blas_size(lda), b, blas_size(ldb), 1, c, blas_size(ldc));
#else
    cblas_dgemm(CblasRowMajor, ta, tb, blas_size(M), blas_size(N), blas_size(K), 1, a,
                blas_size(lda), b, blas_size(ldb), 1, c, blas_size(ldc));
#endif
}

void team_product(const struct team *team, bool transpose_a, bool transpose_b, size_t M, size_t N,
                  size_t K, const scalar *a, size_t lda, const scalar *b, size_t ldb, scalar *c,
                  size_t ldc)
{
    if (team->reproducible)
        team->kernels->matrix_product(transpose_a, transpose_b, M, N, K, a, lda, b, ldb, c, ldc);
    else
        blas_product(transpose_a, transpose_b, M, N, K, a, lda, b, ldb, c, ldc);
}

void team_row_products(const struct team *team, size_t N, size_t K, const scalar *a,
                       const scalar *b, scalar *dot)
{
    for (size_t n = 0; n < N; n++) {
        dot[n] = 0;
        team->kernels->matrix_product(false, false, 1, 1, K, a + n * K, K, b + n * K, 1, dot + n,
                                      1);
    }
}
