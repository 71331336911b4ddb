// SPDX-License-Identifier: MIT
//
// The number type of this build: binary32 with -DSCALAR_F32, otherwise binary64. (Repeating a
// typedef is legal C11, so engine/scalar.h may say the same.)
#ifndef ASSAY_KERNEL_SCALAR_H
#define ASSAY_KERNEL_SCALAR_H

#ifdef SCALAR_F32
typedef float scalar;
#else
typedef double scalar;
#endif

#endif
