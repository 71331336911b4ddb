// SPDX-License-Identifier: MIT
#include "workers.h"

#include "../../../engine/optimizers/optimizer.h"

#include <string.h>

enum { TRAIN = 1024, WORKERS = 8, EPOCHS = 8, POINTS = 4, PARTS = 2 };

static const double rate = 0.1;

/* Test accuracy after training with batches of WORKERS times `each`, of which each worker
 * normalizes its own part, or all parts together. */
static double accuracy(struct replica *r, struct network *net, const struct samples *train,
                       const struct samples *test, size_t each, bool is_local)
{
    const size_t P = network_parameters(net), batch = WORKERS * each, steps = TRAIN / batch;
    struct workers workers = workers_create(r, net, train, 1, SHARDS_MIXED);
    float *gradient = lab_floats(r, P);
    uint32_t *row = lab_take(r, batch, sizeof *row);
    const size_t parts = is_local ? WORKERS : 1, rows = batch / parts;
    network_start(net);
    for (size_t s = 0; s < EPOCHS * steps; s++) {
        workers_batch(&workers, 0, s, batch, row);
        memset(gradient, 0, P * sizeof *gradient);
        for (size_t k = 0; k < parts; k++)
            workers_add_gradient(&workers, row + k * rows, rows, 1 / (double)parts, s, gradient);
        gradient_descent_step(P, network_parameter(net), gradient, (float)rate, 0);
    }
    return network_accuracy(net, test);
}

void local_statistics(struct replica *r)
{
    const struct samples all = samples_digits(r);
    const struct samples train = samples_part(&all, 0, TRAIN);
    const struct samples test = samples_part(&all, TRAIN, all.count - TRAIN);
    struct network_plan plan = network_plan(all.features, 3, 32, all.classes);
    plan.normalization = NORMALIZATION_BEFORE;
    struct network *net = network_create(r, &plan, 256);
    for (size_t i = 0; i < POINTS; i++) {
        const size_t each = (size_t)r->claim->curve.at[i];
        const double together = accuracy(r, net, &train, &test, each, false);
        const double local = accuracy(r, net, &train, &test, each, true);
        replica_point(r, 0, i, together);
        replica_point(r, 1, i, local);
        if (i < PARTS)
            replica_effect(r, i, together - local);
    }
    network_free(net);
}
