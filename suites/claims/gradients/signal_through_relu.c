// SPDX-License-Identifier: MIT
#include "../lab/network.h"

enum { LAYERS = 50, HIDDEN = LAYERS - 1, WIDTH = 64, SAMPLES = 128 };

/* Decades per layer by which the gradient of the layers' outputs grows (or, below 0, shrinks) on
 * its way from the last hidden layer to the first. */
static double grows(struct replica *r, const struct samples *digits,
                    enum network_activation activation, enum network_initialization start,
                    size_t arm)
{
    struct network_plan plan = network_plan(digits->features, LAYERS, WIDTH, digits->classes);
    plan.activation = activation;
    plan.start = start;
    struct network *net = network_create(r, &plan, SAMPLES);
    double norm[HIDDEN];
    network_gradient(net, digits, NULL, SAMPLES, 0);
    for (size_t l = 0; l < HIDDEN; l++)
        norm[l] = lab_norm(net->hidden[l]->gradient, (size_t)SAMPLES * WIDTH);
    for (size_t l = 0; l < HIDDEN; l++)
        replica_point(r, arm, l, norm[l] / norm[HIDDEN - 1]);
    network_free(net);
    return lab_log10(r, norm[0] / norm[HIDDEN - 1]) / (HIDDEN - 1);
}

void signal_through_relu(struct replica *r)
{
    const struct samples digits = samples_digits(r);
    grows(r, &digits, ACTIVATION_RELU, START_GLOROT_NORMAL, 0);
    replica_effect(r, 0, grows(r, &digits, ACTIVATION_RELU, START_HE_NORMAL, 1));
    grows(r, &digits, ACTIVATION_TANH, START_GLOROT_NORMAL, 2);
    grows(r, &digits, ACTIVATION_SIGMOID, START_GLOROT_NORMAL, 3);
}
