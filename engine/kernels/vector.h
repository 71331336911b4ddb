// SPDX-License-Identifier: MIT
//
// Vectors of VECTOR_BITS bits, by the vector extensions that gcc and clang share, and the few
// operations that the extensions lack. VECTOR_BITS is 64 for the "scalar" table: vectors of one
// number.
#ifndef ASSAY_VECTOR_H
#define ASSAY_VECTOR_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if VECTOR_BITS >= 256
#include <immintrin.h>
#elif VECTOR_BITS == 128
#include <arm_neon.h>
#endif

#include "kernel_scalar.h"

#define INLINE static inline __attribute__((always_inline))

// Before a loop of at most 16 turns, known when compiling, whose vectors are to live in registers.
#ifdef __clang__
#define UNROLL _Pragma("unroll")
#else
#define UNROLL _Pragma("GCC unroll 16")
#endif

// Doubles, their bits, and as many floats as there are doubles.
enum { DOUBLE_LANES = VECTOR_BITS / 64 };
typedef double vector_double __attribute__((vector_size(VECTOR_BITS / 8)));
typedef int64_t vector_int __attribute__((vector_size(VECTOR_BITS / 8)));
typedef uint64_t vector_unsigned __attribute__((vector_size(VECTOR_BITS / 8))); // wraps around
typedef float vector_float_half __attribute__((vector_size(VECTOR_BITS / 16)));

// The build's scalars, as many as fit.
#if VECTOR_BITS == 64
enum { SCALAR_LANES = 1 };
#else
enum { SCALAR_LANES = VECTOR_BITS / 8 / (int)sizeof(scalar) };
#endif
typedef scalar vector_scalar __attribute__((vector_size(SCALAR_LANES * sizeof(scalar))));

INLINE vector_double vector_fma(vector_double a, vector_double b, vector_double c)
{
#if VECTOR_BITS == 512
    return _mm512_fmadd_pd(a, b, c);
#elif VECTOR_BITS == 256
    return _mm256_fmadd_pd(a, b, c);
#elif VECTOR_BITS == 128
    return vfmaq_f64(c, a, b);
#else
    return (vector_double){__builtin_fma(a[0], b[0], c[0])};
#endif
}

INLINE vector_double vector_broadcast(double x)
{
    return x - (vector_double){0};
}

INLINE vector_unsigned vector_bits(vector_double x)
{
    return (vector_unsigned)x;
}

// mask ? a : b in each lane; masks are what comparisons give, all ones or all zeros.
INLINE vector_double vector_select(vector_int mask, vector_double a, vector_double b)
{
    return (vector_double)((mask & (vector_int)a) | (~mask & (vector_int)b));
}

// Lane i is rows[index[i]][column].
INLINE vector_double vector_gather(const double rows[][4], vector_int index, int column)
{
#if VECTOR_BITS == 512
    return _mm512_i64gather_pd((__m512i)(index << 2), &rows[0][column], 8);
#elif VECTOR_BITS == 256
    return _mm256_i64gather_pd(&rows[0][column], (__m256i)(index << 2), 8);
#else
    vector_double result = {0};
    for (int lane = 0; lane < DOUBLE_LANES; lane++)
        result[lane] = rows[index[lane]][column];
    return result;
#endif
}

INLINE vector_scalar vector_scalar_broadcast(scalar x)
{
    return x - (vector_scalar){0};
}

INLINE vector_scalar vector_scalar_load(const scalar *p)
{
    vector_scalar v;
    memcpy(&v, p, sizeof v);
    return v;
}

INLINE void vector_scalar_store(scalar *p, vector_scalar v)
{
    memcpy(p, &v, sizeof v);
}

#ifdef SCALAR_F32
#include "vector_f32.h"
#else
#include "vector_f64.h"
#endif

#endif
