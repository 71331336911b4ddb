// SPDX-License-Identifier: MIT
/* wide_vectors.h - elementwise loops for the vectors that the CPU has. */
#pragma once

/* Before an elementwise loop that takes time: compiled for wider vectors besides, and the program
 * takes what the CPU has. No multiplication and addition are contracted, so bits do not depend on
 * it. */
#if defined(__x86_64__) && defined(__linux__)
#define WIDE_VECTORS __attribute__((target_clones("avx2", "default")))
#else
#define WIDE_VECTORS
#endif
