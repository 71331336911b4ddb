// SPDX-License-Identifier: MIT
#include "../lab/fit.h"
#include "../lab/split.h"

enum { BATCH = 32, STEPS = 400, RATES = 5, PLANS = 5, SETS = 2, WAYS = 2 };

static const double rates[RATES] = {0.0001, 0.0003, 0.001, 0.003, 0.01};

/* Layers with weights and hidden units: the large one, two with fewer layers, two with fewer
 * units. */
static const size_t depths[PLANS] = {4, 3, 2, 4, 4}, widths[PLANS] = {128, 128, 128, 32, 8};

struct outcome {
    double validation, gap, test; /* accuracies */
};

static struct outcome fit_with(struct replica *r, const struct split *split, size_t i)
{
    const struct network_plan plan =
        network_plan(split->train.features, depths[i], widths[i], split->train.classes);
    const struct fit_plan how = {
        .optimizer = FIT_ADAM, .batch = BATCH, .epochs = STEPS, .steps = STEPS};
    struct network *net = network_create(r, &plan, 256);
    double score[RATES];
    const size_t best = fit_tune(net, &split->train, &split->validation, &how, rates, RATES, score);
    const struct outcome outcome = {.validation = score[best],
                                    .gap = split_gap(net, split),
                                    .test = network_accuracy(net, &split->test)};
    network_free(net);
    return outcome;
}

void simpler_networks(struct replica *r)
{
    const struct split sets[SETS] = {split_digits(r, 200, 0.2), split_moons(r, 100, 0.3, 0.2)};
    for (size_t set = 0; set < SETS; set++) {
        struct outcome found[PLANS];
        for (size_t i = 0; i < PLANS; i++) {
            found[i] = fit_with(r, &sets[set], i);
            replica_point(r, 2 * set, i, found[i].gap);
            replica_point(r, 2 * set + 1, i, found[i].test);
        }
        for (size_t way = 0; way < WAYS; way++) {
            const struct outcome *one = &found[1 + 2 * way], *two = one + 1;
            const struct outcome *chosen = two->validation > one->validation ? two : one;
            const size_t part = 4 * set + 2 * way;
            replica_effect(r, part, found[0].gap - chosen->gap);
            replica_effect(r, part + 1, chosen->test - found[0].test);
        }
    }
}
