// SPDX-License-Identifier: MIT
#include "batches.h"

#include <math.h>
#include <string.h>

enum { SAMPLES = 640, SIZES = 5, STEPS = 20 };

static const size_t sizes[SIZES] = {1, 8, 64, 320, SAMPLES}; /* samples at a time */
static const double rate = 0.5, tolerance = 1e-4;

/* One update by the gradient of all samples, of which `size` at a time are with the network. */
static void update(struct network *net, const struct samples *train, size_t size, float *sum)
{
    const size_t P = network_parameters(net);
    float *w = network_parameter(net);
    memset(sum, 0, P * sizeof *sum);
    for (size_t first = 0; first < train->count; first += size) {
        const struct samples part = samples_part(train, first, size);
        network_gradient(net, &part, NULL, size, 0);
        for (size_t p = 0; p < P; p++)
            sum[p] += (float)size * net->gradient[p]; /* a mean */
    }
    for (size_t p = 0; p < P; p++)
        w[p] -= (float)rate * sum[p] / (float)train->count;
}

/* Weights after STEPS updates, with `size` samples at a time. */
static float *learns(struct replica *r, const struct samples *train, size_t size)
{
    struct network_plan plan = network_plan(64, 2, BATCH_HIDDEN, 10);
    plan.activation = ACTIVATION_TANH;
    struct network *net = network_create(r, &plan, size); /* has room for no more */
    const size_t P = network_parameters(net);
    float *w = lab_floats(r, P), *sum = lab_floats(r, P);
    for (size_t step = 0; step < STEPS; step++)
        update(net, train, size, sum);
    memcpy(w, network_parameter(net), P * sizeof *w);
    network_free(net);
    return w;
}

void whole_set_in_memory(struct replica *r)
{
    const size_t P = 64 * BATCH_HIDDEN + BATCH_HIDDEN + BATCH_HIDDEN * 10 + 10;
    const struct samples digits = samples_digits(r);
    const struct samples train = samples_part(&digits, 0, SAMPLES);
    const float *whole = learns(r, &train, SAMPLES);
    float *difference = lab_floats(r, P);
    size_t fewest = SAMPLES;
    for (size_t i = 0; i + 1 < SIZES; i++) {
        const float *w = learns(r, &train, sizes[i]);
        for (size_t p = 0; p < P; p++)
            difference[p] = w[p] - whole[p];
        const double relative = lab_norm(difference, P) / lab_norm(whole, P);
        if (relative <= tolerance && sizes[i] < fewest)
            fewest = sizes[i];
        replica_point(r, 0, i, relative);
    }
    replica_effect(r, 0, lab_log10(r, (double)fewest / SAMPLES));
}
