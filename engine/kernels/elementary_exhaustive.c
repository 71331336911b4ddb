// SPDX-License-Identifier: MIT
//
// Are the binary32 elementary functions correctly rounded? Goes over all 2^32 inputs of each.
//
//   elementary_exhaustive [--every N] [WIDTH [FUNCTION]]   e.g. elementary_exhaustive 256 tanh;
//   default: the best width, all nine. --every N: the inputs whose bits are multiples of N alone,
//   where all take too long (under emulation); odd, so that all low bits occur.
//
// The expected value comes from the C library, which the kernels do not use: its binary64 function
// is within 2^-50 of the truth relatively (documented: at most 3 ulp), so where both ends of y (1
// -+ 2^-50) round to one float, that is it. The few other inputs are decided in binary128. Exits 1
// when any result is wrong, 2 when it cannot run.
#include <inttypes.h>
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "binary128.h"
#include "kernels.h"

enum { MOST_THREADS = 64, CHUNK = 1 << 16, MOST_SHOWN = 20 };

typedef void (*array_function)(size_t n, float *y, const float *x);

struct elementary {
    const char *name;
    double (*binary64)(double);
    binary128 (*binary128)(binary128);
};

static double sigmoid_binary64(double x)
{
    const double t = exp(-fabs(x));
    return x < 0 ? t / (1 + t) : 1 / (1 + t);
}

static double sin_in_range(double x)
{
    return fabs(x) <= 0x1p20 ? sin(x) : NAN;
}

static double cos_in_range(double x)
{
    return fabs(x) <= 0x1p20 ? cos(x) : NAN;
}

static const struct elementary elementaries[] = {
    {"exp", exp, binary128_exp},
    {"expm1", expm1, binary128_expm1},
    {"log", log, binary128_log},
    {"log1p", log1p, binary128_log1p},
    {"tanh", tanh, binary128_tanh},
    {"sigmoid", sigmoid_binary64, binary128_sigmoid},
    {"erfc", erfc, binary128_erfc},
    {"sin", sin_in_range, binary128_sin_in_range},
    {"cos", cos_in_range, binary128_cos_in_range},
};
enum { N_ELEMENTARIES = sizeof elementaries / sizeof elementaries[0] };

// What the threads share. Only the atomic ones change after they have started.
struct check {
    const struct elementary *elementary;
    array_function kernel;
    uint32_t every;          // input i has the bits i every
    uint64_t inputs, chunks; // of CHUNK inputs, the last one shorter
    double start;
    bool shows_progress;
    atomic_ullong next_chunk;
    atomic_ullong wrong, doubtful;
};

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static float expected(struct check *check, float x)
{
    const double y = check->elementary->binary64((double)x);
    const double slack = 0x1p-50 * y;
    const float one_end = (float)(y - slack), other_end = (float)(y + slack);
    if (one_end == other_end || isnan(y) || isinf(y))
        return (float)y;
    atomic_fetch_add(&check->doubtful, 1);
    return (float)check->elementary->binary128(x);
}

static uint32_t bits_of(float x)
{
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static void compare(struct check *check, float x, float got)
{
    const float right = expected(check, x);
    if (bits_of(got) == (isnan(right) ? 0x7fc00000u : bits_of(right)))
        return;
    if (atomic_fetch_add(&check->wrong, 1) < MOST_SHOWN)
        printf("%s%s(%a), input bits 0x%08" PRIx32 ": got %a, correctly rounded is %a\n",
               check->shows_progress ? "\r\033[K" : "", check->elementary->name, (double)x,
               bits_of(x), (double)got, (double)right);
}

static void show_progress(const struct check *check, uint64_t chunks_done)
{
    const double done = (double)chunks_done / (double)check->chunks;
    const double elapsed = seconds() - check->start;
    fprintf(stderr, "\r%-8s (%d of %d) %3.0f %%, %.0f s left \033[K", check->elementary->name,
            (int)(check->elementary - elementaries) + 1, N_ELEMENTARIES, 100 * done,
            elapsed / done * (1 - done));
}

static void *work(void *shared)
{
    static _Thread_local float x[CHUNK], y[CHUNK];
    struct check *check = shared;
    for (uint64_t chunk; (chunk = atomic_fetch_add(&check->next_chunk, 1)) < check->chunks;) {
        const uint64_t first = chunk * CHUNK, left = check->inputs - first;
        const uint32_t count = left < CHUNK ? (uint32_t)left : CHUNK;
        for (uint32_t i = 0; i < count; i++) {
            const uint32_t bits = (uint32_t)((first + i) * check->every);
            memcpy(&x[i], &bits, sizeof bits);
        }
        check->kernel(count, y, x);
        for (uint32_t i = 0; i < count; i++)
            compare(check, x[i], y[i]);
        if (check->shows_progress && chunk % 64 == 63)
            show_progress(check, chunk);
    }
    return NULL;
}

static bool is_correctly_rounded(const struct elementary *elementary, array_function kernel,
                                 uint32_t every)
{
    struct check check = {.elementary = elementary,
                          .kernel = kernel,
                          .every = every,
                          .inputs = (uint64_t)UINT32_MAX / every + 1,
                          .start = seconds(),
                          .shows_progress = isatty(STDERR_FILENO)};
    check.chunks = (check.inputs + CHUNK - 1) / CHUNK;
    pthread_t threads[MOST_THREADS];
    const long cores = sysconf(_SC_NPROCESSORS_ONLN);
    const long n_threads = cores < 1 ? 1 : cores < MOST_THREADS ? cores : MOST_THREADS;
    for (long i = 0; i < n_threads; i++)
        if (pthread_create(&threads[i], NULL, work, &check) != 0) {
            fprintf(stderr, "elementary_exhaustive: cannot start a thread; free some memory\n");
            exit(2);
        }
    for (long i = 0; i < n_threads; i++)
        pthread_join(threads[i], NULL);
    const unsigned long long wrong = atomic_load(&check.wrong);
    if (check.shows_progress)
        fprintf(stderr, "\r\033[K");
    printf("%-8s %" PRIu64 " inputs, %llu wrongly rounded (%llu decided in binary128), %.0f s\n",
           elementary->name, check.inputs, wrong, atomic_load(&check.doubtful),
           seconds() - check.start);
    fflush(stdout);
    return wrong == 0;
}

// Takes --every N off the arguments; 0 when it is not to be understood.
static uint32_t take_every(int *argc, char ***argv)
{
    if (*argc < 2 || strcmp((*argv)[1], "--every") != 0)
        return 1;
    char *end = NULL;
    const unsigned long every = *argc > 2 ? strtoul((*argv)[2], &end, 10) : 0;
    if (every % 2 == 0 || every > UINT32_MAX || (*argv)[2][0] == '-' || *end != '\0')
        return 0;
    *argc -= 2;
    *argv += 2;
    return (uint32_t)every;
}

int main(int argc, char **argv)
{
    const char *reason = "";
    const uint32_t every = take_every(&argc, &argv);
    if (every == 0) {
        fprintf(stderr, "elementary_exhaustive: --every needs an odd number after it\n");
        return 2;
    }
    const struct kernels *kernels = kernels_select(argc > 1 ? argv[1] : NULL, &reason);
    if (kernels == NULL) {
        fprintf(stderr, "elementary_exhaustive: %s\n", reason);
        return 2;
    }
    const array_function functions[N_ELEMENTARIES] = {
        kernels->exponential,
        kernels->exponential_minus_one,
        kernels->logarithm,
        kernels->logarithm_one_plus,
        kernels->hyperbolic_tangent,
        kernels->sigmoid,
        kernels->complementary_error,
        kernels->sine,
        kernels->cosine,
    };
    printf("kernels: %s\n", kernels->name);
    fflush(stdout);
    int n_checked = 0, n_wrong = 0;
    for (int i = 0; i < N_ELEMENTARIES; i++) {
        if (argc > 2 && strcmp(argv[2], elementaries[i].name) != 0)
            continue;
        n_checked++;
        n_wrong += !is_correctly_rounded(&elementaries[i], functions[i], every);
    }
    if (n_checked == 0) {
        fprintf(stderr, "elementary_exhaustive: no function is called %s\n", argv[2]);
        return 2;
    }
    return n_wrong != 0;
}
