// SPDX-License-Identifier: MIT
#include "../lab/network.h"

#include <math.h>
#include <string.h>

enum { SAMPLES = 16, WIDTH = 32, LAYERS = 3, STEPS = 3000, POINTS = 13 };
enum bug { NONE, SIGN, BIASES, FROZEN, TRANSPOSED, NO_DERIVATIVE, BUGS };

static const double rates[] = {0.05, 0.005, 0.5}, momentum = 0.9, enough = 1e-3;

static float *gradient_of(struct network *net, size_t layer)
{
    return net->gradient + net->weight[layer];
}

/* dw (I,O) = x' dy, where dy (SAMPLES,O) is what comes back to the outputs of the activation. */
static void outer(float *dw, const float *x, const float *dy, size_t I, size_t O)
{
    for (size_t i = 0; i < I; i++)
        for (size_t o = 0; o < O; o++) {
            float sum = 0;
            for (size_t n = 0; n < SAMPLES; n++)
                sum += x[n * I + i] * dy[n * O + o];
            dw[i * O + o] = sum;
        }
}

/* The gradients of the hidden layers' weights as they are when ReLU's derivative is forgotten. */
static void forget_derivative(struct replica *r, struct network *net)
{
    const float *w = network_parameter(net) + net->weight[1], *dy = net->hidden[1]->gradient;
    float *before = lab_floats(r, (size_t)SAMPLES * WIDTH);
    for (size_t n = 0; n < SAMPLES; n++)
        for (size_t i = 0; i < WIDTH; i++)
            for (size_t o = 0; o < WIDTH; o++)
                before[n * WIDTH + i] += dy[n * WIDTH + o] * w[i * WIDTH + o];
    outer(gradient_of(net, 1), net->hidden[0]->value, dy, WIDTH, WIDTH);
    outer(gradient_of(net, 0), net->input->value, before, net->plan.inputs, WIDTH);
}

static void transpose(float *square)
{
    for (size_t i = 0; i < WIDTH; i++)
        for (size_t o = 0; o < i; o++) {
            const float kept = square[i * WIDTH + o];
            square[i * WIDTH + o] = square[o * WIDTH + i];
            square[o * WIDTH + i] = kept;
        }
}

/* The gradient, as an implementation with this bug has it. */
static void spoil(struct replica *r, struct network *net, enum bug bug)
{
    const size_t first = net->bias[0] - net->weight[0];
    if (bug == SIGN)
        for (size_t i = 0; i < first; i++)
            gradient_of(net, 0)[i] *= -1;
    if (bug == FROZEN)
        memset(gradient_of(net, 0), 0, first * sizeof(float));
    if (bug == BIASES)
        for (size_t l = 0; l < LAYERS; l++)
            memset(net->gradient + net->bias[l], 0, net->plan.units[l] * sizeof(float));
    if (bug == TRANSPOSED)
        transpose(gradient_of(net, 1));
    if (bug == NO_DERIVATIVE)
        forget_derivative(r, net);
}

/* w = w - rate v,  v = momentum v + g. */
static void step(struct network *net, float *velocity, double rate)
{
    float *w = network_parameter(net);
    for (size_t i = 0; i < network_parameters(net); i++) {
        velocity[i] = (float)momentum * velocity[i] + net->gradient[i];
        w[i] -= (float)rate * velocity[i];
    }
}

/* 16 digits with random labels. */
static struct samples few(struct replica *r)
{
    const struct samples digits = samples_digits(r);
    struct samples samples = samples_part(&digits, 0, SAMPLES);
    for (size_t n = 0; n < SAMPLES; n++)
        samples.label[n] = (int)lab_below(r, 0, n, samples.classes);
    return samples;
}

/* Whether the loss comes below `enough`. arm: of the plot, or BUGS. */
static bool memorizes(struct replica *r, enum network_activation activation, double rate,
                      enum bug bug, size_t arm)
{
    const struct samples samples = few(r);
    struct network_plan plan = network_plan(samples.features, LAYERS, WIDTH, samples.classes);
    plan.activation = activation;
    plan.start = activation == ACTIVATION_RELU ? START_HE_NORMAL : START_GLOROT_NORMAL;
    struct network *net = network_create(r, &plan, SAMPLES);
    float *velocity = lab_floats(r, network_parameters(net));
    bool is_memorized = false;
    for (size_t s = 0, point = 0; s <= STEPS; s++) {
        const double loss = network_gradient(net, &samples, NULL, SAMPLES, 0);
        is_memorized |= loss < enough;
        if (arm < BUGS && point < POINTS && s == (size_t)claim_place(r->claim, point))
            replica_point(r, arm, point++, isfinite(loss) ? loss : NAN);
        if (!isfinite(loss) || (is_memorized && arm == BUGS))
            break;
        spoil(r, net, bug);
        step(net, velocity, rate);
    }
    network_free(net);
    return is_memorized;
}

void few_samples(struct replica *r)
{
    static const enum network_activation right[] = {ACTIVATION_RELU, ACTIVATION_TANH,
                                                    ACTIVATION_SIGMOID};
    for (size_t k = 0; k < sizeof right / sizeof right[0]; k++) {
        bool passes = false;
        for (size_t i = 0; i < sizeof rates / sizeof rates[0] && !passes; i++)
            passes = memorizes(r, right[k], rates[i], NONE, BUGS);
        replica_effect(r, k, passes ? 1 : 0);
    }
    for (size_t bug = NONE; bug < BUGS; bug++)
        memorizes(r, ACTIVATION_RELU, rates[0], (enum bug)bug, bug);
}
