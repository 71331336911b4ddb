// SPDX-License-Identifier: MIT
#include "../lab/fit.h"

#include <math.h>

enum {
    TRAIN = 100,
    OTHERS = 200,
    UNITS = 64,
    BATCH = 32,
    EPOCHS = 150,
    SIDE = 120,
    STRENGTHS = 7,
    RATES = 5
};

static const double rates[RATES] = {0.0001, 0.0003, 0.001, 0.003, 0.01};
static const double step = 0.03; /* of the grid, over which boundaries are measured */

struct shape {
    double length, slope; /* of the boundary; mean norm of the gradient of the logit */
};

/* A grid of the plane around the moons. */
static struct samples grid(struct replica *r)
{
    struct samples all = samples_new(r, (size_t)SIDE * SIDE, 2, 2, 0);
    for (size_t n = 0; n < all.count; n++) {
        all.x[2 * n] = (float)(-1.3 + step * (double)(n % SIDE));
        all.x[2 * n + 1] = (float)(-1.55 + step * (double)(n / SIDE));
    }
    return all;
}

static struct shape measure(struct network *net, const struct samples *grid, float *z)
{
    struct shape shape = {0, 0};
    network_outputs(net, grid, z);
    for (size_t i = 0; i + 1 < SIDE; i++)
        for (size_t j = 0; j + 1 < SIDE; j++) {
            const double here = (double)z[i * SIDE + j];
            const double right = (double)z[i * SIDE + j + 1], up = (double)z[(i + 1) * SIDE + j];
            const double dx = (right - here) / step, dy = (up - here) / step;
            shape.length += step * ((here > 0) != (right > 0)) + step * ((here > 0) != (up > 0));
            shape.slope += sqrt(dx * dx + dy * dy) / ((SIDE - 1) * (SIDE - 1));
        }
    return shape;
}

/* By how much y falls for each tenfold strength: the slope of least squares. */
static double fall(const struct replica *r, const double y[STRENGTHS])
{
    double mean = 0, products = 0, squares = 0;
    for (size_t i = 0; i < STRENGTHS; i++)
        mean += lab_log10(r, claim_place(r->claim, i)) / STRENGTHS;
    for (size_t i = 0; i < STRENGTHS; i++) {
        const double x = lab_log10(r, claim_place(r->claim, i)) - mean;
        products += x * y[i];
        squares += x * x;
    }
    return -products / squares;
}

void smooth_boundaries(struct replica *r)
{
    const struct samples train = samples_moons(r, 10, TRAIN, 0.3);
    const struct samples others = samples_moons(r, 20, OTHERS, 0.3);
    const struct samples plane = grid(r);
    float *z = lab_floats(r, plane.count);
    struct network_plan plan = network_plan(2, 3, UNITS, 1);
    plan.loss = LOSS_BINARY_CROSS_ENTROPY;
    struct network *net = network_create(r, &plan, 256);
    struct fit_plan how = {
        .optimizer = FIT_ADAM, .batch = BATCH, .epochs = EPOCHS, .tune_by_loss = true};
    how.rate = rates[fit_tune(net, &train, &others, &how, rates, RATES, NULL)];
    const struct shape without = measure(net, &plane, z);
    double length[STRENGTHS], slope[STRENGTHS], least = INFINITY;
    size_t chosen = 0;
    for (size_t i = 0; i < STRENGTHS; i++) {
        how.decay = claim_place(r->claim, i);
        network_start(net);
        fit_network(net, &train, &how);
        const struct shape with = measure(net, &plane, z);
        const double loss = network_loss(net, &others);
        replica_point(r, 0, i, length[i] = with.length / without.length);
        replica_point(r, 1, i, slope[i] = with.slope / without.slope);
        if (loss < least) {
            least = loss;
            chosen = i;
        }
    }
    network_free(net);
    replica_effect(r, 0, 1 - length[chosen]);
    replica_effect(r, 1, 1 - slope[chosen]);
    replica_effect(r, 2, fall(r, length));
    replica_effect(r, 3, fall(r, slope));
}
