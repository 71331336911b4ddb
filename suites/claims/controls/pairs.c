// SPDX-License-Identifier: MIT
#include "pairs.h"

enum { TRAIN = 100, TEST = 400, EPOCHS = 20, BATCH = 32, UNITS = 16, STREAMS = 100 };

/* Test accuracy of one arm; `stream` tells starts and orders apart. */
static double accuracy(struct replica *r, const struct samples *train, const struct samples *test,
                       uint64_t stream)
{
    struct network_plan plan = network_plan(2, 2, UNITS, 2);
    plan.stream = stream;
    const struct fit_plan how = {.optimizer = FIT_ADAM,
                                 .rate = 0.01,
                                 .batch = BATCH,
                                 .epochs = EPOCHS,
                                 .order_stream = stream};
    struct network *net = network_create(r, &plan, BATCH);
    fit_network(net, train, &how);
    const double right = network_accuracy(net, test);
    network_free(net);
    return right;
}

enum verdict pairs_verdict(struct replica *r, const struct pairs_plan *plan)
{
    const struct claim alone = {.rule = plan->rule, .size = plan->size, .replicas = plan->pairs};
    double difference[CLAIM_REPLICAS];
    for (uint64_t pair = 0; pair < plan->pairs; pair++) {
        const uint64_t stream = pair * STREAMS;
        const uint64_t second = plan->is_other ? stream + STREAMS / 2 : stream;
        const struct samples all = samples_moons(r, stream, TRAIN + TEST, 0.2);
        const struct samples train = samples_part(&all, 0, TRAIN);
        const struct samples test = samples_part(&all, TRAIN, TEST);
        struct samples changed = samples_copy(r, &train);
        samples_flip_labels(r, stream + 2, &changed, plan->noise);
        difference[pair] = accuracy(r, &train, &test, stream) -
                           accuracy(r, &changed, &test, second) + plan->planted;
    }
    return verdict_of(&alone, difference);
}
