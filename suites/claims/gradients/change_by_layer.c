// SPDX-License-Identifier: MIT
#include "../lab/fit.h"

#include <math.h>

enum { LAYERS = 10, WIDTH = 64, TRAIN = 1200, BATCH = 32, STEPS = 100 };

/* Adds up the steps in double: those of the first layers are too small for weights in binary32. */
static bool add_step(struct fit *fit)
{
    double *sum = fit->plan->context;
    const size_t P = network_parameters(fit->net);
    for (size_t i = 0; i < P; i++)
        sum[i] += fit->rate * (double)fit->net->gradient[i];
    return false;
}

/* Adam's steps are not its gradients; they are large enough to be seen in the weights. */
static void take_difference(struct network *net, const float *before, double *sum)
{
    for (size_t i = 0; i < network_parameters(net); i++)
        sum[i] = (double)network_parameter(net)[i] - (double)before[i];
}

static double norm_from(const double *x, size_t first, size_t end)
{
    double sum = 0;
    for (size_t i = first; i < end; i++)
        sum += x[i] * x[i];
    return sqrt(sum);
}

/* Decades by which the last layer's weights change more than the first one's. */
static double compare(struct replica *r, const struct samples *train,
                      const struct network_plan *plan, enum fit_optimizer optimizer, size_t arm)
{
    struct network *net = network_create(r, plan, BATCH);
    const size_t P = network_parameters(net);
    float *before = lab_floats(r, P);
    double *sum = lab_take(r, P, sizeof *sum), change[LAYERS];
    for (size_t i = 0; i < P; i++)
        before[i] = network_parameter(net)[i];
    const struct fit_plan how = {.optimizer = optimizer,
                                 .rate = optimizer == FIT_ADAM ? 0.001 : 0.1,
                                 .batch = BATCH,
                                 .epochs = STEPS,
                                 .steps = STEPS,
                                 .after_step = add_step,
                                 .context = sum};
    fit_network(net, train, &how);
    if (optimizer == FIT_ADAM)
        take_difference(net, before, sum);
    for (size_t l = 0; l < LAYERS; l++) {
        const size_t first = net->weight[l], end = net->bias[l];
        change[l] = norm_from(sum, first, end) / lab_norm(before + first, end - first);
        replica_point(r, arm, l, change[l]);
    }
    network_free(net);
    return lab_log10(r, change[LAYERS - 1] / change[0]);
}

void change_by_layer(struct replica *r)
{
    const struct samples digits = samples_digits(r);
    const struct samples train = samples_part(&digits, 0, TRAIN);
    struct network_plan plan = network_plan(digits.features, LAYERS, WIDTH, digits.classes);
    compare(r, &train, &plan, FIT_GRADIENT_DESCENT, 2);
    plan.start = START_GLOROT_NORMAL;
    plan.activation = ACTIVATION_TANH;
    compare(r, &train, &plan, FIT_GRADIENT_DESCENT, 1);
    plan.activation = ACTIVATION_SIGMOID;
    compare(r, &train, &plan, FIT_ADAM, 3);
    replica_effect(r, 0, compare(r, &train, &plan, FIT_GRADIENT_DESCENT, 0));
}
