// SPDX-License-Identifier: MIT
/* Serves two claims: model averaging against the average of gradients, and shards that are mixed
 * against shards that are sorted by class. */
#include "workers.h"

#include <string.h>

enum { TRAIN = 1200, WORKERS = 4, BATCH = 16, STEPS = 750, POINTS = 6, CHOSEN = 3 };

static const size_t intervals[POINTS] = {1, 2, 5, 10, 30, 150};
static const double rate = 0.05;

static double accuracy(struct replica *r, struct network *net, const struct samples *train,
                       const struct samples *test, enum shards shards, size_t every)
{
    struct workers workers = workers_create(r, net, train, WORKERS, shards);
    network_start(net);
    workers_average(&workers, STEPS, every, BATCH, rate);
    return network_accuracy(net, test);
}

void model_averaging(struct replica *r)
{
    const struct samples all = samples_digits(r);
    const struct samples train = samples_part(&all, 0, TRAIN);
    const struct samples test = samples_part(&all, TRAIN, all.count - TRAIN);
    const struct network_plan plan = network_plan(all.features, 2, 32, all.classes);
    struct network *net = network_create(r, &plan, BATCH);
    double share[2][POINTS];
    for (size_t i = 0; i < POINTS; i++)
        for (size_t k = 0; k < 2; k++) {
            share[k][i] = accuracy(r, net, &train, &test, k == 0 ? SHARDS_MIXED : SHARDS_SORTED,
                                   intervals[i]);
            replica_point(r, k, i, share[k][i]);
        }
    const bool is_about_shards = strcmp(r->claim->id, "O-13") == 0;
    replica_effect(r, 0, share[0][CHOSEN] - (is_about_shards ? share[1][CHOSEN] : share[0][0]));
    network_free(net);
}
