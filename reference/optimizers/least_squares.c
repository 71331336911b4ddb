// SPDX-License-Identifier: MIT
#include "least_squares.h"

struct least_squares least_squares_read(struct call *call)
{
    static const char *const assignments[] = {"contiguous", "round_robin", NULL};
    struct least_squares f = {0};
    f.x = call_input(call, "x", "NP");
    f.y = call_input(call, "y", "N");
    f.N = call_size(call, 'N');
    f.P = call_size(call, 'P');
    f.W = call_count_or(call, "workers", 1, 1, 1024);
    f.block = call_block(call);
    if (f.W > f.N)
        call_fail(call, "number 'workers' must not exceed the number of samples");
    f.worker = call_scratch_integers(call, f.N);
    f.count = call_scratch_integers(call, f.W);
    f.residual = call_scratch(call, f.N);
    f.masked = call_scratch(call, f.N);
    int round_robin = call_choice(call, "assignment", assignments);
    for (size_t n = 0, k = 0; n < f.N; n++) {
        while (!round_robin && n >= (k + 1) * f.N / f.W)
            k++;
        f.worker[n] = (int)(round_robin ? n % f.W : k);
        f.count[f.worker[n]]++;
    }
    return f;
}

void least_squares_sums(real *sum, const real *w, size_t stride, const struct least_squares *f)
{
    for (size_t n = 0; n < f->N; n++) {
        const real *own = w + (size_t)f->worker[n] * stride;
        f->residual[n] = sum_products(0, f->P, &f->x[n * f->P], 1, own, 1) - f->y[n];
    }
    for (size_t k = 0; k < f->W; k++)
        for (size_t p = 0; p < f->P; p++) {
            for (size_t n = 0; n < f->N; n++)
                f->masked[n] = f->worker[n] == (int)k ? f->residual[n] * f->x[n * f->P + p] : 0;
            sum[k * f->P + p] = sum_samples(f->N, f->block, f->masked, 1);
        }
}

real least_squares_loss(const struct least_squares *f)
{
    for (size_t n = 0; n < f->N; n++)
        f->masked[n] = f->residual[n] * f->residual[n];
    return sum_samples(f->N, f->block, f->masked, 1) / real_count(2 * f->N);
}
