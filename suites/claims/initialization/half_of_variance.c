// SPDX-License-Identifier: MIT
#include "../lab/ask.h"

enum { VALUES = 100000, LAYERS = 6, WIDTH = 128, SAMPLES = 256 };

static const float *relu_of(struct replica *r, const float *x, size_t count)
{
    struct ask *ask = ask_new(r, "relu");
    ask_floats(ask, "x", 2, (size_t[]){count, 1}, x);
    ask_run(ask);
    return ask_output(ask, "y", count);
}

/* The share of the variance that ReLU leaves; of normal numbers whose mean is in the plot. */
static double share_of_normal(struct replica *r)
{
    float *normal = lab_floats(r, VALUES), *x = lab_floats(r, VALUES);
    double centred = 0;
    lab_normal(r, 1, normal, VALUES);
    for (size_t i = 0; i < r->claim->curve.points; i++) {
        const double mean = r->claim->curve.at[i];
        for (size_t n = 0; n < VALUES; n++)
            x[n] = normal[n] + (float)mean;
        const float *y = relu_of(r, x, VALUES);
        const double share = lab_variance(y, VALUES) / lab_variance(x, VALUES);
        replica_point(r, 0, i, share);
        replica_point(r, 1, i, lab_mean_square(y, VALUES) / lab_mean_square(x, VALUES));
        centred = mean == 0 ? share : centred;
    }
    return centred;
}

/* The same of the hidden layers' inputs in a network, the mean over layers. */
static double share_in_network(struct replica *r)
{
    const struct samples digits = samples_digits(r);
    const size_t count = (size_t)SAMPLES * WIDTH;
    const struct network_plan plan = network_plan(digits.features, LAYERS, WIDTH, digits.classes);
    struct network *net = network_create(r, &plan, SAMPLES);
    double sum = 0;
    network_forward(net, &digits, 0);
    for (size_t l = 0; l + 1 < LAYERS; l++)
        sum += lab_variance(net->hidden[l]->value, count) /
               lab_variance(net->before[l]->value, count) / (LAYERS - 1);
    network_free(net);
    return sum;
}

void half_of_variance(struct replica *r)
{
    replica_effect(r, 0, share_of_normal(r) - 0.5);
    replica_effect(r, 1, share_in_network(r) - 0.5);
}
