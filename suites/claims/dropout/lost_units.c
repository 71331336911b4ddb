// SPDX-License-Identifier: MIT
#include "../lab/fit.h"
#include "../lab/split.h"

#include <math.h>
#include <string.h>

enum { TRAIN = 800, LAYERS = 3, UNITS = 64, BATCH = 32, STEPS = 1500, DRAWS = 10, PLACES = 6 };
enum { LOST_STREAM = 10 };

static const double rates[] = {0.001, 0.003, 0.01};

/* Silences a share of the units of each hidden layer: what they give to the next one. */
static void lose_units(struct network *net, double share, uint64_t draw)
{
    uint32_t order[UNITS];
    for (size_t l = 0; l + 1 < LAYERS; l++) {
        const size_t O = net->plan.units[l + 1];
        lab_shuffle(net->replica, LOST_STREAM + draw * LAYERS + l, order, UNITS);
        for (size_t i = 0; i < (size_t)(share * UNITS + 0.5); i++)
            memset(network_parameter(net) + net->weight[l + 1] + order[i] * O, 0,
                   O * sizeof(float));
    }
}

/* Mean accuracy over draws of lost units. */
static double accuracy_without(struct network *net, const struct samples *test, double share)
{
    const size_t bytes = network_parameters(net) * sizeof(float);
    float *kept = lab_floats(net->replica, network_parameters(net));
    double sum = 0;
    memcpy(kept, network_parameter(net), bytes);
    for (uint64_t draw = 0; draw < DRAWS; draw++) {
        lose_units(net, share, draw);
        sum += network_accuracy(net, test) / DRAWS;
        memcpy(network_parameter(net), kept, bytes);
    }
    return sum;
}

/* Column `unit` of h (count, UNITS), less its mean and divided by its norm; false if constant. */
static bool standardize(const float *h, size_t count, size_t unit, float *column)
{
    for (size_t n = 0; n < count; n++)
        column[n] = h[n * UNITS + unit];
    const double mean = lab_mean(column, count);
    for (size_t n = 0; n < count; n++)
        column[n] = (float)((double)column[n] - mean);
    const double norm = lab_norm(column, count);
    for (size_t n = 0; n < count && norm > 0; n++)
        column[n] = (float)((double)column[n] / norm);
    return norm > 0;
}

/* Mean magnitude of the correlation of two units of the last hidden layer, constant ones apart. */
static double correlation(struct network *net, const struct samples *test)
{
    const size_t N = network_forward(net, test, 0);
    float *column = lab_floats(net->replica, UNITS * N);
    size_t units = 0;
    double sum = 0;
    for (size_t unit = 0; unit < UNITS; unit++)
        units += standardize(net->hidden[LAYERS - 2]->value, N, unit, column + units * N);
    for (size_t i = 0; i < units; i++)
        for (size_t j = 0; j < i; j++) {
            double dot = 0;
            for (size_t n = 0; n < N; n++)
                dot += (double)column[i * N + n] * (double)column[j * N + n];
            sum += fabs(dot);
        }
    return units > 1 ? sum / (double)(units * (units - 1) / 2) : 0;
}

static void measure(struct replica *r, const struct split *split, double dropout, size_t arm,
                    double *lost, double *correlated)
{
    struct network_plan plan =
        network_plan(split->train.features, LAYERS, UNITS, split->train.classes);
    plan.dropout = dropout;
    const struct fit_plan how = {
        .optimizer = FIT_ADAM, .batch = BATCH, .epochs = STEPS, .steps = STEPS};
    struct network *net = network_create(r, &plan, split->test.count);
    fit_tune(net, &split->train, &split->validation, &how, rates, 3, NULL);
    *correlated = correlation(net, &split->test);
    double whole = 0, half = 0;
    for (size_t i = 0; i < PLACES; i++) {
        half = accuracy_without(net, &split->test, claim_place(r->claim, i));
        whole = i == 0 ? half : whole;
        replica_point(r, arm, i, half);
    }
    *lost = whole - half;
    network_free(net);
}

void lost_units(struct replica *r)
{
    const struct split split = split_digits(r, TRAIN, 0);
    double lost[2], correlated[2];
    measure(r, &split, 0, 0, &lost[0], &correlated[0]);
    measure(r, &split, 0.5, 1, &lost[1], &correlated[1]);
    replica_effect(r, 0, (lost[0] - lost[1]) / 0.01);
    replica_effect(r, 1, (correlated[0] - correlated[1]) / 0.01);
}
