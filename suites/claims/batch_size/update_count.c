// SPDX-License-Identifier: MIT
#include "batches.h"

enum { MOST = 800, NUMBERS = 1 };

/* Updates of one epoch, counted. */
static double updates(struct network *net, const struct samples *train, size_t batch)
{
    const struct fit_plan plan = {.rate = 0.01, .batch = batch, .epochs = 1};
    return (double)fit_network(net, train, &plan).step;
}

void update_count(struct replica *r)
{
    static const size_t sizes[] = {1, 4, 16, 64, 256};
    const struct samples digits = samples_digits(r);
    const size_t count = 200 + lab_below(r, NUMBERS, 0, MOST - 200);
    const size_t small = 1 + lab_below(r, NUMBERS, 1, 50);
    const size_t large = 2 * small + lab_below(r, NUMBERS, 2, count - 2 * small + 1);
    const struct samples train = samples_part(&digits, 0, count);
    struct network *net = batch_network(r);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        replica_point(r, 0, i, updates(net, &train, sizes[i]));
    replica_effect(r, 0, updates(net, &train, large) / updates(net, &train, small) - 1);
    network_free(net);
}
