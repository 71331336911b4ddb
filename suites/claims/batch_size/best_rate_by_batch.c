// SPDX-License-Identifier: MIT
#include "batches.h"

enum { TRAIN = 512, VALIDATION = 400, EPOCHS = 10, STEPS = 150, SIZES = 4, RATES = 10 };

static const size_t sizes[SIZES] = {4, 16, 64, 256};
static const double rates[RATES] = {0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12};

/* Slope of y against x by least squares. */
static double slope(const double *x, const double *y, size_t count)
{
    double mean_x = 0, mean_y = 0, product = 0, square = 0;
    for (size_t i = 0; i < count; i++) {
        mean_x += x[i] / (double)count;
        mean_y += y[i] / (double)count;
    }
    for (size_t i = 0; i < count; i++) {
        product += (x[i] - mean_x) * (y[i] - mean_y);
        square += (x[i] - mean_x) * (x[i] - mean_x);
    }
    return product / square;
}

/* Decades by which the best rate falls with each decade of the batch. */
static double falls(struct replica *r, const struct split *split, size_t part, size_t epochs,
                    size_t steps)
{
    struct network *net = batch_network(r);
    double size[SIZES], rate[SIZES];
    for (size_t i = 0; i < SIZES; i++) {
        const struct fit_plan plan = {
            .batch = sizes[i], .epochs = epochs, .steps = steps, .tune_by_loss = true};
        const size_t best =
            fit_tune(net, &split->train, &split->validation, &plan, rates, RATES, NULL);
        size[i] = lab_log10(r, (double)sizes[i]);
        rate[i] = lab_log10(r, rates[best]);
        replica_point(r, part, i, rates[best]);
    }
    network_free(net);
    return -slope(size, rate, SIZES);
}

void best_rate_by_batch(struct replica *r)
{
    const struct samples digits = samples_digits(r);
    const struct split split = samples_split(&digits, TRAIN, VALIDATION);
    replica_effect(r, 0, falls(r, &split, 0, EPOCHS, 0));
    replica_effect(r, 1, falls(r, &split, 1, STEPS, STEPS));
}
