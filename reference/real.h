// SPDX-License-Identifier: MIT
/* real.h - the only file that knows in which precision the reference is built.
 *
 * One source is compiled three times, with REAL_BITS = 24, 53 or 113 (binary32, binary64,
 * binary128). Kernels say `real`, `R(0.5)` for literals and `real_exp(x)` for functions.
 * <math.h> and <tgmath.h> are not included on purpose: a plain exp(x) would silently compute a
 * binary128 value in double, so here it does not compile.
 *
 * In binary32 and binary64 the elementary functions are evaluated in binary128 and rounded once,
 * in the rounding direction in force. So they are correctly rounded, they depend neither on a libm
 * nor on the processor, and the engine's own functions have something to be compared with.
 */
#pragma once

#include <stddef.h>

#if defined(__clang__) || !defined(__GNUC__)
typedef __float128 quad; /* clang 14 has no _Float128 on x86 */
#else
__extension__ typedef _Float128 quad; /* not ISO C11, hence the marker */
#endif

/* glibc's binary128 functions, declared here because clang's glibc headers hide them. */
quad expf128(quad);
quad expm1f128(quad);
quad logf128(quad);
quad log1pf128(quad);
quad tanhf128(quad);
quad cosf128(quad);
quad sinf128(quad);
quad erfcf128(quad);
quad sqrtf128(quad);
quad fmaf128(quad, quad, quad);

#if REAL_BITS == 113
typedef quad real;
#define R(x)            ((real)(__extension__ x##Q)) /* R(0.1) has this build's precision */
#define REAL_NAME(stem) stem##_f128
#define REAL_PRECISION  "f128"
/* Not constants, because this build serves formats of fewer bits too: suites/low_arithmetic.h. */
extern const real real_unit_roundoff, real_smallest;
#define REAL_UNIT_ROUNDOFF real_unit_roundoff
#define REAL_SMALLEST      real_smallest
#elif REAL_BITS == 53
typedef double real;
#define R(x)               (x)
#define REAL_NAME(stem)    stem##_f64
#define REAL_PRECISION     "f64"
#define REAL_UNIT_ROUNDOFF 0x1p-53
#define REAL_SMALLEST      0x1p-1022
#elif REAL_BITS == 24
typedef float real;
#define R(x)               (x##f)
#define REAL_NAME(stem)    stem##_f32
#define REAL_PRECISION     "f32"
#define REAL_UNIT_ROUNDOFF 0x1p-24f
#define REAL_SMALLEST      0x1p-126f
#else
#error "REAL_BITS must be 24, 53 or 113"
#endif

/* x y + z with one rounding. */
static inline real real_fma(real x, real y, real z)
{
#if REAL_BITS == 113
    return fmaf128(x, y, z);
#elif REAL_BITS == 53
    return __builtin_fma(x, y, z);
#else
    return __builtin_fmaf(x, y, z);
#endif
}

static inline real real_sqrt(real x)
{
#if REAL_BITS == 113
    return sqrtf128(x);
#elif REAL_BITS == 53
    return __builtin_sqrt(x);
#else
    return __builtin_sqrtf(x);
#endif
}

static inline real real_abs(real x)
{
    return x < 0 ? -x : x;
}

/* 0, but for the derivation of bounds: the relative error that every elementary function is given
 * then, as a less careful mathematical library would have it. Not for kernels. */
extern real real_function_error;

/* 0, but for the same purpose: whether their results below the smallest normal number are 0, as on
 * processors that are told to flush. Not for kernels. */
extern int real_function_flush;

/* One rounding of an elementary function's value, with the error and the flushing above. */
static inline real real_rounded(quad value)
{
    real rounded = (real)value * (1 + real_function_error);
    int tiny = rounded < REAL_SMALLEST && rounded > -REAL_SMALLEST;
    return real_function_flush && tiny ? 0 : rounded;
}

static inline real real_exp(real x)
{
    return real_rounded(expf128((quad)x));
}

/* e^x - 1, without the cancellation near 0. */
static inline real real_expm1(real x)
{
    return real_rounded(expm1f128((quad)x));
}

static inline real real_log(real x)
{
    return real_rounded(logf128((quad)x));
}

/* log(1 + x), without the cancellation near 0. */
static inline real real_log1p(real x)
{
    return real_rounded(log1pf128((quad)x));
}

static inline real real_tanh(real x)
{
    return real_rounded(tanhf128((quad)x));
}

static inline real real_cos(real x)
{
    return real_rounded(cosf128((quad)x));
}

static inline real real_sin(real x)
{
    return real_rounded(sinf128((quad)x));
}

/* 1 - erf(x), without the cancellation at large x. */
static inline real real_erfc(real x)
{
    return real_rounded(erfcf128((quad)x));
}

/* A count as a real; exact for every count that a case can hold. */
static inline real real_count(size_t n)
{
    return (real)n;
}
