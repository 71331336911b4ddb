// SPDX-License-Identifier: MIT
#include "../lab/network.h"

enum { SIZES = 10, SMALL = 3, LARGE = 8, MACHINES = 2, PARALLEL = 1 };
enum { NETWORK = 1 /* stream */ };

static const size_t sizes[SIZES] = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512};
static const size_t lanes[MACHINES] = {1, 64}; /* samples that a machine does at once */

/* One to three hidden layers of 16 to 256 units for 64 inputs and 10 outputs. */
static struct network_plan any_network(const struct replica *r)
{
    const size_t depth = 2 + lab_below(r, NETWORK, 0, 3);
    return network_plan(64, depth, 16 + lab_below(r, NETWORK, 1, 241), 10);
}

/* Products one after another in an epoch over N samples: for each group of a batch that is done at
 * once, one of each weight forward, one for its gradient and, after the first layer, one for the
 * gradient of the layer's input; for each batch one of each parameter with the rate. */
static double products(const struct network_plan *plan, size_t N, size_t batch, size_t at_once)
{
    size_t weights = 0, parameters = 0, sum = 0, inputs = plan->inputs;
    for (size_t l = 0; l < plan->layers; l++) {
        const size_t here = inputs * plan->units[l];
        weights += (l == 0 ? 2 : 3) * here;
        parameters += here + plan->units[l];
        inputs = plan->units[l];
    }
    for (size_t first = 0; first < N; first += batch) {
        const size_t count = N - first < batch ? N - first : batch;
        sum += (count + at_once - 1) / at_once * weights + parameters;
    }
    return (double)sum;
}

void work_per_epoch(struct replica *r)
{
    const struct network_plan plan = any_network(r);
    const size_t N = 500 + lab_below(r, NETWORK, 2, 4501);
    for (size_t m = 0; m < MACHINES; m++) {
        double work[SIZES];
        for (size_t i = 0; i < SIZES; i++) {
            work[i] = products(&plan, N, sizes[i], lanes[m]);
            replica_point(r, m, i, work[i] / work[0]);
        }
        if (m == PARALLEL)
            replica_effect(r, 0, 1 - work[LARGE] / work[SMALL]);
    }
}
