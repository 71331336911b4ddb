// SPDX-License-Identifier: MIT
#include "batch_noise.h"

static void check(struct call *call, const struct noise *r)
{
    if (!(r->epsilon > 0))
        call_fail(call, "number 'epsilon' must be above 0");
    if (r->M < 1 + (size_t)r->of_sample)
        call_fail(call, "input 'batch' has too few batches for their spread");
    for (size_t m = 0; m < r->M; m++) {
        size_t k = 0;
        while (k < r->B && r->batch[m * r->B + k] != (int)r->s)
            k++;
        if (k == r->B)
            call_fail(call, "row %zu of input 'batch' does not have the sample %zu", m, r->s);
    }
}

struct noise noise_read(struct call *call)
{
    static const char *const spreads[] = {"population", "sample", NULL};
    struct noise r = {.of_sample = call_choice(call, "spread", spreads),
                      .epsilon = call_number_or(call, "epsilon", R(1e-5))};
    r.x = call_input(call, "x", "NC");
    r.N = call_size(call, 'N');
    r.C = call_size(call, 'C');
    if (r.N == 0 || r.C == 0)
        call_fail(call, "input 'x' is empty");
    r.s = call_count(call, "sample", 0, r.N - 1);
    r.batch = call_integers(call, "batch", "MB", 0, (int)r.N - 1);
    r.M = call_size(call, 'M');
    r.B = call_size(call, 'B');
    r.block = call_block(call);
    check(call, &r);
    r.y = call_output(call, "y", "MC");
    r.mean = call_output(call, "mean", "C");
    r.variance = call_output(call, "variance", "C");
    r.noise = call_output(call, "noise", "");
    r.gap = call_scratch(call, r.B);
    r.column = call_scratch(call, r.M);
    if (call_has(call, "dy")) {
        r.dy = call_input(call, "dy", "MC");
        r.dx = call_output(call, "dx", "NC");
        r.share = call_scratch(call, r.M * r.N * r.C);
    }
    return r;
}

/* The parts of dx of batch m and channel c; gap holds the members' y. */
static void spread_back(const struct noise *r, size_t m, size_t c, real inverse, real ys)
{
    real g = r->dy[m * r->C + c] * inverse;
    int met = 0;
    for (size_t k = 0; k < r->B; k++) {
        size_t n = (size_t)r->batch[m * r->B + k];
        real part = -((1 + r->gap[k] * ys) / real_count(r->B));
        if (n == r->s && !met) {
            part = 1 + part;
            met = 1;
        }
        real *share = &r->share[(m * r->N + n) * r->C + c];
        *share = *share + g * part;
    }
}

static void normalize(const struct noise *r, size_t m, size_t c)
{
    const int *member = &r->batch[m * r->B];
    for (size_t k = 0; k < r->B; k++)
        r->gap[k] = r->x[(size_t)member[k] * r->C + c];
    real mean = sum_features(r->B, r->gap, 1) / real_count(r->B);
    for (size_t k = 0; k < r->B; k++)
        r->gap[k] = r->gap[k] - mean;
    real squares = sum_products(R(0.0), r->B, r->gap, 1, r->gap, 1);
    real inverse = 1 / real_sqrt(squares / real_count(r->B) + r->epsilon);
    real ys = (r->x[r->s * r->C + c] - mean) * inverse;
    r->y[m * r->C + c] = ys;
    for (size_t k = 0; k < r->B; k++)
        r->gap[k] = r->gap[k] * inverse;
    if (r->dx)
        spread_back(r, m, c, inverse, ys);
}

void noise_measure(const struct noise *r)
{
    real count = real_count(r->of_sample ? r->M - 1 : r->M);
    for (size_t c = 0; c < r->C; c++) {
        r->mean[c] = sum_samples(r->M, r->block, &r->y[c], r->C) / real_count(r->M);
        for (size_t m = 0; m < r->M; m++)
            r->column[m] = r->y[m * r->C + c] - r->mean[c];
        r->variance[c] = sum_sample_products(r->M, r->block, r->column, 1, r->column, 1) / count;
    }
    *r->noise = sum_features(r->C, r->variance, 1) / real_count(r->C);
}

void batch_noise_answer(struct call *call)
{
    struct noise r = noise_read(call);
    for (size_t i = 0; i < r.M * r.C; i++)
        normalize(&r, i / r.C, i % r.C);
    noise_measure(&r);
    for (size_t i = 0; r.dx && i < r.N * r.C; i++)
        r.dx[i] = sum_samples(r.M, r.block, &r.share[i], r.N * r.C);
}
