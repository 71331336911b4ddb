// SPDX-License-Identifier: MIT
#include "batches.h"

const double batch_rates[BATCH_RATES] = {0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3};

struct network *batch_network(struct replica *r)
{
    const struct network_plan plan = network_plan(64, 2, BATCH_HIDDEN, 10);
    return network_create(r, &plan, BATCH_ROWS);
}

struct batch_result batch_learns(struct replica *r, const struct split *split, size_t batch,
                                 size_t epochs, size_t steps)
{
    const struct fit_plan plan = {.batch = batch, .epochs = epochs, .steps = steps};
    struct network *net = batch_network(r);
    const size_t best =
        fit_tune(net, &split->train, &split->validation, &plan, batch_rates, BATCH_RATES, NULL);
    const struct batch_result result = {.rate = batch_rates[best],
                                        .train = network_accuracy(net, &split->train),
                                        .test = network_accuracy(net, &split->test)};
    network_free(net);
    return result;
}
