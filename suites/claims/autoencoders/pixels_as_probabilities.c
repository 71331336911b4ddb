// SPDX-License-Identifier: MIT
#include "coder.h"

#include <math.h>

enum { SIZES = 2, LOSSES = 2, STEPS = 1500, SIDE = 8 };

static const double tolerance = 1.05;

/* The mean difference between horizontal neighbours, over that of the originals: 1 is as sharp. */
static double sharpness(const struct samples *samples, const float *rebuilt)
{
    double edges = 0, true_edges = 0;
    for (size_t i = 0; i < samples->count * CODER_PIXELS; i++) {
        if (i % SIDE == 0)
            continue;
        edges += fabs((double)rebuilt[i] - (double)rebuilt[i - 1]);
        true_edges += fabs((double)samples->x[i] - (double)samples->x[i - 1]);
    }
    return edges / true_edges;
}

void pixels_as_probabilities(struct replica *r)
{
    static const size_t codes[SIZES] = {2, 16};
    static const enum network_loss losses[LOSSES] = {LOSS_BINARY_CROSS_ENTROPY, LOSS_SQUARED_ERROR};
    const struct coder_data data = coder_data(r);
    const struct samples *test = &data.split.test;
    for (size_t i = 0; i < SIZES; i++) {
        double error[LOSSES];
        for (size_t k = 0; k < LOSSES; k++) {
            const struct network_plan plan = coder_plan(codes[i], ACTIVATION_RELU, losses[k]);
            struct network *net = coder_trained(r, &data, &plan, STEPS);
            const float *rebuilt = coder_rebuilt(net, test);
            error[k] = coder_error(test, rebuilt);
            replica_point(r, k, 2 * i, error[k]);
            replica_point(r, k, 2 * i + 1, sharpness(test, rebuilt));
            network_free(net);
        }
        replica_effect(r, i, error[0] <= tolerance * error[1]);
    }
}
