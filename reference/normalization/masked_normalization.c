// SPDX-License-Identifier: MIT
#include "masked_normalization.h"

#include "normalization.h"

/* One call in rows of C channels, R = N T of them; block in rows. */
struct padded {
    size_t R, C, block;
    int zero;
    real M;
    const real *x, *gamma, *beta;
    real *mask, *hat, *s; /* (R), (R,C), (C) */
};

static struct padded read_padded(struct call *call)
{
    static const char *const rules[] = {"normalized", "zero", NULL};
    struct padded p = {.x = call_input(call, "x", "NTC"), .M = 0};
    size_t T = call_size(call, 'T');
    p.R = call_size(call, 'N') * T;
    p.C = call_size(call, 'C');
    p.block = call_block(call) * T;
    p.zero = call_choice(call, "masked", rules);
    const int *mask = call_integers(call, "mask", "NT", 0, 1);
    p.gamma = channel_parameter(call, "gamma", p.C, R(1.0));
    p.beta = channel_parameter(call, "beta", p.C, R(0.0));
    p.mask = call_scratch(call, p.R);
    p.hat = call_scratch(call, p.R * p.C);
    p.s = call_scratch(call, p.C);
    for (size_t r = 0; r < p.R; r++) {
        p.mask[r] = (real)mask[r];
        p.M = p.M + p.mask[r];
    }
    if (!(p.M > 0))
        call_fail(call, "input 'mask' leaves no position, and statistics of nothing are 0 / 0");
    return p;
}

static void normalize(struct call *call, const struct padded *p, real *y)
{
    real *mean = call_output(call, "mean", "C"), *variance = call_output(call, "variance", "C");
    real epsilon = call_number_or(call, "epsilon", R(1e-3)), *kept = call_scratch(call, p->R);
    if (!(epsilon > 0))
        call_fail(call, "number 'epsilon' must be above 0, for channels that are constant");
    for (size_t c = 0; c < p->C; c++) {
        mean[c] = sum_sample_products(p->R, p->block, p->mask, 1, &p->x[c], p->C) / p->M;
        for (size_t r = 0; r < p->R; r++) {
            p->hat[r * p->C + c] = p->x[r * p->C + c] - mean[c];
            kept[r] = p->mask[r] * p->hat[r * p->C + c];
        }
        variance[c] = sum_sample_products(p->R, p->block, kept, 1, &p->hat[c], p->C) / p->M;
        p->s[c] = real_sqrt(variance[c] + epsilon);
        for (size_t i = c; i < p->R * p->C; i += p->C) {
            p->hat[i] = p->hat[i] / p->s[c];
            int shown = !p->zero || p->mask[i / p->C] > 0;
            y[i] = shown ? p->gamma[c] * p->hat[i] + p->beta[c] : 0;
        }
    }
}

static void differentiate(struct call *call, const struct padded *p)
{
    const real *dy = call_input(call, "dy", "NTC");
    real *dx = call_output(call, "dx", "NTC"), *u = call_scratch(call, p->R * p->C);
    real *dgamma = call_output(call, "dgamma", "C"), *dbeta = call_output(call, "dbeta", "C");
    for (size_t i = 0; i < p->R * p->C; i++)
        u[i] = p->zero ? p->mask[i / p->C] * dy[i] : dy[i];
    for (size_t c = 0; c < p->C; c++) {
        dgamma[c] = sum_sample_products(p->R, p->block, &u[c], p->C, &p->hat[c], p->C);
        dbeta[c] = sum_samples(p->R, p->block, &u[c], p->C);
        for (size_t i = c; i < p->R * p->C; i += p->C) {
            real m = p->mask[i / p->C];
            real rest = u[i] - m * (dbeta[c] / p->M) - p->hat[i] * (m * (dgamma[c] / p->M));
            dx[i] = p->gamma[c] / p->s[c] * rest;
        }
    }
}

void masked_normalization_answer(struct call *call)
{
    struct padded p = read_padded(call);
    normalize(call, &p, call_output(call, "y", "NTC"));
    if (call_has(call, "dy"))
        differentiate(call, &p);
}
