// SPDX-License-Identifier: MIT
/* failure.h - the two ways in which the program ends early.
 *
 * Input that cannot be used is found by every rank (all hold the same bytes) or is told to every
 * rank before the next collective; then all return 2 together and rank 0 says why. What only one
 * rank can see, such as lack of memory, ends all ranks at once with MPI_Abort.
 */
#pragma once

enum { EXIT_UNUSABLE = 2 };

/* Rank 0 prints "assay-engine: " and one sentence on stderr. Returns EXIT_UNUSABLE. */
int failure_unusable(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* This rank prints one sentence on stderr and ends all ranks. */
_Noreturn void failure_abort(const char *format, ...) __attribute__((format(printf, 1, 2)));
