// SPDX-License-Identifier: MIT
#include "../lab/ask.h"

#include <math.h>
#include <string.h>

enum { C = 8, BATCH = 256, STEPS = 200, SIZES = 8, OTHERS = 50 };

static const double rate = 0.05;

/* What each channel is: its mean and standard deviation. */
struct source {
    float mean[C], deviation[C];
};

static void draw(struct replica *r, const struct source *source, uint64_t stream, size_t N,
                 float *x)
{
    lab_normal(r, stream, x, N * C);
    for (size_t i = 0; i < N * C; i++)
        x[i] = source->mean[i % C] + source->deviation[i % C] * x[i];
}

static struct ask *layer(struct replica *r, size_t N, const float *x, const float *gamma,
                         const float *beta)
{
    struct ask *ask = ask_new(r, "batch_normalization");
    ask_floats(ask, "x", 2, (size_t[]){N, C}, x);
    ask_floats(ask, "gamma", 1, (size_t[]){C}, gamma);
    ask_floats(ask, "beta", 1, (size_t[]){C}, beta);
    return ask;
}

/* The root of the mean square of y - x, in standard deviations of each channel. */
static double distance(const struct source *source, const float *y, const float *x, size_t N)
{
    double sum = 0;
    for (size_t i = 0; i < N * C; i++) {
        const double off = ((double)y[i] - (double)x[i]) / (double)source->deviation[i % C];
        sum += off * off;
    }
    return sqrt(sum / (double)(N * C));
}

/* gamma and beta that undo the normalization of x (N, C). */
static void set(struct replica *r, const float *x, size_t N, float *gamma, float *beta)
{
    float *column = lab_floats(r, N);
    for (size_t c = 0; c < C; c++) {
        for (size_t n = 0; n < N; n++)
            column[n] = x[n * C + c];
        beta[c] = (float)lab_mean(column, N);
        gamma[c] = (float)sqrt(lab_variance(column, N) + 1e-5);
    }
}

/* On the batch itself and, the mean of several, on batches of the same source. */
static void undo(struct replica *r, const struct source *source, size_t N, double *own,
                 double *others)
{
    float gamma[C], beta[C];
    float *x = lab_floats(r, N * C);
    draw(r, source, 10, N, x);
    set(r, x, N, gamma, beta);
    struct ask *ask = layer(r, N, x, gamma, beta);
    ask_run(ask);
    *own = distance(source, ask_output(ask, "y", N * C), x, N);
    *others = 0;
    for (uint64_t k = 0; k < OTHERS; k++) {
        draw(r, source, 20 + k, N, x);
        ask = layer(r, N, x, gamma, beta);
        ask_run(ask);
        *others += distance(source, ask_output(ask, "y", N * C), x, N) / OTHERS;
    }
}

/* Gradient descent of gamma and beta on the mean of (y - x)^2 / 2, a fresh batch every step; then
 * the distance with running statistics, on new samples. */
static double learn(struct replica *r, const struct source *source)
{
    float gamma[C], beta[C] = {0}, mean[C] = {0}, variance[C];
    float *x = lab_floats(r, BATCH * C), *dy = lab_floats(r, BATCH * C);
    for (size_t c = 0; c < C; c++)
        gamma[c] = variance[c] = 1;
    for (uint64_t step = 0; step < STEPS; step++) {
        draw(r, source, 1000 + step, BATCH, x);
        struct ask *ask = layer(r, BATCH, x, gamma, beta);
        ask_run(ask);
        const float *y = ask_output(ask, "y", (size_t)BATCH * C);
        for (size_t i = 0; i < (size_t)BATCH * C; i++)
            dy[i] = (y[i] - x[i]) / BATCH;
        ask = layer(r, BATCH, x, gamma, beta);
        ask_floats(ask, "dy", 2, (size_t[]){BATCH, C}, dy);
        ask_floats(ask, "running_mean", 1, (size_t[]){C}, mean);
        ask_floats(ask, "running_variance", 1, (size_t[]){C}, variance);
        ask_run(ask);
        memcpy(mean, ask_output(ask, "running_mean_after", C), sizeof mean);
        memcpy(variance, ask_output(ask, "running_variance_after", C), sizeof variance);
        const float *dgamma = ask_output(ask, "dgamma", C), *dbeta = ask_output(ask, "dbeta", C);
        for (size_t c = 0; c < C; c++) {
            gamma[c] -= (float)rate * dgamma[c];
            beta[c] -= (float)rate * dbeta[c];
        }
    }
    draw(r, source, 2000, BATCH, x);
    struct ask *ask = layer(r, BATCH, x, gamma, beta);
    ask_choice(ask, "mode", "inference");
    ask_floats(ask, "running_mean", 1, (size_t[]){C}, mean);
    ask_floats(ask, "running_variance", 1, (size_t[]){C}, variance);
    ask_run(ask);
    return distance(source, ask_output(ask, "y", (size_t)BATCH * C), x, BATCH);
}

/* Decades by which a distance, of which 1e-12 is as good as 0, is below a limit. */
static double below(const struct replica *r, double value, double limit)
{
    return lab_log10(r, limit / fmax(value, 1e-12));
}

void undone_normalization(struct replica *r)
{
    struct source source;
    lab_normal(r, 1, source.mean, C);
    for (size_t c = 0; c < C; c++)
        source.deviation[c] = (float)(0.5 + 1.5 * lab_uniform(r, 2, c));
    double largest = 0;
    for (size_t i = 0; i < SIZES; i++) {
        double own, others;
        undo(r, &source, (size_t)claim_place(r->claim, i), &own, &others);
        replica_point(r, 0, i, own);
        replica_point(r, 1, i, others);
        largest = fmax(largest, own);
    }
    replica_effect(r, 0, below(r, largest, 1e-6));
    replica_effect(r, 1, below(r, learn(r, &source), 0.1));
}
