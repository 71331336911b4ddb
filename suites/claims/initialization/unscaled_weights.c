// SPDX-License-Identifier: MIT
#include "../lab/network.h"

#include <math.h>

enum { LAYERS = 20, HIDDEN = LAYERS - 1, WIDTH = 64, SAMPLES = 128 };

/* Decades between the norms of the gradients of the first and the last hidden layer's outputs. The
 * norms are the points of `arm`. */
static double departs(struct replica *r, const struct samples *digits,
                      enum network_activation activation, enum network_initialization start,
                      size_t arm)
{
    const size_t count = (size_t)SAMPLES * WIDTH;
    struct network_plan plan = network_plan(digits->features, LAYERS, WIDTH, digits->classes);
    double norm[HIDDEN];
    plan.activation = activation;
    plan.start = start;
    struct network *net = network_create(r, &plan, SAMPLES);
    network_gradient(net, digits, NULL, SAMPLES, 0);
    for (size_t l = 0; l < HIDDEN; l++)
        norm[l] = lab_norm(net->hidden[l]->gradient, count);
    for (size_t l = 0; l < HIDDEN && arm < claim_arm_count(r->claim); l++)
        replica_point(r, arm, l, norm[l] / norm[HIDDEN - 1]);
    network_free(net);
    return fabs(lab_log10(r, norm[0] / norm[HIDDEN - 1]));
}

void unscaled_weights(struct replica *r)
{
    static const enum network_activation kind[] = {ACTIVATION_RELU, ACTIVATION_TANH,
                                                   ACTIVATION_SIGMOID};
    const struct samples digits = samples_digits(r);
    const size_t none = claim_arm_count(r->claim);
    for (size_t k = 0; k < 3; k++) {
        replica_effect(r, 2 * k, departs(r, &digits, kind[k], START_NORMAL, k));
        replica_effect(r, 2 * k + 1, departs(r, &digits, kind[k], START_UNIFORM, none));
    }
    departs(r, &digits, ACTIVATION_RELU, START_HE_NORMAL, 3);
    departs(r, &digits, ACTIVATION_TANH, START_GLOROT_NORMAL, 4);
}
