// SPDX-License-Identifier: MIT
//
// The numeric kernels of the engine: one table of plain functions per precision and vector width.
//
// Promise: a kernel's result is a function of its arguments alone. Every table of a precision gives
// the same bits, on any CPU with IEEE arithmetic (a fused multiply-add in hardware makes it fast,
// not different). NaN results are always the positive quiet NaN with payload 0 (0x7fc00000,
// 0x7ff8000000000000), because CPUs disagree about the others. The floating-point environment must
// be the default one: round to nearest, subnormal numbers kept.
//
// Sources that include this file are compiled once with -DSCALAR_F32 and once without, and say
// `kernels_select` in both.
#ifndef ASSAY_KERNELS_H
#define ASSAY_KERNELS_H

#include <stdbool.h>
#include <stddef.h>

#include "kernel_scalar.h"

struct kernels {
    const char *name; // "scalar", "128", "256" or "512"
    int vector_bits;  // of one register; for "scalar" that of one number

    // C[m,n] = fma(A[m,K-1], B[K-1,n], ... fma(A[m,1], B[1,n], fma(A[m,0], B[0,n], C[m,n]))).
    // One chain in index order that starts from what C holds: zero or the bias, or an earlier part
    // of the contraction. Matrices are row-major. A is M x K, stored K x M when transpose_a; B is K
    // x N, stored N x K when transpose_b; ld* is the distance between stored rows. C must not
    // overlap A or B.
    void (*matrix_product)(bool transpose_a, bool transpose_b, size_t M, size_t N, size_t K,
                           const scalar *a, size_t lda, const scalar *b, size_t ldb, scalar *c,
                           size_t ldc);

    // y[i] = f(x[i]). y and x are the same array or do not overlap.
    // binary32: correctly rounded, for all 2^32 inputs. binary64: below 0.6 units in the last
    // place; README.md has the measured errors.
    void (*exponential)(size_t n, scalar *y, const scalar *x);           // e^x
    void (*exponential_minus_one)(size_t n, scalar *y, const scalar *x); // e^x - 1
    void (*logarithm)(size_t n, scalar *y, const scalar *x);             // ln x
    void (*logarithm_one_plus)(size_t n, scalar *y, const scalar *x);    // ln(1 + x)
    void (*hyperbolic_tangent)(size_t n, scalar *y, const scalar *x);    // tanh x
    void (*sigmoid)(size_t n, scalar *y, const scalar *x);               // 1 / (1 + e^-x)
    void (*complementary_error)(size_t n, scalar *y, const scalar *x);   // erfc x = 1 - erf x
    // x in radians, |x| <= 2^20; beyond (and at infinity) the result is NaN.
    void (*sine)(size_t n, scalar *y, const scalar *x);
    void (*cosine)(size_t n, scalar *y, const scalar *x);

    // The fused multiply-adds that a compiler cannot vectorise without knowing the CPU.
    void (*scale_add)(size_t n, scalar *y, scalar a, const scalar *x); // y[i] = fma(a, x[i], y[i])
    void (*multiply_add)(size_t n, scalar *y, const scalar *a,
                         const scalar *x); // y[i] = fma(a[i], x[i], y[i])
};

// The table called `width` ("scalar", "128", "256", "512"; arm64 has "scalar" and "128", x86-64 the
// others), or the widest that this CPU supports when width is NULL. Returns NULL when there is
// none, and then *reason (unless reason is NULL) is one sentence that says why.
#ifdef SCALAR_F32
#define kernels_select kernels_f32_select
#else
#define kernels_select kernels_f64_select
#endif
const struct kernels *kernels_select(const char *width, const char **reason);

#endif
