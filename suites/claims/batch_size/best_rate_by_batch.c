// SPDX-License-Identifier: MIT
#include "batches.h"

enum { TRAIN = 512, VALIDATION = 400, EPOCHS = 10, STEPS = 150, SIZES = 5, RATES = 12 };
enum { MEDIUM = 2, LARGEST = SIZES - 1 };

static const size_t sizes[SIZES] = {4, 16, 64, 256, TRAIN};
static const double rates[RATES] = {0.01, 0.02, 0.04, 0.08, 0.16,  0.32,
                                    0.64, 1.28, 2.56, 5.12, 10.24, 20.48};

/* Decades by which the best rate falls with each decade of the batch, from the medium size on. */
static double falls(struct replica *r, const struct split *split, size_t part, size_t epochs,
                    size_t steps)
{
    struct network *net = batch_network(r);
    double rate[SIZES];
    for (size_t i = 0; i < SIZES; i++) {
        const struct fit_plan plan = {
            .batch = sizes[i], .epochs = epochs, .steps = steps, .tune_by_loss = true};
        const size_t best =
            fit_tune(net, &split->train, &split->validation, &plan, rates, RATES, NULL);
        rate[i] = rates[best];
        replica_point(r, part, i, rates[best]);
    }
    network_free(net);
    const double decades = lab_log10(r, (double)sizes[LARGEST] / (double)sizes[MEDIUM]);
    return lab_log10(r, rate[MEDIUM] / rate[LARGEST]) / decades;
}

void best_rate_by_batch(struct replica *r)
{
    const struct samples digits = samples_digits(r);
    const struct split split = samples_split(&digits, TRAIN, VALIDATION);
    replica_effect(r, 0, falls(r, &split, 0, EPOCHS, 0));
    replica_effect(r, 1, falls(r, &split, 1, STEPS, STEPS));
}
