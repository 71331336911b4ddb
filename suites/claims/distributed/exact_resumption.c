// SPDX-License-Identifier: MIT
#include "workers.h"

#include "../../../engine/optimizers/optimizer.h"

#include <string.h>

enum { TRAIN = 1200, BATCH = 32, STEPS = 200, STOPPED = 90 };

/* Steps first .. end - 1 of gradient descent with momentum. */
static void steps(struct workers *workers, float *velocity, size_t first, size_t end)
{
    static const struct momentum_settings settings = {.mu = 0.9f};
    const size_t P = network_parameters(workers->net);
    uint32_t row[BATCH];
    for (size_t s = first; s < end; s++) {
        workers_batch(workers, 0, s, BATCH, row);
        network_gradient(workers->net, workers->samples, row, BATCH, s);
        momentum_step(P, network_parameter(workers->net), velocity, workers->net->gradient, 0.05f,
                      &settings, false);
    }
}

void exact_resumption(struct replica *r)
{
    const struct samples all = samples_digits(r);
    const struct samples train = samples_part(&all, 0, TRAIN);
    struct network_plan plan = network_plan(all.features, 2, 32, all.classes);
    plan.dropout = 0.2; /* whose masks must go on too */
    struct network *net = network_create(r, &plan, BATCH);
    struct workers workers = workers_create(r, net, &train, 1, SHARDS_MIXED);
    const size_t P = network_parameters(net);
    float *w = network_parameter(net), *velocity = lab_floats(r, P), *whole = lab_floats(r, P);
    float *kept = lab_floats(r, P), *kept_velocity = lab_floats(r, P);
    steps(&workers, velocity, 0, STOPPED);
    memcpy(kept, w, P * sizeof *w);
    memcpy(kept_velocity, velocity, P * sizeof *w);
    steps(&workers, velocity, STOPPED, STEPS);
    memcpy(whole, w, P * sizeof *w);
    memcpy(w, kept, P * sizeof *w);
    steps(&workers, kept_velocity, STOPPED, STEPS);
    const bool is_same = memcmp(w, whole, P * sizeof *w) == 0;
    /* Without the optimizer's state the same checkpoint leads elsewhere. */
    memcpy(w, kept, P * sizeof *w);
    memset(velocity, 0, P * sizeof *w);
    steps(&workers, velocity, STOPPED, STEPS);
    const bool is_other = memcmp(w, whole, P * sizeof *w) != 0;
    replica_effect(r, 0, is_same && is_other);
    network_free(net);
}
