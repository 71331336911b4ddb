// SPDX-License-Identifier: MIT
/* Serves two claims: model averaging against the average of gradients, and shards that are mixed
 * against shards that are sorted by class. */
#include "workers.h"

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
    const bool is_about_shards = r->claim->part[0] == NULL;
    if (is_about_shards)
        replica_effect(r, 0, share[0][CHOSEN] - share[1][CHOSEN]);
    for (size_t k = 0; k < 2 && !is_about_shards; k++)
        replica_effect(r, k, share[k][CHOSEN] - share[k][0]);
    network_free(net);
}
