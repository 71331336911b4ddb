// SPDX-License-Identifier: MIT
#include "coder.h"

#include <math.h>
#include <string.h>

enum { ITERATIONS = 300, STREAM = 500 };

typedef double covariance[CODER_PIXELS][CODER_PIXELS];

static void measure(struct components *pca, const struct samples *train, covariance c)
{
    for (size_t n = 0; n < train->count; n++)
        for (size_t i = 0; i < CODER_PIXELS; i++)
            pca->mean[i] += (double)train->x[n * CODER_PIXELS + i] / (double)train->count;
    for (size_t n = 0; n < train->count; n++)
        for (size_t i = 0; i < CODER_PIXELS; i++)
            for (size_t j = 0; j < CODER_PIXELS; j++)
                c[i][j] += ((double)train->x[n * CODER_PIXELS + i] - pca->mean[i]) *
                           ((double)train->x[n * CODER_PIXELS + j] - pca->mean[j]);
}

static double product(const double *a, const double *b)
{
    double sum = 0;
    for (size_t i = 0; i < CODER_PIXELS; i++)
        sum += a[i] * b[i];
    return sum;
}

/* Each axis less what those before it have of it, and of length 1. */
static void orthonormalize(struct components *pca)
{
    for (size_t k = 0; k < pca->code; k++) {
        for (size_t m = 0; m < k; m++) {
            const double along = product(pca->axis[k], pca->axis[m]);
            for (size_t i = 0; i < CODER_PIXELS; i++)
                pca->axis[k][i] -= along * pca->axis[m][i];
        }
        const double norm = sqrt(product(pca->axis[k], pca->axis[k]));
        for (size_t i = 0; i < CODER_PIXELS; i++)
            pca->axis[k][i] /= norm;
    }
}

struct components *components_of(struct replica *r, const struct samples *train, size_t code)
{
    struct components *pca = lab_take(r, 1, sizeof *pca);
    double(*c)[CODER_PIXELS] = lab_take(r, CODER_PIXELS, sizeof *c);
    float *start = lab_floats(r, code * CODER_PIXELS);
    if (code > CODER_MOST)
        replica_fail(r, "%zu components are more than %d", code, CODER_MOST);
    pca->code = code;
    measure(pca, train, c);
    lab_normal(r, STREAM, start, code * CODER_PIXELS);
    for (size_t k = 0; k < code; k++)
        for (size_t i = 0; i < CODER_PIXELS; i++)
            pca->axis[k][i] = (double)start[k * CODER_PIXELS + i];
    for (size_t s = 0; s < ITERATIONS; s++) {
        for (size_t k = 0; k < code; k++) {
            double turned[CODER_PIXELS];
            for (size_t i = 0; i < CODER_PIXELS; i++)
                turned[i] = product(c[i], pca->axis[k]);
            memcpy(pca->axis[k], turned, sizeof turned);
        }
        orthonormalize(pca);
    }
    return pca;
}

float *components_codes(struct replica *r, const struct components *pca,
                        const struct samples *samples)
{
    float *codes = lab_floats(r, samples->count * pca->code);
    for (size_t n = 0; n < samples->count; n++)
        for (size_t k = 0; k < pca->code; k++) {
            double sum = 0;
            for (size_t i = 0; i < CODER_PIXELS; i++)
                sum += pca->axis[k][i] * ((double)samples->x[n * CODER_PIXELS + i] - pca->mean[i]);
            codes[n * pca->code + k] = (float)sum;
        }
    return codes;
}

float *components_rebuilt(struct replica *r, const struct components *pca,
                          const struct samples *samples)
{
    const float *codes = components_codes(r, pca, samples);
    float *rebuilt = lab_floats(r, samples->count * CODER_PIXELS);
    for (size_t n = 0; n < samples->count; n++)
        for (size_t i = 0; i < CODER_PIXELS; i++) {
            double sum = pca->mean[i];
            for (size_t k = 0; k < pca->code; k++)
                sum += (double)codes[n * pca->code + k] * pca->axis[k][i];
            rebuilt[n * CODER_PIXELS + i] = (float)sum;
        }
    return rebuilt;
}
