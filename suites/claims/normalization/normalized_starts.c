// SPDX-License-Identifier: MIT
#include "../lab/fit.h"
#include "../lab/split.h"

#include <math.h>

enum { WIDTH = 32, LAYERS = 4, TRAIN = 800, BATCH = 32, EPOCHS = 4, SCALES = 7, RATES = 3 };
enum { USUAL = 4 }; /* the place of scale 1 */

static const double rates[RATES] = {0.01, 0.03, 0.1};

struct outcome {
    double validation[SCALES][RATES], test[SCALES][RATES]; /* accuracies */
};

static void run(struct replica *r, const struct split *split, bool is_normalized,
                struct outcome *outcome)
{
    const struct samples *train = &split->train;
    for (size_t s = 0; s < SCALES; s++) {
        struct network_plan plan = network_plan(train->features, LAYERS, WIDTH, train->classes);
        plan.normalization = is_normalized ? NORMALIZATION_BEFORE : NORMALIZATION_NONE;
        plan.scale = r->claim->curve.at[s];
        struct network *net = network_create(r, &plan, 256);
        for (size_t i = 0; i < RATES; i++) {
            const struct fit_plan how = {.optimizer = FIT_MOMENTUM,
                                         .rate = rates[i],
                                         .batch = BATCH,
                                         .epochs = EPOCHS,
                                         .keep_going = true};
            network_start(net);
            fit_network(net, train, &how);
            outcome->validation[s][i] = network_accuracy(net, &split->validation);
            outcome->test[s][i] = network_accuracy(net, &split->test);
        }
        network_free(net);
    }
}

static size_t best_of(const double score[RATES])
{
    size_t best = 0;
    for (size_t i = 1; i < RATES; i++)
        best = score[i] > score[best] ? i : best;
    return best;
}

/* The standard deviation of test accuracy over scales: the rate that is best at the usual one for
 * all, or each its own. */
static double spread(struct replica *r, const struct outcome *outcome, bool has_own, size_t arm)
{
    float test[SCALES];
    for (size_t s = 0; s < SCALES; s++) {
        const size_t i = best_of(outcome->validation[has_own ? s : USUAL]);
        test[s] = (float)outcome->test[s][i];
        replica_point(r, arm, s, (double)test[s]);
    }
    return sqrt(lab_variance(test, SCALES));
}

void normalized_starts(struct replica *r)
{
    const struct split split = split_digits(r, TRAIN, 0);
    struct outcome without, with;
    run(r, &split, false, &without);
    run(r, &split, true, &with);
    for (size_t own = 0; own < 2; own++) {
        const double plain = spread(r, &without, own == 1, 2 * own);
        const double normalized = spread(r, &with, own == 1, 2 * own + 1);
        replica_effect(r, own, plain > 0 ? 1 - normalized / plain : 0);
    }
}
