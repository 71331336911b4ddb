// SPDX-License-Identifier: MIT
/* Threads wait for work by looking at one number: how many pieces of the present job nobody has
 * taken. Who takes a piece counts it down with a compare-and-swap and reads only then what there is
 * to do, which cannot change as long as a piece is unfinished.
 *
 * The caller takes pieces too, so work goes on when the others get no core. Those that find nothing
 * look for a while, since the next job comes soon, and then sleep. */
#define _GNU_SOURCE /* sched_getaffinity */
#include "threads.h"

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

enum {
    LOOKS_BEFORE_SLEEP = 20000, /* about 0.1 ms to 0.5 ms */
    LOOKS_BEFORE_YIELD = 2000,
    CACHE_LINE = 64,
};

static const size_t stop = SIZE_MAX; /* instead of a number of pieces */

static struct {
    int count;
    size_t least_work;
    pthread_t *thread;
    /* The job: written while nobody may take a piece of it. */
    void (*work)(const void *context, size_t piece);
    const void *context;
    _Alignas(CACHE_LINE) _Atomic size_t untaken;
    _Alignas(CACHE_LINE) _Atomic size_t unfinished;
    _Atomic int sleepers;
    pthread_mutex_t mutex;
    pthread_cond_t wake;
} pool = {.count = 1, .mutex = PTHREAD_MUTEX_INITIALIZER, .wake = PTHREAD_COND_INITIALIZER};

static _Thread_local bool in_piece;

static void rest(void)
{
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

/* Takes pieces until none are left. */
static void take_pieces(void)
{
    size_t untaken = atomic_load(&pool.untaken);
    while (untaken != 0 && untaken != stop) {
        if (!atomic_compare_exchange_weak(&pool.untaken, &untaken, untaken - 1))
            continue;
        pool.work(pool.context, untaken - 1);
        atomic_fetch_sub(&pool.unfinished, 1);
        untaken = atomic_load(&pool.untaken);
    }
}

/* Sleeps until there is a piece. The caller of threads_run writes `untaken` and then reads
 * `sleepers`, this one the other way round: so one of them sees the other. */
static void sleep_until_piece(void)
{
    pthread_mutex_lock(&pool.mutex);
    atomic_fetch_add(&pool.sleepers, 1);
    while (atomic_load(&pool.untaken) == 0)
        pthread_cond_wait(&pool.wake, &pool.mutex);
    atomic_fetch_sub(&pool.sleepers, 1);
    pthread_mutex_unlock(&pool.mutex);
}

static void wake_sleepers(void)
{
    if (atomic_load(&pool.sleepers) == 0)
        return;
    pthread_mutex_lock(&pool.mutex);
    pthread_cond_broadcast(&pool.wake);
    pthread_mutex_unlock(&pool.mutex);
}

static void *live(void *nothing)
{
    in_piece = true;
    while (atomic_load(&pool.untaken) != stop) {
        take_pieces();
        int looks = 0;
        while (atomic_load(&pool.untaken) == 0 && looks++ < LOOKS_BEFORE_SLEEP)
            rest();
        if (looks > LOOKS_BEFORE_SLEEP)
            sleep_until_piece();
    }
    return nothing;
}

int threads_start(int count, size_t least_work)
{
    pool.least_work = least_work;
    pool.thread = malloc((size_t)count * sizeof *pool.thread);
    if (pool.thread == NULL)
        return ENOMEM;
    atomic_store(&pool.untaken, 0);
    for (pool.count = 1; pool.count < count; pool.count++) {
        int status = pthread_create(&pool.thread[pool.count], NULL, live, NULL);
        if (status != 0) {
            threads_stop();
            return status;
        }
    }
    return 0;
}

void threads_stop(void)
{
    atomic_store(&pool.untaken, stop);
    wake_sleepers();
    while (pool.count > 1)
        pthread_join(pool.thread[--pool.count], NULL);
    free(pool.thread);
    pool.thread = NULL;
}

int threads_count(void)
{
    return pool.count;
}

int threads_cores(void)
{
    cpu_set_t cores;
    return sched_getaffinity(0, sizeof cores, &cores) == 0 ? CPU_COUNT(&cores) : INT_MAX;
}

void threads_run(size_t pieces, void (*work)(const void *context, size_t piece),
                 const void *context)
{
    if (pool.count == 1 || pieces <= 1 || in_piece) {
        for (size_t i = 0; i < pieces; i++)
            work(context, i);
        return;
    }
    in_piece = true;
    pool.work = work;
    pool.context = context;
    atomic_store(&pool.unfinished, pieces);
    atomic_store(&pool.untaken, pieces);
    wake_sleepers();
    take_pieces();
    for (int looks = 0; atomic_load(&pool.unfinished) != 0; looks++) {
        if (looks < LOOKS_BEFORE_YIELD)
            rest();
        else
            sched_yield();
    }
    in_piece = false;
}

size_t threads_pieces(double multiplications)
{
    if (pool.count == 1 || in_piece)
        return 1;
    double worth = multiplications / (double)pool.least_work;
    return worth < 2 ? 1 : worth < pool.count ? (size_t)worth : (size_t)pool.count;
}

struct ranges {
    size_t n, pieces;
    void (*work)(const void *context, size_t first, size_t count);
    const void *context;
};

/* Where a range begins: if it can be at a multiple of 64 elements, so that no two threads write one
 * cache line, and whole vectors stay whole. */
static size_t begin_of(const struct ranges *ranges, size_t piece)
{
    size_t begin = ranges->n / ranges->pieces * piece;
    if (piece == ranges->pieces)
        return ranges->n;
    return ranges->n / ranges->pieces < 64 ? begin : begin / 64 * 64;
}

static void work_on_range(const void *context, size_t piece)
{
    const struct ranges *ranges = context;
    size_t first = begin_of(ranges, piece);
    ranges->work(ranges->context, first, begin_of(ranges, piece + 1) - first);
}

void threads_range(size_t n, size_t cost,
                   void (*work)(const void *context, size_t first, size_t count),
                   const void *context)
{
    struct ranges ranges = {n, threads_pieces((double)n * (double)cost), work, context};
    ranges.pieces = ranges.pieces < n ? ranges.pieces : n;
    if (ranges.pieces <= 1)
        work(context, 0, n);
    else
        threads_run(ranges.pieces, work_on_range, &ranges);
}
