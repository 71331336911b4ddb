// SPDX-License-Identifier: MIT
/* scalar.h - the number type of one build of the engine's numeric sources.
 *
 * Every numeric source is compiled twice, with -DSCALAR_F32 (binary32) and with -DSCALAR_F64
 * (binary64). Each set is linked into one object whose only global name is engine_f32 or
 * engine_f64 (program.h), so one program holds both.
 */
#pragma once

#include "wide_vectors.h"

#ifdef SCALAR_F32
typedef float scalar;
#define SCALAR_MPI       MPI_FLOAT
#define SCALAR_PRECISION "f32"
#else
typedef double scalar;
#define SCALAR_MPI       MPI_DOUBLE
#define SCALAR_PRECISION "f64"
#endif

/* The IEEE square root: one rounding, no library (build with -fno-math-errno). */
static inline scalar scalar_sqrt(scalar x)
{
#ifdef SCALAR_F32
    return __builtin_sqrtf(x);
#else
    return __builtin_sqrt(x);
#endif
}

/* |x|: clears the sign. */
static inline scalar scalar_absolute(scalar x)
{
#ifdef SCALAR_F32
    return __builtin_fabsf(x);
#else
    return __builtin_fabs(x);
#endif
}
