// SPDX-License-Identifier: MIT
/* threads.h - the threads of a rank, for work whose pieces do not depend on each other.
 *
 * Pieces are cut so that no sum crosses them: each element of a result is computed by one thread, in
 * the order that one thread alone would take. So who computes which piece changes no bits.
 *
 * Only the thread that called MPI_Init may call these functions; inside a piece they run what they
 * are given at once, without others. One thread means that no other exists.
 */
#pragma once

#include <stddef.h>

/* Starts count - 1 threads beside the caller. `least_work` is what is worth a thread of its own, in
 * multiplications. Returns 0, or the errno of what failed, and then none is left. */
int threads_start(int count, size_t least_work);

/* Ends them. */
void threads_stop(void);

/* The number of threads, the caller's among them. */
int threads_count(void);

/* The number of cores that this process may use: mpirun binds each rank to one or two, unless told
 * otherwise. */
int threads_cores(void);

/* Calls work(context, i) once for each i below `pieces`, on whatever thread is free; returns when
 * all are done. */
void threads_run(size_t pieces, void (*work)(const void *context, size_t piece),
                 const void *context);

/* How many pieces to cut work of so many multiplications into: at most one per thread. */
size_t threads_pieces(double multiplications);

/* Elementwise work: cuts 0 .. n - 1 into ranges and calls work(context, first, count) for each; an
 * element costs as much as so many multiplications of a matrix product. */
enum { COST_OF_ARITHMETIC = 64, COST_OF_FUNCTION = 512 };
void threads_range(size_t n, size_t cost,
                   void (*work)(const void *context, size_t first, size_t count),
                   const void *context);

/* A thread takes work from here on (--thread-work): some 20 microseconds, of which handing it over
 * is a few. */
enum { THREAD_WORK = 1 << 20 };
