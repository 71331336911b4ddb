// SPDX-License-Identifier: MIT
#include "../lab/fit.h"
#include "../lab/split.h"

enum { LAYERS = 3, UNITS = 64, BATCH = 32, EPOCHS = 100, SIZES = 5, SETS = 3 };

static struct split take(struct replica *r, size_t set, size_t size)
{
    return set == 2 ? split_moons(r, size, 0.3, 0) : split_digits(r, size, set == 0 ? 0 : 0.2);
}

static double gap(struct replica *r, const struct split *split)
{
    const struct network_plan plan =
        network_plan(split->train.features, LAYERS, UNITS, split->train.classes);
    const struct fit_plan how = {
        .optimizer = FIT_ADAM, .rate = 0.003, .batch = BATCH, .epochs = EPOCHS};
    struct network *net = network_create(r, &plan, 256);
    fit_network(net, &split->train, &how);
    const double gap = split_gap(net, split);
    network_free(net);
    return gap;
}

void large_sets(struct replica *r)
{
    for (size_t set = 0; set < SETS; set++) {
        double first = 0, last = 0;
        for (size_t i = 0; i < SIZES; i++) {
            const struct split split = take(r, set, (size_t)claim_place(r->claim, i));
            last = gap(r, &split);
            first = i == 0 ? last : first;
            replica_point(r, set, i, last);
        }
        replica_effect(r, set, last - first);
    }
}
