// SPDX-License-Identifier: MIT
#include "../lab/fit.h"

#include <math.h>

enum {
    MOONS = 200,
    HALF = MOONS / 2,
    FRESH = 10000,
    UNITS = 512,
    BATCH = 32,
    EPOCHS = 300,
    LOOK = 20, /* epochs from one point of the curve to the next */
    CURVE_PART = 500,
    SPLIT_STREAM = 10,
    NOISE_STREAM = 11,
    FRESH_STREAM = 20,
};

static const double noise = 0.3, pi = 3.14159265358979323846;

struct tests {
    struct samples of_document, fresh, seen; /* seen: the part of `fresh` in the curve */
    size_t arm;
};

/* The document's moons: angles evenly spread from 0 to pi, noise, and an order of this replica. */
static struct samples even_moons(struct replica *r)
{
    struct samples all = samples_new(r, MOONS, 2, 2, 0);
    float *normal = lab_floats(r, 2 * MOONS);
    uint32_t *order = lab_take(r, MOONS, sizeof *order);
    lab_normal(r, NOISE_STREAM, normal, 2 * MOONS);
    lab_shuffle(r, SPLIT_STREAM, order, MOONS);
    for (size_t n = 0; n < MOONS; n++) {
        const size_t from = order[n];
        const bool is_inner = from >= HALF;
        const double angle = pi * (double)(from % HALF) / (HALF - 1);
        const double x = lab_cos(r, angle), y = lab_sin(r, angle);
        all.label[n] = is_inner;
        all.x[2 * n] = (float)((is_inner ? 1 - x : x) + noise * (double)normal[2 * from]);
        all.x[2 * n + 1] = (float)((is_inner ? 0.5 - y : y) + noise * (double)normal[2 * from + 1]);
    }
    return all;
}

static bool after_epoch(struct fit *fit)
{
    const struct tests *tests = fit->plan->context;
    if (fit->epoch % LOOK == 0)
        replica_point(fit->net->replica, tests->arm, fit->epoch / LOOK - 1,
                      network_accuracy(fit->net, &tests->seen));
    return false;
}

/* Test accuracies of one arm. */
static void measure(struct replica *r, const struct samples *train, struct tests *tests,
                    bool is_regularized, double *of_document, double *fresh)
{
    struct network_plan plan = network_plan(2, 3, UNITS, 1);
    plan.start = START_GLOROT_UNIFORM;
    plan.loss = LOSS_BINARY_CROSS_ENTROPY;
    plan.dropout = is_regularized ? 0.5 : 0;
    tests->arm = is_regularized;
    const struct fit_plan how = {
        .optimizer = FIT_ADAM,
        .rate = 0.001,
        .epsilon = 1e-7,
        .decay = is_regularized ? 2 * 0.001 : 0, /* the penalty is c w^2, without a half */
        .spares_outputs = true,
        .batch = BATCH,
        .epochs = EPOCHS,
        .after_epoch = after_epoch,
        .context = tests};
    struct network *net = network_create(r, &plan, 100);
    fit_network(net, train, &how);
    *of_document = network_accuracy(net, &tests->of_document);
    *fresh = network_accuracy(net, &tests->fresh);
    network_free(net);
}

void almost_always_better(struct replica *r)
{
    struct samples all = even_moons(r);
    struct samples train = samples_part(&all, 0, HALF);
    struct tests tests = {.of_document = samples_part(&all, HALF, HALF),
                          .fresh = samples_moons(r, FRESH_STREAM, FRESH, noise)};
    tests.seen = samples_part(&tests.fresh, 0, CURVE_PART);
    samples_standardize(&train, (struct samples *const[]){&tests.of_document, &tests.fresh, NULL});
    double plain[2], regularized[2];
    measure(r, &train, &tests, false, &plain[0], &plain[1]);
    measure(r, &train, &tests, true, &regularized[0], &regularized[1]);
    replica_effect(r, 0, regularized[0] > plain[0]);
    replica_effect(r, 1, regularized[1] > plain[1]);
}
