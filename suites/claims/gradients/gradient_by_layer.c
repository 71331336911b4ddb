// SPDX-License-Identifier: MIT
#include "../lab/network.h"

enum { LAYERS = 10, HIDDEN = LAYERS - 1, WIDTH = 64, SAMPLES = 256 };

/* Decades by which the gradient's norm shrinks per layer, from the last hidden layer to the first. */
static double shrinks(struct replica *r, const struct samples *digits,
                      enum network_activation activation, size_t arm)
{
    struct network_plan plan = network_plan(digits->features, LAYERS, WIDTH, digits->classes);
    plan.activation = activation;
    plan.start = START_GLOROT_NORMAL;
    struct network *net = network_create(r, &plan, SAMPLES);
    network_gradient(net, digits, NULL, SAMPLES, 0);
    const double last = network_layer_norm(net, HIDDEN - 1), first = network_layer_norm(net, 0);
    for (size_t l = 0; l < HIDDEN; l++)
        replica_point(r, arm, l, network_layer_norm(net, l) / last);
    network_free(net);
    return lab_log10(r, last / first) / (HIDDEN - 1);
}

void gradient_by_layer(struct replica *r)
{
    const struct samples digits = samples_digits(r);
    const double sigmoid = shrinks(r, &digits, ACTIVATION_SIGMOID, 0);
    shrinks(r, &digits, ACTIVATION_TANH, 1);
    replica_effect(r, 0, sigmoid - lab_log10(r, 4));
}
