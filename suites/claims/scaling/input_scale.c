// SPDX-License-Identifier: MIT
#include "../lab/fit.h"

enum { TRAIN = 500, VALIDATION = 400, BATCH = 32, EPOCHS = 10, RATES = 13, SETTINGS = 6 };

static const double rates[RATES] = {1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 0.01,
                                    0.03, 0.1,  0.3,  1,    3,    10};
static const struct {
    float scale, shift;
} settings[SETTINGS] = {{1, 0}, {0.01f, 0}, {0.1f, 0}, {10, 0}, {100, 0}, {1, 10}};

static struct samples change(struct replica *r, const struct samples *standardized, size_t setting)
{
    struct samples changed = samples_copy(r, standardized);
    for (size_t i = 0; i < changed.count * changed.features; i++)
        changed.x[i] = settings[setting].scale * changed.x[i] + settings[setting].shift;
    return changed;
}

/* Test accuracy in points at the rate with the best validation accuracy. */
static double learns(struct replica *r, const struct samples *all, bool is_tanh)
{
    const struct split split = samples_split(all, TRAIN, VALIDATION);
    const struct fit_plan how = {.batch = BATCH, .epochs = EPOCHS};
    struct network_plan plan = network_plan(all->features, 3, 32, all->classes);
    plan.activation = is_tanh ? ACTIVATION_TANH : ACTIVATION_RELU;
    plan.start = is_tanh ? START_GLOROT_NORMAL : START_HE_NORMAL;
    struct network *net = network_create(r, &plan, 512);
    fit_tune(net, &split.train, &split.validation, &how, rates, RATES, NULL);
    const double accuracy = 100 * network_accuracy(net, &split.test);
    network_free(net);
    return accuracy;
}

void input_scale(struct replica *r)
{
    struct samples digits = samples_digits(r);
    struct split split = samples_split(&digits, TRAIN, VALIDATION);
    samples_standardize(&split.train, /* the others share the memory of digits */
                        (struct samples *const[]){&split.validation, &split.test, NULL});
    double found[SETTINGS];
    for (size_t s = 0; s < SETTINGS; s++) {
        const struct samples changed = change(r, &digits, s);
        found[s] = learns(r, &changed, true);
        replica_point(r, 0, s, found[s]);
        replica_point(r, 1, s, learns(r, &changed, false));
        if (s > 0)
            replica_effect(r, s - 1, found[0] - found[s]);
    }
}
