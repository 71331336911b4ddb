// SPDX-License-Identifier: MIT
#include "../lab/fit.h"
#include "../lab/split.h"

#include <math.h>

enum { WIDTH = 32, TRAIN = 800, BATCH = 32, EPOCHS = 5, DEPTHS = 2, RATES = 14 };

static const double share_of_best = 0.9;

struct limits {
    double converges, learns; /* largest rates */
};

static struct limits find(struct replica *r, const struct split *split, size_t layers,
                          bool is_normalized, size_t arm)
{
    const struct samples *train = &split->train;
    const double *rate = r->claim->curve.at;
    struct network_plan plan = network_plan(train->features, layers, WIDTH, train->classes);
    plan.normalization = is_normalized ? NORMALIZATION_BEFORE : NORMALIZATION_NONE;
    struct network *net = network_create(r, &plan, 256);
    struct limits limits = {rate[0] / 2, rate[0] / 2};
    double accuracy[RATES], best = 0;
    for (size_t i = 0; i < RATES; i++) {
        const struct fit_plan how = {.rate = rate[i], .batch = BATCH, .epochs = EPOCHS};
        network_start(net);
        const struct fit fit = fit_network(net, train, &how);
        if (!fit.has_diverged && fit.epoch_loss < fit.first_loss)
            limits.converges = rate[i];
        accuracy[i] = fit.has_diverged ? 0.1 : network_accuracy(net, &split->test);
        best = fmax(best, accuracy[i]);
        replica_point(r, arm, i, accuracy[i]);
    }
    for (size_t i = 0; i < RATES; i++)
        if (accuracy[i] >= share_of_best * best)
            limits.learns = rate[i];
    network_free(net);
    return limits;
}

void normalized_rates(struct replica *r)
{
    static const size_t layers[DEPTHS] = {3, 8};
    const struct split split = split_digits(r, TRAIN, 0);
    for (size_t d = 0; d < DEPTHS; d++) {
        const struct limits without = find(r, &split, layers[d], false, 2 * d);
        const struct limits with = find(r, &split, layers[d], true, 2 * d + 1);
        replica_effect(r, 2 * d, lab_log10(r, with.converges / without.converges));
        replica_effect(r, 2 * d + 1, lab_log10(r, with.learns / without.learns));
    }
}
