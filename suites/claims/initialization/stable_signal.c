// SPDX-License-Identifier: MIT
#include "../lab/network.h"

enum { LAYERS = 51, HIDDEN = LAYERS - 1, WIDTH = 512, SAMPLES = 32 };

/* The mean factor per layer, of a quantity that grew by `growth` in all: its geometric mean. */
static double factor(const struct replica *r, double growth)
{
    return lab_exp(r, lab_log(r, growth) / (HIDDEN - 1));
}

static void measure(struct replica *r, const struct samples *digits,
                    enum network_initialization start, size_t arm, double found[2])
{
    const size_t count = (size_t)SAMPLES * WIDTH;
    struct network_plan plan = network_plan(digits->features, LAYERS, WIDTH, digits->classes);
    double square[HIDDEN], gradient[HIDDEN];
    plan.start = start;
    struct network *net = network_create(r, &plan, SAMPLES);
    network_gradient(net, digits, NULL, SAMPLES, 0);
    for (size_t l = 0; l < HIDDEN; l++) {
        square[l] = lab_mean_square(net->hidden[l]->value, count);
        gradient[l] = lab_mean_square(net->hidden[l]->gradient, count);
    }
    for (size_t l = 0; l < HIDDEN; l++) {
        replica_point(r, arm, l, square[l] / square[0]);
        replica_point(r, arm + 1, l, gradient[l] / gradient[HIDDEN - 1]);
    }
    network_free(net);
    found[0] = factor(r, square[HIDDEN - 1] / square[0]);
    found[1] = factor(r, gradient[0] / gradient[HIDDEN - 1]);
}

void stable_signal(struct replica *r)
{
    const struct samples digits = samples_digits(r);
    double he[2], glorot[2];
    measure(r, &digits, START_HE_NORMAL, 0, he);
    measure(r, &digits, START_GLOROT_NORMAL, 2, glorot);
    replica_effect(r, 0, he[0] - 1);
    replica_effect(r, 1, he[1] - 1);
}
