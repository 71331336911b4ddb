// SPDX-License-Identifier: MIT
//
// Times the kernels: GFLOP/s of the matrix product next to OpenBLAS on one thread, and nanoseconds
// per element of the elementary functions. The numbers to trust are the ratios: both sides of one
// are measured in turn, within one run, and the best of many repetitions counts, since other work
// on the machine only ever adds time. Compiled once per precision.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <cblas.h>

#include "kernels.h"

void openblas_set_num_threads(int n_threads);

static const char *const widths[] = {"512", "256", "128", "scalar"};
enum { N_WIDTHS = sizeof widths / sizeof widths[0] };

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static scalar *random_array(size_t size)
{
    scalar *array = aligned_alloc(64, (size * sizeof *array + 63) / 64 * 64);
    if (array == NULL) {
        fprintf(stderr, "kernels_bench: out of memory; close other programs and try again\n");
        exit(2);
    }
    uint32_t state = 12345;
    for (size_t i = 0; i < size; i++) {
        state = state * 1664525u + 1013904223u;
        array[i] = (scalar)((double)state * 0x1p-31 - 1.0);
    }
    return array;
}

struct shape {
    bool transpose_a, transpose_b;
    int M, N, K;
    const char *what;
};

static const struct shape shapes[] = {
    {false, false, 256, 128, 784, "hidden layer, forward"},
    {false, false, 64, 128, 64, "small"},
    {false, false, 512, 512, 512, "square"},
    {false, false, 1024, 1024, 1024, "large square"},
    {false, false, 64, 10, 64, "output layer"},
    {false, false, 64, 10, 32, "output layer, tiny"},
    {true, false, 784, 128, 64, "weight gradient, 64 samples"},
    {true, false, 128, 10, 64, "weight gradient, output layer"},
    {false, true, 64, 784, 128, "input gradient"},
    {false, true, 256, 128, 784, "forward, weights stored transposed"},
    {false, false, 1, 128, 784, "one sample"},
    {false, true, 1, 128, 784, "one sample, weights stored transposed"},
    {false, false, 32, 128, 64, "64-128-64-10, batch 32"},
    {false, false, 32, 64, 128, "64-128-64-10, batch 32"},
    {false, false, 32, 10, 64, "64-128-64-10, batch 32"},
    {true, false, 64, 128, 32, "64-128-64-10, batch 32"},
    {true, false, 128, 64, 32, "64-128-64-10, batch 32"},
    {true, false, 64, 10, 32, "64-128-64-10, batch 32"},
    {false, true, 32, 128, 64, "64-128-64-10, batch 32"},
    {false, true, 32, 64, 10, "64-128-64-10, batch 32"},
    {false, false, 32, 32, 20, "20-32-16-1, batch 32"},
    {true, false, 20, 32, 32, "20-32-16-1, batch 32"},
    {false, true, 32, 32, 16, "20-32-16-1, batch 32"},
    {false, false, 32, 512, 2, "2-512-512-1, batch 32"},
    {false, false, 32, 512, 512, "2-512-512-1, batch 32"},
    {false, false, 32, 1, 512, "2-512-512-1, batch 32"},
    {true, false, 2, 512, 32, "2-512-512-1, batch 32"},
    {true, false, 512, 512, 32, "2-512-512-1, batch 32"},
    {true, false, 512, 1, 32, "2-512-512-1, batch 32"},
    {false, true, 32, 512, 512, "2-512-512-1, batch 32"},
    {false, true, 32, 512, 1, "2-512-512-1, batch 32"},
    {false, false, 128, 512, 784, "784-512-512-10, batch 128"},
    {false, false, 128, 512, 512, "784-512-512-10, batch 128"},
    {false, false, 128, 10, 512, "784-512-512-10, batch 128"},
    {true, false, 784, 512, 128, "784-512-512-10, batch 128"},
    {true, false, 512, 512, 128, "784-512-512-10, batch 128"},
    {true, false, 512, 10, 128, "784-512-512-10, batch 128"},
    {false, true, 128, 784, 512, "784-512-512-10, attacked"},
    {false, true, 128, 512, 512, "784-512-512-10, batch 128"},
    {false, true, 128, 512, 10, "784-512-512-10, batch 128"},
    {false, false, 128, 256, 784, "784-256-128-10, batch 128"},
    {false, false, 32, 128, 2, "GAN, batch 32"},
    {false, false, 32, 128, 128, "GAN, batch 32"},
    {false, false, 32, 2, 128, "GAN, batch 32"},
    {true, false, 128, 128, 32, "GAN, batch 32"},
    {false, true, 64, 128, 128, "GAN, batch 64"},
    {false, true, 64, 128, 2, "GAN, batch 64"},
};

struct operands {
    const scalar *a, *b;
    scalar *c;
};

// kernels == NULL stands for OpenBLAS.
static void multiply(const struct kernels *kernels, const struct shape *s, struct operands o)
{
    const int lda = s->transpose_a ? s->M : s->K, ldb = s->transpose_b ? s->K : s->N;
    if (kernels != NULL) {
        kernels->matrix_product(s->transpose_a, s->transpose_b, (size_t)s->M, (size_t)s->N,
                                (size_t)s->K, o.a, (size_t)lda, o.b, (size_t)ldb, o.c,
                                (size_t)s->N);
        return;
    }
    const CBLAS_TRANSPOSE transpose_a = s->transpose_a ? CblasTrans : CblasNoTrans;
    const CBLAS_TRANSPOSE transpose_b = s->transpose_b ? CblasTrans : CblasNoTrans;
#ifdef SCALAR_F32
    cblas_sgemm(CblasRowMajor, transpose_a, transpose_b, s->M, s->N, s->K, 1, o.a, lda, o.b, ldb, 1,
                o.c, s->N);
#else
    cblas_dgemm(CblasRowMajor, transpose_a, transpose_b, s->M, s->N, s->K, 1, o.a, lda, o.b, ldb, 1,
                o.c, s->N);
#endif
}

static double time_of_calls(const struct kernels *kernels, const struct shape *s, struct operands o,
                            int calls)
{
    const double start = seconds();
    for (int i = 0; i < calls; i++)
        multiply(kernels, s, o);
    return (seconds() - start) / calls;
}

static void bench_shape(const struct shape *s)
{
    const size_t M = (size_t)s->M, N = (size_t)s->N, K = (size_t)s->K;
    scalar *a = random_array(M * K), *b = random_array(K * N), *c = random_array(M * N);
    const struct operands o = {a, b, c};
    const double operations = 2.0 * (double)M * (double)N * (double)K;
    const struct kernels *contestants[N_WIDTHS + 1] = {NULL};
    double best[N_WIDTHS + 1];
    for (int w = 0; w <= N_WIDTHS; w++) {
        contestants[w] = w < N_WIDTHS ? kernels_select(widths[w], NULL) : NULL;
        best[w] = 1e30;
    }
    const int calls = operations > 2e6 ? 1 : (int)(2e6 / operations) + 1;
    // The scalar table calls the C library's fma() for every term; it is a fallback, once is
    // enough.
    const int rounds = operations > 1e9 ? 12 : 60;
    for (int round = 0; round < rounds; round++)
        for (int w = 0; w <= N_WIDTHS; w++) {
            if (w < N_WIDTHS && (contestants[w] == NULL || (w == N_WIDTHS - 1 && round > 0)))
                continue;
            const double t = time_of_calls(contestants[w], s, o, w == N_WIDTHS - 1 ? 1 : calls);
            best[w] = t < best[w] ? t : best[w];
        }
    printf("%c%c %5d x %4d x %4d %8.1f", s->transpose_a ? 'T' : 'N', s->transpose_b ? 'T' : 'N',
           s->M, s->K, s->N, operations / best[N_WIDTHS] * 1e-9);
    for (int w = 0; w < N_WIDTHS; w++)
        if (contestants[w] != NULL)
            printf(" %8.1f %5.2f", operations / best[w] * 1e-9, best[w] / best[N_WIDTHS]);
    printf("  %s\n", s->what);
    fflush(stdout);
    free(a);
    free(b);
    free(c);
}

static void bench_matrix_product(void)
{
    printf("matrix product, %zu bits: GFLOP/s, and time divided by OpenBLAS's (one thread)\n",
           8 * sizeof(scalar));
    printf("    M  x  K  x  N       OpenBLAS");
    for (int w = 0; w < N_WIDTHS; w++)
        if (kernels_select(widths[w], NULL) != NULL)
            printf(" %8s ratio", widths[w]);
    printf("\n");
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
        bench_shape(&shapes[i]);
}

static double time_of_function(void (*f)(size_t, scalar *, const scalar *), size_t n, scalar *y,
                               const scalar *x)
{
    double best = 1e30;
    for (int round = 0; round < 200; round++) {
        const double start = seconds();
        f(n, y, x);
        const double t = seconds() - start;
        best = t < best ? t : best;
    }
    return best / (double)n * 1e9;
}

static void bench_elementary(void)
{
    enum { SIZE = 4096 };
    scalar *x = random_array(SIZE), *y = random_array(SIZE);
    printf("\nelementary functions, %zu bits: nanoseconds per element, %d elements\n",
           8 * sizeof(scalar), SIZE);
    printf("width       exp  expm1    log  log1p   tanh sigmoid   erfc    sin    cos\n");
    for (int w = 0; w < N_WIDTHS; w++) {
        const struct kernels *k = kernels_select(widths[w], NULL);
        if (k == NULL)
            continue;
        for (int i = 0; i < SIZE; i++)
            x[i] = (scalar)(0.01 + 0.001 * i);
        printf("%-8s %6.2f %6.2f %6.2f %6.2f %6.2f %7.2f %6.2f %6.2f %6.2f\n", k->name,
               time_of_function(k->exponential, SIZE, y, x),
               time_of_function(k->exponential_minus_one, SIZE, y, x),
               time_of_function(k->logarithm, SIZE, y, x),
               time_of_function(k->logarithm_one_plus, SIZE, y, x),
               time_of_function(k->hyperbolic_tangent, SIZE, y, x),
               time_of_function(k->sigmoid, SIZE, y, x),
               time_of_function(k->complementary_error, SIZE, y, x),
               time_of_function(k->sine, SIZE, y, x), time_of_function(k->cosine, SIZE, y, x));
    }
    free(x);
    free(y);
}

int main(void)
{
    openblas_set_num_threads(1);
    bench_matrix_product();
    bench_elementary();
    return 0;
}
