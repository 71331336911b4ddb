// SPDX-License-Identifier: MIT
#include "../lab/fit.h"

#include <math.h>

enum { LAYERS = 4, WIDTH = 32, TRAIN = 800, BATCH = 32, EPOCHS = 15 };

static const double rates[] = {1e-7, 1e-6, 1e-5, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1};
static const double target = 0.1;

/* What a run came to: the first epoch whose loss is below the target, and the last one's loss. */
struct outcome {
    double epochs, loss;
};

static bool after_epoch(struct fit *fit)
{
    struct outcome *outcome = fit->plan->context;
    outcome->loss = fit->epoch_loss;
    if (outcome->epochs == 0 && fit->epoch_loss < target)
        outcome->epochs = (double)fit->epoch;
    return false;
}

/* The best rate's: fewest epochs, then the lowest loss. */
static struct outcome learns(struct replica *r, const struct samples *train, double scale)
{
    struct network_plan plan = network_plan(train->features, LAYERS, WIDTH, train->classes);
    struct outcome best = {EPOCHS, INFINITY};
    plan.scale = scale;
    struct network *net = network_create(r, &plan, BATCH);
    for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++) {
        struct outcome outcome = {0, 0};
        const struct fit_plan how = {.optimizer = FIT_MOMENTUM,
                                     .rate = rates[i],
                                     .batch = BATCH,
                                     .epochs = EPOCHS,
                                     .keep_going = true,
                                     .after_epoch = after_epoch,
                                     .context = &outcome};
        network_start(net);
        fit_network(net, train, &how);
        if (outcome.epochs == 0)
            outcome.epochs = EPOCHS;
        if (isfinite(outcome.loss)) {
            best.epochs = fmin(best.epochs, outcome.epochs);
            best.loss = fmin(best.loss, outcome.loss);
        }
    }
    network_free(net);
    return best;
}

void scale_of_weights(struct replica *r)
{
    const struct claim_curve *curve = &r->claim->curve;
    const struct samples digits = samples_digits(r);
    const struct samples train = samples_part(&digits, 0, TRAIN);
    struct outcome usual = {0, 0}, small = {0, 0}, large = {0, 0};
    for (size_t i = 0; i < curve->points; i++) {
        const struct outcome outcome = learns(r, &train, curve->at[i]);
        replica_point(r, 0, i, outcome.epochs);
        replica_point(r, 1, i, outcome.loss);
        if (curve->at[i] == 1)
            usual = outcome;
        if (curve->at[i] == 0.01)
            small = outcome;
        if (curve->at[i] == 10)
            large = outcome;
    }
    replica_effect(r, 0, 1 - usual.epochs / small.epochs);
    replica_effect(r, 1, 1 - usual.loss / small.loss);
    replica_effect(r, 2, 1 - usual.epochs / large.epochs);
    replica_effect(r, 3, 1 - usual.loss / large.loss);
}
