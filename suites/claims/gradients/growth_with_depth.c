// SPDX-License-Identifier: MIT
#include "../lab/network.h"

#include <math.h>

enum { WIDTH = 64, SAMPLES = 128, SCALES = 3, LARGEST = SCALES - 1, NOT_SHOWN = CLAIM_ARMS };

static const double scales[SCALES] = {2, 4, 8};

/* The slope of the straight line through (x, y) with the least squares. */
static double slope_of(const double *x, const double *y, size_t count)
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

/* Decades per layer by which the norm of the first layer's gradient grows with depth; drawn unless
 * the arm is NOT_SHOWN. */
static double grows(struct replica *r, const struct samples *digits,
                    enum network_activation activation, double scale, size_t arm)
{
    const struct claim_curve *curve = &r->claim->curve;
    double decades[CLAIM_POINTS];
    for (size_t i = 0; i < curve->points; i++) {
        struct network_plan plan =
            network_plan(digits->features, (size_t)curve->at[i], WIDTH, digits->classes);
        plan.activation = activation;
        plan.start = activation == ACTIVATION_RELU ? START_HE_NORMAL : START_GLOROT_NORMAL;
        plan.scale = scale;
        struct network *net = network_create(r, &plan, SAMPLES);
        network_gradient(net, digits, NULL, SAMPLES, 0);
        const double norm = network_layer_norm(net, 0);
        decades[i] = lab_log10(r, norm);
        if (arm < NOT_SHOWN)
            replica_point(r, arm, i, norm);
        network_free(net);
    }
    return slope_of(curve->at, decades, curve->points);
}

void growth_with_depth(struct replica *r)
{
    static const enum network_activation kind[] = {ACTIVATION_RELU, ACTIVATION_TANH,
                                                   ACTIVATION_SIGMOID};
    const struct samples digits = samples_digits(r);
    for (size_t k = 0; k < 3; k++) {
        const double usual = grows(r, &digits, kind[k], 1, 2 * k);
        double most = -INFINITY;
        for (size_t i = 0; i < SCALES; i++) {
            const size_t arm = i == LARGEST ? 2 * k + 1 : NOT_SHOWN;
            const double large = grows(r, &digits, kind[k], scales[i], arm);
            most = fmax(most, fmin(large, large - usual));
        }
        replica_effect(r, k, most);
    }
}
