// SPDX-License-Identifier: MIT
#include "../lab/fit.h"

enum { TRAIN = 300, TEST = 600, EPOCHS = 5, CONFIGURATIONS = 80, BINS = 4 };
enum { DRAWS = 1 }; /* stream */

enum { RATE, MOMENTUM, BATCH, WIDTH, DEPTH, DECAY, DROPOUT, SCALE, HYPERPARAMETERS };

/* low (high / low)^u */
static double between(const struct replica *r, double low, double high, double u)
{
    return low * lab_exp(r, u * lab_log(r, high / low));
}

/* Test accuracy of the configuration that the numbers u in [0, 1) stand for. */
static double learns(struct replica *r, const struct split *split, enum fit_optimizer optimizer,
                     const double *u)
{
    const size_t width = (size_t)between(r, 8, 128, u[WIDTH]);
    const size_t hidden = 1 + (size_t)(4 * u[DEPTH]);
    struct network_plan plan = network_plan(64, hidden + 1, width, 10);
    plan.scale = between(r, 1.0 / 3, 3, u[SCALE]);
    plan.dropout = 0.6 * u[DROPOUT];
    const struct fit_plan how = {.optimizer = optimizer,
                                 .rate = between(r, 1e-4, 1, u[RATE]),
                                 .momentum = 1e-6 + 0.95 * u[MOMENTUM],
                                 .decay = between(r, 1e-6, 1e-2, u[DECAY]),
                                 .batch = (size_t)between(r, 4, 128, u[BATCH]),
                                 .epochs = EPOCHS};
    struct network *net = network_create(r, &plan, 128);
    fit_network(net, &split->train, &how);
    const double accuracy = network_accuracy(net, &split->test);
    network_free(net);
    return accuracy;
}

/* The share of the variance of y that the bin of u explains, corrected for chance (epsilon
 * squared, Kelley 1935): (between - (bins - 1) within / (count - bins)) / total sum of squares. */
static double explained(const double (*u)[HYPERPARAMETERS], size_t h, const double *y)
{
    double sum[BINS] = {0}, all = 0, total = 0, apart = 0;
    size_t count[BINS] = {0}, used = 0;
    for (size_t c = 0; c < CONFIGURATIONS; c++) {
        const size_t bin = (size_t)(BINS * u[c][h]);
        sum[bin] += y[c];
        count[bin]++;
        all += y[c];
    }
    const double mean = all / CONFIGURATIONS;
    for (size_t c = 0; c < CONFIGURATIONS; c++)
        total += (y[c] - mean) * (y[c] - mean);
    for (size_t bin = 0; bin < BINS; bin++) {
        const double n = (double)count[bin], d = count[bin] > 0 ? sum[bin] / n - mean : 0;
        apart += n * d * d;
        used += count[bin] > 0;
    }
    const double within = (total - apart) / (double)(CONFIGURATIONS - used);
    return (apart - (double)(used - 1) * within) / total;
}

static void compare(struct replica *r, const struct split *split, enum fit_optimizer optimizer,
                    size_t part)
{
    double(*u)[HYPERPARAMETERS] = lab_take(r, CONFIGURATIONS, sizeof *u);
    double y[CONFIGURATIONS], share[HYPERPARAMETERS], next = -1;
    for (size_t c = 0; c < CONFIGURATIONS; c++) {
        for (size_t h = 0; h < HYPERPARAMETERS; h++)
            u[c][h] = lab_uniform(r, DRAWS, c * HYPERPARAMETERS + h);
        y[c] = learns(r, split, optimizer, u[c]);
    }
    for (size_t h = 0; h < HYPERPARAMETERS; h++) {
        share[h] = explained((const double(*)[HYPERPARAMETERS])u, h, y);
        replica_point(r, part, h, 100 * share[h]);
        next = h != RATE && share[h] > next ? share[h] : next;
    }
    replica_effect(r, part, 100 * (share[RATE] - next));
}

void rate_importance(struct replica *r)
{
    const struct samples digits = samples_digits(r);
    struct split split = samples_split(&digits, TRAIN, 0);
    split.test = samples_part(&split.test, 0, TEST);
    compare(r, &split, FIT_MOMENTUM, 0);
    compare(r, &split, FIT_ADAM, 1);
}
