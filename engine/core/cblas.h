// SPDX-License-Identifier: MIT
/* cblas.h - no BLAS: the core computes reproducibly, and its sources call BLAS in the fast
 * arithmetic alone. Found instead of the real one when the core is compiled, and never otherwise.
 */
#pragma once

#include <stdlib.h>

typedef enum { CblasRowMajor } CBLAS_ORDER;
typedef enum { CblasNoTrans, CblasTrans } CBLAS_TRANSPOSE;

static inline void cblas_sgemm(CBLAS_ORDER order, CBLAS_TRANSPOSE ta, CBLAS_TRANSPOSE tb, int m,
                               int n, int k, float alpha, const float *a, int lda, const float *b,
                               int ldb, float beta, float *c, int ldc)
{
    (void)order, (void)ta, (void)tb, (void)m, (void)n, (void)k, (void)alpha, (void)a, (void)lda;
    (void)b, (void)ldb, (void)beta, (void)c, (void)ldc;
    abort();
}

static inline void cblas_dgemm(CBLAS_ORDER order, CBLAS_TRANSPOSE ta, CBLAS_TRANSPOSE tb, int m,
                               int n, int k, double alpha, const double *a, int lda,
                               const double *b, int ldb, double beta, double *c, int ldc)
{
    (void)order, (void)ta, (void)tb, (void)m, (void)n, (void)k, (void)alpha, (void)a, (void)lda;
    (void)b, (void)ldb, (void)beta, (void)c, (void)ldc;
    abort();
}
