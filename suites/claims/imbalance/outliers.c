// SPDX-License-Identifier: MIT
#include "../lab/ask.h"
#include "../lab/fit.h"

#include <math.h>

enum {
    TRAIN = 200,
    VALIDATION = 100,
    TEST = 500,
    HIDDEN = 32,
    BATCH = 32,
    EPOCHS = 60,
    RATES = 3,
    LOSSES = 3,
    POINTS = 6,
    JUDGED = 3,
    PLACES = 30,
    NOISE = 31,
    OUTLIERS = 32,
};

static const double rate[RATES] = {0.003, 0.01, 0.03};
static const double noise = 0.3, outlier = 5;

/* The losses, in the order of the arms; NULL: the network's own squared error. */
static const char *const loss[LOSSES] = {NULL, "huber", "mean_absolute_error"};

struct curve_data {
    struct samples train, validation, test; /* test: the curve itself */
};

/* A wave with noise; `share` of what is learned from and tuned on is 5 too high. */
static struct curve_data wave(struct replica *r, double share)
{
    const size_t all = TRAIN + VALIDATION + TEST;
    struct samples samples = samples_new(r, all, 1, 0, 1);
    float *normal = lab_floats(r, all);
    lab_normal(r, NOISE, normal, all);
    for (size_t n = 0; n < all; n++) {
        const double x = 6 * lab_uniform(r, PLACES, n) - 3;
        samples.x[n] = (float)x;
        samples.target[n] = (float)lab_sin(r, 2 * x);
        if (n < TRAIN + VALIDATION)
            samples.target[n] += (float)noise * normal[n];
        if (n < TRAIN + VALIDATION && lab_uniform(r, OUTLIERS, n) < share)
            samples.target[n] += (float)outlier;
    }
    return (struct curve_data){samples_part(&samples, 0, TRAIN),
                               samples_part(&samples, TRAIN, VALIDATION),
                               samples_part(&samples, TRAIN + VALIDATION, TEST)};
}

/* Aims at the slope of the technique that the context names. */
static void use_loss(struct fit *fit, struct samples *batch)
{
    struct replica *r = fit->net->replica;
    const size_t dim[] = {batch->count, 1};
    const struct arena mark = lab_borrow(r);
    network_forward(fit->net, batch, 0);
    const char *const *name = fit->plan->context;
    struct ask *ask = ask_new(r, *name);
    ask_floats(ask, "y", 2, dim, fit->net->output->value);
    ask_floats(ask, "t", 2, dim, batch->target);
    ask_run(ask);
    fit_aim(batch, fit->net->output->value, ask_output(ask, "dy", batch->count));
    lab_return(r, mark);
}

/* Of the distances from the targets: their mean, and their median. */
static void distances(struct network *net, const struct samples *samples, double *mean,
                      double *median)
{
    struct replica *r = net->replica;
    const size_t dim[] = {samples->count, 1};
    const struct arena mark = lab_borrow(r);
    float *y = lab_floats(r, samples->count);
    network_outputs(net, samples, y);
    struct ask *ask = ask_new(r, "regression_metrics");
    ask_floats(ask, "y", 2, dim, y);
    ask_floats(ask, "t", 2, dim, samples->target);
    ask_run(ask);
    *mean = (double)*ask_output(ask, "mae", 1);
    *median = (double)*ask_output(ask, "median_absolute_error", 1);
    lab_return(r, mark);
}

/* The mean distance from the wave after training by this loss, with the rate whose median distance
 * on validation is smallest. */
static double error_of(struct replica *r, const struct curve_data *data, const char *name)
{
    struct network_plan plan = network_plan(1, 3, HIDDEN, 1);
    plan.activation = ACTIVATION_TANH;
    plan.start = START_GLOROT_NORMAL;
    plan.loss = LOSS_SQUARED_ERROR;
    struct network *net = network_create(r, &plan, 128);
    double best = INFINITY, error = 0;
    for (size_t i = 0; i < RATES; i++) {
        const struct fit_plan how = {.optimizer = FIT_ADAM,
                                     .rate = rate[i],
                                     .batch = BATCH,
                                     .epochs = EPOCHS,
                                     .alter_batch = name != NULL ? use_loss : NULL,
                                     .context = &name};
        double mean, median, unused;
        network_start(net);
        fit_network(net, &data->train, &how);
        distances(net, &data->validation, &unused, &median);
        distances(net, &data->test, &mean, &unused);
        if (median < best) {
            best = median;
            error = mean;
        }
    }
    network_free(net);
    return error;
}

void outliers(struct replica *r)
{
    for (size_t i = 0; i < POINTS; i++) {
        const struct curve_data data = wave(r, r->claim->curve.at[i]);
        double error[LOSSES];
        for (size_t l = 0; l < LOSSES; l++) {
            error[l] = error_of(r, &data, loss[l]);
            replica_point(r, l, i, error[l]);
        }
        if (i == JUDGED) {
            replica_effect(r, 0, 1 - error[2] / error[0]);
            replica_effect(r, 1, 1 - error[1] / error[0]);
            replica_effect(r, 2, 1 - error[2] / error[1]);
        }
    }
}
