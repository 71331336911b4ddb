// SPDX-License-Identifier: MIT
#include "../lab/fit.h"

enum { WIDTH = 32, TRAIN = 1000, VALIDATION = 297, BATCH = 32, EPOCHS = 8, ROWS = 256 };

static const double rates[] = {0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3};
static const size_t depths[] = {2, 6, 12};
static const double decades = 0.1, point = 0.01; /* the smallest effects that matter */

static struct network_plan plan_of(const struct samples *digits, size_t depth,
                                   enum network_activation activation)
{
    struct network_plan plan = network_plan(digits->features, depth, WIDTH, digits->classes);
    plan.activation = activation;
    plan.start = activation == ACTIVATION_RELU ? START_HE_NORMAL : START_GLOROT_NORMAL;
    return plan;
}

/* Decades per layer by which the first layer's gradient is smaller in deeper networks. */
static double shrinks(struct replica *r, const struct samples *digits,
                      enum network_activation activation, size_t arm)
{
    const struct claim_curve *curve = &r->claim->curve;
    const size_t last = curve->points - 1;
    double norm[CLAIM_POINTS];
    for (size_t i = 0; i <= last; i++) {
        const struct network_plan plan = plan_of(digits, (size_t)curve->at[i], activation);
        struct network *net = network_create(r, &plan, ROWS);
        network_gradient(net, digits, NULL, ROWS, 0);
        norm[i] = network_layer_norm(net, 0);
        replica_point(r, arm, i, norm[i]);
        network_free(net);
    }
    return lab_log10(r, norm[0] / norm[last]) / (curve->at[last] - curve->at[0]);
}

/* Test accuracy, the mean over depths, with the best rate of each. */
static double learns(struct replica *r, const struct samples *digits,
                     enum network_activation activation)
{
    const size_t used = TRAIN + VALIDATION, count = sizeof depths / sizeof depths[0];
    const struct samples train = samples_part(digits, 0, TRAIN);
    const struct samples validation = samples_part(digits, TRAIN, VALIDATION);
    const struct samples test = samples_part(digits, used, digits->count - used);
    const struct fit_plan how = {.optimizer = FIT_MOMENTUM, .batch = BATCH, .epochs = EPOCHS};
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        const struct network_plan plan = plan_of(digits, depths[i], activation);
        struct network *net = network_create(r, &plan, ROWS);
        fit_tune(net, &train, &validation, &how, rates, sizeof rates / sizeof rates[0], NULL);
        sum += network_accuracy(net, &test);
        network_free(net);
    }
    return sum / (double)count;
}

void tanh_and_sigmoid(struct replica *r)
{
    const struct samples digits = samples_digits(r);
    const double tangent = shrinks(r, &digits, ACTIVATION_TANH, 0);
    const double sigmoid = shrinks(r, &digits, ACTIVATION_SIGMOID, 1);
    shrinks(r, &digits, ACTIVATION_RELU, 2);
    const double gain =
        learns(r, &digits, ACTIVATION_TANH) - learns(r, &digits, ACTIVATION_SIGMOID);
    replica_effect(r, 0, tangent / decades);
    replica_effect(r, 1, (sigmoid - tangent) / decades);
    replica_effect(r, 2, gain / point);
}
