// SPDX-License-Identifier: MIT
#include "../lab/trial.h"
#include "../statistics.h"

#include <math.h>

enum { FEATURES = 12, TRAIN = 1000, TEST = 1000, SETTINGS = 4, PARTS = 2 };
enum { STANDARD, CORRELATED, OWN_UNITS, HIDDEN_LAYER }; /* the first PARTS are judged */

/* Normal features of variance 1, whose neighbours have `correlation`, and labels that a neuron of
 * random weights gives, the sign of w.x plus noise. */
static struct samples features_of(struct replica *r, double correlation)
{
    struct samples samples = samples_new(r, TRAIN + TEST, FEATURES, 2, 0);
    float w[FEATURES], *noise = lab_floats(r, samples.count);
    const double own = sqrt(1 - correlation * correlation);
    lab_normal(r, 0, samples.x, samples.count * FEATURES);
    lab_normal(r, 1, w, FEATURES);
    lab_normal(r, 2, noise, samples.count);
    for (size_t n = 0; n < samples.count; n++) {
        float *x = samples.x + n * FEATURES;
        double z = (double)noise[n];
        for (size_t d = 1; d < FEATURES; d++)
            x[d] = (float)(correlation * (double)x[d - 1] + own * (double)x[d]);
        for (size_t d = 0; d < FEATURES; d++)
            z += (double)w[d] * (double)x[d];
        samples.label[n] = z > 0;
    }
    return samples;
}

/* influence (FEATURES): by how much the loss on the test samples rises when one feature's values
 * are permuted among them. */
static void permute(struct replica *r, struct network *net, const struct samples *test,
                    double *influence)
{
    const double loss = network_loss(net, test);
    uint32_t *order = lab_take(r, test->count, sizeof *order);
    for (size_t d = 0; d < FEATURES; d++) {
        const struct samples changed = samples_copy(r, test);
        lab_shuffle(r, 10 + d, order, test->count);
        for (size_t n = 0; n < test->count; n++)
            changed.x[n * FEATURES + d] = test->x[order[n] * FEATURES + d];
        influence[d] = network_loss(net, &changed) - loss;
    }
}

/* weight (FEATURES): the mean size of the first layer's weights of each feature. */
static void sizes(struct network *net, double *weight)
{
    const size_t units = net->plan.units[0];
    const float *w = network_parameter(net) + net->weight[0];
    for (size_t d = 0; d < FEATURES; d++) {
        weight[d] = 0;
        for (size_t k = 0; k < units; k++)
            weight[d] += fabs((double)w[d * units + k]) / (double)units;
    }
}

/* The plot: influence by the rank of the weight, the largest first, as a share of all influence. */
static void draw(struct replica *r, size_t arm, const double *weight, const double *influence)
{
    double all = 0;
    for (size_t d = 0; d < FEATURES; d++)
        all += influence[d];
    for (size_t d = 0; d < FEATURES; d++) {
        size_t rank = 0;
        for (size_t i = 0; i < FEATURES; i++)
            rank += weight[i] > weight[d] || (weight[i] == weight[d] && i < d);
        replica_point(r, arm, rank, influence[d] / all);
    }
}

void weight_and_influence(struct replica *r)
{
    const struct fit_plan how = {.optimizer = FIT_ADAM, .rate = 0.01, .batch = 50, .epochs = 40};
    for (size_t setting = 0; setting < SETTINGS; setting++) {
        const struct samples all = features_of(r, setting == CORRELATED ? 0.9 : 0);
        const struct samples train = samples_part(&all, 0, TRAIN);
        const struct samples test = samples_part(&all, TRAIN, TEST);
        struct network_plan plan = network_plan(FEATURES, setting == HIDDEN_LAYER ? 2 : 1, 16, 1);
        plan.loss = LOSS_BINARY_CROSS_ENTROPY;
        struct network *net = network_create(r, &plan, 256);
        double weight[FEATURES], influence[FEATURES];
        fit_network(net, &train, &how);
        sizes(net, weight);
        permute(r, net, &test, influence);
        for (size_t d = 0; d < FEATURES && setting == OWN_UNITS; d++) /* x in units of 10^u */
            weight[d] /= lab_exp(r, 4.6 * lab_uniform(r, 3, d) - 2.3);
        draw(r, setting, weight, influence);
        if (setting < PARTS)
            replica_effect(r, setting, spearman_correlation(weight, influence, FEATURES));
        network_free(net);
    }
}
