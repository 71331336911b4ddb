// SPDX-License-Identifier: MIT
#include "hebbian_learning.h"

/* What holds growth back. */
static real restraint(const real *y, const real *w, size_t d, size_t k, const struct hebbian *is)
{
    if (is->rule == HEBB)
        return 0;
    if (is->rule == OJA)
        return y[k] * w[d * is->K + k];
    return sum_products(R(0.0), k + 1, y, 1, &w[d * is->K], 1);
}

static void outputs(real *y, const real *x, const real *w, const struct hebbian *is)
{
    for (size_t k = 0; k < is->K; k++)
        y[k] = sum_products(R(0.0), is->D, x, 1, &w[k], is->K);
}

void hebbian_terms(real *term, real *y, const real *x, const real *w, const struct hebbian *is)
{
    outputs(y, x, w, is);
    for (size_t d = 0; d < is->D; d++) {
        for (size_t k = 0; k < is->K; k++)
            term[d * is->K + k] = y[k] * (x[d] - restraint(y, w, d, k, is));
    }
}

void hebbian_step(real *w, real *y, real *f, const real *x, const struct hebbian *is)
{
    outputs(y, x, w, is);
    for (size_t d = 0; d < is->D; d++) {
        for (size_t k = 0; k < is->K; k++)
            f[d * is->K + k] = restraint(y, w, d, k, is);
    }
    for (size_t i = 0; i < is->D * is->K; i++) {
        real grown = w[i] + (is->rate * y[i % is->K]) * (x[i / is->K] - f[i]);
        w[i] = grown - (is->rate * is->decay) * w[i];
    }
}

/* One step from the mean of the terms of all samples; term (N,D,K) is scratch. */
static void batch_epoch(real *w, real *y, real *term, const real *x, size_t N, size_t block,
                        const struct hebbian *is)
{
    size_t size = is->D * is->K;
    for (size_t n = 0; n < N; n++)
        hebbian_terms(&term[n * size], &y[n * is->K], &x[n * is->D], w, is);
    for (size_t i = 0; i < size; i++) {
        real grown = w[i] + is->rate * (sum_samples(N, block, &term[i], size) / real_count(N));
        w[i] = grown - (is->rate * is->decay) * w[i];
    }
}

void hebbian_learning_answer(struct call *call)
{
    static const char *const rules[] = {"hebb", "oja", "sanger", NULL};
    static const char *const updates[] = {"sample", "batch", NULL};
    const real *x = call_input(call, "x", "ND"), *start = call_input(call, "w", "DK");
    size_t N = call_size(call, 'N'), block = call_block(call);
    struct hebbian is = {.D = call_size(call, 'D'), .K = call_size(call, 'K')};
    is.rule = (enum hebbian_rule)call_choice(call, "rule", rules);
    int batch = call_choice(call, "update", updates);
    is.rate = call_number(call, "rate");
    is.decay = call_number_or(call, "decay", R(0.0));
    size_t E = call_count(call, "epochs", 1, 1 << 20), size = is.D * is.K;
    call_bind(call, 'E', E);
    if (N == 0)
        call_fail(call, "input 'x' has no samples to learn from");
    if (!(is.decay >= 0))
        call_fail(call, "number 'decay' is negative, so weights would grow by forgetting");
    real *w = call_scratch(call, size), *y = call_scratch(call, N * is.K);
    real *scratch = call_scratch(call, batch ? N * size : size);
    real *w_after = call_output(call, "w_after", "EDK");
    real *mean_square = call_output(call, "mean_square", "EK");
    for (size_t i = 0; i < size; i++)
        w[i] = start[i];
    for (size_t e = 0; e < E; e++) {
        for (size_t n = 0; n < N && !batch; n++)
            hebbian_step(w, &y[n * is.K], scratch, &x[n * is.D], &is);
        if (batch)
            batch_epoch(w, y, scratch, x, N, block, &is);
        for (size_t i = 0; i < size; i++)
            w_after[e * size + i] = w[i];
        for (size_t k = 0; k < is.K; k++)
            mean_square[e * is.K + k] =
                sum_sample_products(N, block, &y[k], is.K, &y[k], is.K) / real_count(N);
    }
}
