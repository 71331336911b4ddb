// SPDX-License-Identifier: MIT
#include "../lab/network.h"

#include <math.h>

enum { LAYERS = 10, HIDDEN = LAYERS - 1, WIDTH = 128, SAMPLES = 256, CLASSES = 10 };

/* Normal inputs of variance 1, and labels by chance. */
static struct samples draw_samples(struct replica *r)
{
    struct samples samples = samples_new(r, SAMPLES, WIDTH, CLASSES, 0);
    lab_normal(r, 1, samples.x, (size_t)SAMPLES * WIDTH);
    for (size_t n = 0; n < SAMPLES; n++)
        samples.label[n] = (int)lab_below(r, 2, n, CLASSES);
    return samples;
}

/* How much room the variance that is farthest from 1 leaves to a factor of 2; decades. */
static double room(const struct replica *r, const double variance[HIDDEN])
{
    double farthest = 0;
    for (size_t l = 0; l < HIDDEN; l++)
        farthest = fmax(farthest, fabs(lab_log10(r, variance[l])));
    return lab_log10(r, 2) - farthest;
}

/* The room of the activations, and of the gradients over those of the last hidden layer. */
static void measure(struct replica *r, const struct samples *samples,
                    enum network_activation activation, size_t arm, double found[2])
{
    const size_t count = (size_t)SAMPLES * WIDTH;
    struct network_plan plan = network_plan(WIDTH, LAYERS, WIDTH, CLASSES);
    double value[HIDDEN], gradient[HIDDEN];
    plan.activation = activation;
    plan.start = START_GLOROT_NORMAL;
    struct network *net = network_create(r, &plan, SAMPLES);
    network_gradient(net, samples, NULL, SAMPLES, 0);
    const double last = lab_mean_square(net->hidden[HIDDEN - 1]->gradient, count);
    for (size_t l = 0; l < HIDDEN; l++) {
        value[l] = lab_variance(net->hidden[l]->value, count);
        gradient[l] = lab_mean_square(net->hidden[l]->gradient, count) / last;
        replica_point(r, arm, l, value[l]);
        replica_point(r, arm + 1, l, gradient[l]);
    }
    network_free(net);
    found[0] = room(r, value);
    found[1] = room(r, gradient);
}

void variance_by_layer(struct replica *r)
{
    const struct samples samples = draw_samples(r);
    double tangent[2], sigmoid[2], linear[2];
    measure(r, &samples, ACTIVATION_TANH, 0, tangent);
    measure(r, &samples, ACTIVATION_SIGMOID, 2, sigmoid);
    measure(r, &samples, ACTIVATION_LINEAR, 4, linear);
    for (size_t i = 0; i < 2; i++) {
        replica_effect(r, i, tangent[i]);
        replica_effect(r, 2 + i, sigmoid[i]);
    }
}
