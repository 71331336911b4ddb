// SPDX-License-Identifier: MIT
#include "../lab/fit.h"

#include <math.h>

enum { RATES = 13, AXES = 10, BOWL_STEPS = 300, TRAIN = 500, BATCH = 32 };
enum { BOWL = 1, MOONS, FRIEDMAN = 4 }; /* streams */

static const double rates[RATES] = {1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1,
                                    0.3,  1,    3,    10,   30,   100};
static const double cap = 1e4, floor_of_losses = 1e-12; /* over the loss at the start */

/* The loss of a bowl with these curvatures after gradient descent from 1 on each axis, over that
 * at the start. */
static double descends(const double *curvature, double rate)
{
    double loss = 0, first = 0;
    for (size_t i = 0; i < AXES; i++) {
        double x = 1;
        for (size_t step = 0; step < BOWL_STEPS && fabs(x) < 1e100; step++)
            x -= rate * curvature[i] * x;
        loss += curvature[i] * x * x / 2;
        first += curvature[i] / 2;
    }
    return fmax(fmin(loss / first, cap), floor_of_losses);
}

/* Decades by which the loss is larger just above 2 / (largest curvature), or at a ten-thousandth of
 * it, than just below. */
static double bowl(struct replica *r)
{
    double curvature[AXES], largest = 0;
    for (size_t i = 0; i < AXES; i++) {
        curvature[i] = 1 + 39 * lab_uniform(r, BOWL, i);
        largest = fmax(largest, curvature[i]);
    }
    for (size_t k = 0; k < RATES; k++)
        replica_point(r, 0, k, descends(curvature, rates[k]));
    const double limit = 2 / largest;
    const double high = descends(curvature, 1.01 * limit), low = descends(curvature, 1e-4 * limit);
    return lab_log10(r, fmin(high, low) / descends(curvature, 0.99 * limit));
}

/* Decades by which the training loss is larger at both ends of the grid than at the best rate. */
static double network(struct replica *r, const struct network_plan *plan,
                      const struct samples *train, size_t epochs, size_t arm)
{
    struct network *net = network_create(r, plan, TRAIN);
    double loss[RATES], best = cap;
    for (size_t k = 0; k < RATES; k++) {
        network_start(net);
        const double first = network_loss(net, train);
        const struct fit_plan how = {.rate = rates[k], .batch = BATCH, .epochs = epochs};
        const struct fit fit = fit_network(net, train, &how);
        const double last = fit.has_diverged ? INFINITY : network_loss(net, train) / first;
        loss[k] = last < cap ? fmax(last, floor_of_losses) : cap; /* no number is as bad */
        best = fmin(best, loss[k]);
        replica_point(r, arm, k, loss[k]);
    }
    network_free(net);
    return lab_log10(r, fmin(loss[0], loss[RATES - 1]) / best);
}

void rate_too_high(struct replica *r)
{
    const struct samples digits = samples_digits(r);
    const struct samples images = samples_part(&digits, 0, TRAIN);
    const struct samples moons = samples_moons(r, MOONS, 200, 0.2);
    const struct samples numbers = samples_friedman(r, FRIEDMAN, 400, 1);
    const struct network_plan of_images = network_plan(64, 2, 32, 10);
    const struct network_plan of_moons = network_plan(2, 3, 16, 2);
    struct network_plan of_numbers = network_plan(10, 3, 32, 1);
    of_numbers.loss = LOSS_SQUARED_ERROR;
    replica_effect(r, 0, bowl(r));
    replica_effect(r, 1, network(r, &of_images, &images, 10, 1));
    replica_effect(r, 2, network(r, &of_moons, &moons, 40, 2));
    replica_effect(r, 3, network(r, &of_numbers, &numbers, 20, 3));
}
