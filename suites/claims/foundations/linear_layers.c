// SPDX-License-Identifier: MIT
#include "../lab/ask.h"
#include "../lab/trial.h"

#include <stdio.h>

enum { DEPTHS = 5, DEEP = 5, WIDTH = 16, PLANAR = 2500, TRAIN = 1000, VALIDATION = 300 };

static const size_t depth[DEPTHS] = {1, 2, 3, DEEP, 8};
static const double rates[] = {0.001, 0.003, 0.01, 0.03};

static size_t largest(const float *z, size_t K)
{
    size_t best = 0;
    for (size_t k = 1; k < K; k++)
        best = z[k] > z[best] ? k : best;
    return best;
}

/* Share of the test samples of which the network and the product of its layers say different
 * things. */
static double differs(struct replica *r, struct network *net, const struct samples *test)
{
    const size_t K = test->classes;
    size_t I = test->features, different = 0;
    struct ask *ask = ask_new(r, "linear_collapse");
    ask_floats(ask, "x", 2, (size_t[]){test->count, I}, test->x);
    for (size_t l = 0; l < net->plan.layers; l++) {
        const size_t O = net->plan.units[l];
        char weight[8], bias[8];
        snprintf(weight, sizeof weight, "w%zu", l + 1);
        snprintf(bias, sizeof bias, "b%zu", l + 1);
        ask_floats(ask, weight, 2, (size_t[]){I, O}, network_parameter(net) + net->weight[l]);
        ask_floats(ask, bias, 1, (size_t[]){O}, network_parameter(net) + net->bias[l]);
        I = O;
    }
    ask_run(ask);
    const float *single = ask_output(ask, "collapsed", test->count * K);
    float *deep = lab_floats(r, test->count * K);
    network_outputs(net, test, deep);
    for (size_t n = 0; n < test->count; n++)
        different += largest(deep + n * K, K) != largest(single + n * K, K);
    return (double)different / (double)test->count;
}

/* Test accuracy; *different, if not NULL, receives what `differs` finds. */
static double learns(struct replica *r, const struct split *split, size_t layers,
                     enum network_activation activation, double *different)
{
    struct network_plan plan =
        network_plan(split->train.features, layers, WIDTH, split->train.classes);
    plan.activation = activation;
    plan.start = START_LECUN_NORMAL;
    const struct fit_plan how = {.optimizer = FIT_ADAM, .batch = 32, .epochs = 15};
    struct network *net = network_create(r, &plan, 256);
    const struct trial trial = trial_run(net, split, &how, rates, sizeof rates / sizeof rates[0]);
    if (different != NULL)
        *different = differs(r, net, &split->test);
    network_free(net);
    return trial.test;
}

/* Fills the two arms of a data set; returns the accuracies of DEEP layers less that of one. */
static double compare(struct replica *r, const struct split *split, size_t arm, double *different)
{
    double single = 0, deep = 0;
    for (size_t i = 0; i < DEPTHS; i++) {
        const double linear =
            learns(r, split, depth[i], ACTIVATION_LINEAR, depth[i] == DEEP ? different : NULL);
        replica_point(r, arm, i, linear);
        replica_point(r, arm + 1, i, learns(r, split, depth[i], ACTIVATION_TANH, NULL));
        single = depth[i] == 1 ? linear : single;
        deep = depth[i] == DEEP ? linear : deep;
    }
    return deep - single;
}

void linear_layers(struct replica *r)
{
    const struct samples moons = samples_moons(r, 0, PLANAR, 0.2), digits = samples_digits(r);
    const struct split planar = samples_split(&moons, TRAIN, VALIDATION);
    const struct split images = samples_split(&digits, TRAIN, VALIDATION);
    double on_moons = 0, on_digits = 0;
    const double gain = compare(r, &planar, 0, &on_moons);
    compare(r, &images, 2, &on_digits);
    replica_effect(r, 0, on_moons);
    replica_effect(r, 1, on_digits);
    replica_effect(r, 2, gain);
}
