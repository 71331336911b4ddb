// SPDX-License-Identifier: MIT
#include "../lab/fit.h"

#include <math.h>

enum { WIDTH = 16, TRAIN = 200, VALIDATION = 200, TEST = 500, BATCH = 20, EPOCHS = 15, ROWS = 250 };

static const double rates[] = {0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3};

struct data {
    struct samples train, validation, test;
};

/* Test accuracy, with the best of the rates and of two scales of He's weights: 1, and one over the
 * root of the number of layers, which keeps the sum of so many branches small. */
static double learns(struct replica *r, const struct data *data, size_t depth, bool has_shortcuts)
{
    const struct fit_plan how = {.optimizer = FIT_ADAM, .batch = BATCH, .epochs = EPOCHS};
    enum { RATES = sizeof rates / sizeof rates[0] };
    double best = 0, accuracy = 0;
    for (int is_scaled = 0; is_scaled < 2; is_scaled++) {
        struct network_plan plan = network_plan(2, depth, WIDTH, 2);
        double score[RATES];
        plan.has_shortcuts = has_shortcuts;
        plan.scale = is_scaled ? 1 / sqrt((double)depth) : 1;
        struct network *net = network_create(r, &plan, ROWS);
        const size_t place =
            fit_tune(net, &data->train, &data->validation, &how, rates, RATES, score);
        if (!is_scaled || score[place] > best) {
            best = score[place];
            accuracy = network_accuracy(net, &data->test);
        }
        network_free(net);
    }
    return accuracy;
}

/* Decades per layer between the gradients of the outputs of the first and the last hidden layer. */
static double departs(struct replica *r, const struct samples *samples, bool has_shortcuts)
{
    enum { LAYERS = 50, LAST = LAYERS - 2 };
    const size_t count = (size_t)WIDTH * TRAIN;
    struct network_plan plan = network_plan(2, LAYERS, WIDTH, 2);
    plan.activation = ACTIVATION_SIGMOID;
    plan.start = START_GLOROT_NORMAL;
    plan.has_shortcuts = has_shortcuts;
    struct network *net = network_create(r, &plan, TRAIN);
    network_gradient(net, samples, NULL, TRAIN, 0);
    const double first = lab_norm(net->hidden[0]->gradient, count);
    const double last = lab_norm(net->hidden[LAST]->gradient, count);
    network_free(net);
    return fabs(lab_log10(r, first / last)) / LAST;
}

void hundreds_of_layers(struct replica *r)
{
    const struct claim_curve *curve = &r->claim->curve;
    const struct data data = {samples_moons(r, 1, TRAIN, 0.1), samples_moons(r, 3, VALIDATION, 0.1),
                              samples_moons(r, 5, TEST, 0.1)};
    const double linear = learns(r, &data, 1, false);
    double residual = 0;
    for (size_t i = 0; i < curve->points; i++) {
        const size_t depth = (size_t)curve->at[i];
        const double plain = learns(r, &data, depth, false);
        residual = learns(r, &data, depth, true);
        replica_point(r, 0, i, plain);
        replica_point(r, 1, i, residual);
        replica_point(r, 2, i, linear);
        if (depth == 200)
            replica_effect(r, 1, residual - plain);
    }
    replica_effect(r, 0, departs(r, &data.train, false) - departs(r, &data.train, true));
    replica_effect(r, 2, residual - linear);
}
