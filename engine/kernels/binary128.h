// SPDX-License-Identifier: MIT
//
// binary128 functions for the tests of the elementary functions: the C library's, under the names
// that gcc and clang both accept. Where long double is binary128 already (arm64) they are the long
// double ones.
#ifndef ASSAY_BINARY128_H
#define ASSAY_BINARY128_H

#include <float.h>

#if LDBL_MANT_DIG == 113
#include <math.h>
typedef long double binary128;
#define binary128_exp   expl
#define binary128_expm1 expm1l
#define binary128_log   logl
#define binary128_log1p log1pl
#define binary128_tanh  tanhl
#define binary128_cos   cosl
#define binary128_sin   sinl
#define binary128_erfc  erfcl
#define binary128_fma   fmal
#define binary128_sqrt  sqrtl
#else
typedef __float128 binary128;
binary128 expf128(binary128 x);
binary128 expm1f128(binary128 x);
binary128 logf128(binary128 x);
binary128 log1pf128(binary128 x);
binary128 tanhf128(binary128 x);
binary128 cosf128(binary128 x);
binary128 sinf128(binary128 x);
binary128 erfcf128(binary128 x);
binary128 sqrtf128(binary128 x);
binary128 fmaf128(binary128 x, binary128 y, binary128 z);
#define binary128_exp   expf128
#define binary128_expm1 expm1f128
#define binary128_log   logf128
#define binary128_log1p log1pf128
#define binary128_tanh  tanhf128
#define binary128_cos   cosf128
#define binary128_sin   sinf128
#define binary128_erfc  erfcf128
#define binary128_fma   fmaf128
#define binary128_sqrt  sqrtf128
#endif

// 1 / (1 + e^-x), without overflow.
static inline binary128 binary128_sigmoid(binary128 x)
{
    const binary128 t = binary128_exp(x < 0 ? x : -x);
    return x < 0 ? t / (1 + t) : 1 / (1 + t);
}

// The kernels' sine and cosine have a range.
static inline binary128 binary128_sin_in_range(binary128 x)
{
    return x >= -0x1p20 && x <= 0x1p20 ? binary128_sin(x) : (binary128)__builtin_nan("");
}

static inline binary128 binary128_cos_in_range(binary128 x)
{
    return x >= -0x1p20 && x <= 0x1p20 ? binary128_cos(x) : (binary128)__builtin_nan("");
}

#endif
