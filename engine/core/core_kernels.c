// SPDX-License-Identifier: MIT
/* Random numbers, matrix products and elementary functions. */
#include "core.h"

#include "../arena.h"
#include "../random.h"

#include <math.h>
#include <string.h>

enum { SEED = 6, ANY_NUMBER = 1, PROBLEM = 2, MATRIX = 3, MANTISSA = 4, RANGE = 5 };

/* ---- random numbers ------------------------------------------------------------------------- */

void core_random(const struct core *core)
{
    enum { COUNT = 4096 };
    static const uint64_t index[] = {0, 1, UINT32_MAX, (uint64_t)UINT32_MAX + 1, UINT64_MAX};
    uint32_t order[COUNT];
    FILE *part = core_open(core, "random");
    for (uint64_t i = 0; i < COUNT; i++) {
        const uint64_t bits = random_draw(SEED, ANY_NUMBER, i);
        const double uniform = random_uniform(i, ANY_NUMBER, SEED);
        core_write(part, &bits, sizeof bits);
        core_write(part, &uniform, sizeof uniform);
    }
    for (size_t i = 0; i < sizeof index / sizeof index[0]; i++) {
        const uint64_t bits = random_draw(index[i], ~index[i], index[i]);
        core_write(part, &bits, sizeof bits);
    }
    for (size_t n = 1; n <= COUNT; n *= 4) {
        random_shuffle(order, n, SEED, n);
        core_write(part, order, n * sizeof order[0]);
    }
    core_close(part);
}

/* ---- matrix products ------------------------------------------------------------------------ */

struct problem {
    bool transpose_a, transpose_b;
    size_t M, N, K, lda, ldb, ldc;
};

/* Mostly in [-1, 1), so that sums round; every 16th one is any number that there is. */
static void fill(scalar *to, size_t count, uint64_t matrix)
{
    const uint64_t stream = (uint64_t)MATRIX << 32 | matrix;
    for (size_t i = 0; i < count; i++) {
        const uint64_t bits = random_draw(SEED, stream, i);
        to[i] = matrix % 2 != 0 && bits % 16 == 0
                    ? core_number(random_draw(SEED, stream + ((uint64_t)1 << 48), i))
                    : (scalar)((double)(int64_t)bits * 0x1p-63);
    }
}

/* What lies between the rows of C is part of the result: nobody may have touched it. */
static void write_product(const struct core *core, FILE *part, const struct problem *p,
                          uint64_t number)
{
    struct arena arena = {NULL};
    const size_t a_size = (p->transpose_a ? p->K : p->M) * p->lda;
    const size_t b_size = (p->transpose_b ? p->N : p->K) * p->ldb, c_size = p->M * p->ldc;
    scalar *a = arena_take(&arena, a_size, sizeof *a), *b = arena_take(&arena, b_size, sizeof *b);
    scalar *c = arena_take(&arena, c_size, sizeof *c);
    fill(a, a_size, 8 * number + number % 2);
    fill(b, b_size, 8 * number + 2 + number % 2);
    fill(c, c_size, 8 * number + 4);
    team_product(&core->team, p->transpose_a, p->transpose_b, p->M, p->N, p->K, a, p->lda, b,
                 p->ldb, c, p->ldc);
    core_write(part, c, c_size * sizeof *c);
    arena_release(&arena);
}

static struct problem problem_of(size_t M, size_t N, size_t K, uint64_t bits)
{
    const bool ta = bits & 1, tb = bits & 2;
    return (struct problem){.transpose_a = ta,
                            .transpose_b = tb,
                            .M = M,
                            .N = N,
                            .K = K,
                            .lda = (ta ? M : K) + (bits >> 2) % 4,
                            .ldb = (tb ? K : N) + (bits >> 4) % 4,
                            .ldc = N + (bits >> 6) % 4};
}

/* y += a x: of every length, since the last vector is a partial one. */
static void write_fused(const struct core *core, FILE *part)
{
    enum { LONGEST = 67 };
    scalar a[LONGEST], x[LONGEST], y[LONGEST];
    for (size_t n = 0; n <= LONGEST; n++) {
        fill(a, LONGEST, 8 * n + 1);
        fill(x, LONGEST, 8 * n + 3);
        fill(y, LONGEST, 8 * n + 4);
        core->team.kernels->multiply_add(n, y, a, x);
        core_write(part, y, sizeof y);
        core->team.kernels->scale_add(n, y, a[0], x);
        core_write(part, y, sizeof y);
    }
}

void core_products(const struct core *core)
{
    enum { SMALL = 400, SIDE = 52 };
    FILE *part = core_open(core, "matrix_product_small");
    for (uint64_t i = 0; i < SMALL; i++) {
        const uint64_t bits = random_draw(SEED, PROBLEM, i);
        const struct problem p =
            problem_of((bits >> 8) % SIDE, (bits >> 24) % SIDE, (bits >> 40) % SIDE, bits);
        write_product(core, part, &p, i);
    }
    core_close(part);
    /* Beyond the blocks of K and of rows that fit into caches; even numbers: ordinary values. */
    part = core_open(core, "matrix_product_large");
    for (uint64_t i = 0; i < 4; i++) {
        const struct problem narrow = problem_of(261, 37, 300, i | 1 << 6);
        const struct problem wide = problem_of(205, 283, 300, i | 1 << 6);
        write_product(core, part, &narrow, SMALL + 2 * i);
        write_product(core, part, &wide, SMALL + 2 * i);
    }
    core_close(part);
    part = core_open(core, "fused_multiply_add");
    write_fused(core, part);
    core_close(part);
}

/* ---- elementary functions ------------------------------------------------------------------- */

/* Every sign and exponent with PER_EXPONENT mantissas, the first and the last among them, so
 * subnormal numbers, infinities and NaNs too; then numbers from ranges where functions bend. */
static size_t fill_inputs(scalar *x)
{
    static const double range[] = {1, 20, 110, 800, 0x1p20};
#ifdef SCALAR_F32
    enum { EXPONENT_BITS = 9, PER_EXPONENT = 256 };
#else
    enum { EXPONENT_BITS = 12, PER_EXPONENT = 32 };
#endif
    enum { PER_RANGE = 8192, RANGES = sizeof range / sizeof range[0] };
    const uint64_t mantissa = UINT64_MAX >> EXPONENT_BITS;
    size_t n = 0;
    for (uint64_t e = 0; e < (uint64_t)1 << EXPONENT_BITS; e++)
        for (uint64_t i = 0; i < PER_EXPONENT; i++, n++) {
            const uint64_t bits = random_draw(SEED, MANTISSA, e * PER_EXPONENT + i) & mantissa;
            if (x != NULL)
                x[n] = core_number(e << (64 - EXPONENT_BITS) | (i == 0   ? 0
                                                                : i == 1 ? mantissa
                                                                         : bits));
        }
    for (size_t r = 0; r < RANGES; r++)
        for (size_t i = 0; i < PER_RANGE; i++, n++)
            if (x != NULL)
                x[n] = (scalar)((double)(int64_t)random_draw(SEED, RANGE, n) * 0x1p-63 * range[r]);
    return n;
}

void core_elementary(const struct core *core)
{
    enum { LONGEST = 67 };
    const struct kernels *k = core->team.kernels;
    const struct {
        const char *name;
        void (*map)(size_t n, scalar *y, const scalar *x);
    } functions[] = {
        {"exponential", k->exponential},
        {"exponential_minus_one", k->exponential_minus_one},
        {"logarithm", k->logarithm},
        {"logarithm_one_plus", k->logarithm_one_plus},
        {"hyperbolic_tangent", k->hyperbolic_tangent},
        {"sigmoid", k->sigmoid},
        {"complementary_error", k->complementary_error},
        {"sine", k->sine},
        {"cosine", k->cosine},
    };
    struct arena arena = {NULL};
    const size_t count = fill_inputs(NULL);
    scalar *x = arena_take(&arena, count, sizeof *x), *y = arena_take(&arena, count, sizeof *y);
    fill_inputs(x);
    for (size_t f = 0; f < sizeof functions / sizeof functions[0]; f++) {
        FILE *part = core_open(core, functions[f].name);
        /* Pieces of all lengths: the last vector is a partial one. */
        for (size_t i = 0, length = 1; i < count; i += length, length = length % LONGEST + 1) {
            length = length < count - i ? length : count - i;
            functions[f].map(length, y + i, x + i);
        }
        core_write(part, y, count * sizeof *y);
        core_close(part);
    }
    arena_release(&arena);
}
