// SPDX-License-Identifier: MIT
#include "../lab/fit.h"

#include <math.h>

enum {
    FEATURES = 20,
    INFORMATIVE = 10,
    TRAIN = 60,
    OTHERS = 200,
    CLOUDS = 4,
    HIDDEN = 32,
    BATCH = 32,
    EPOCHS = 60,
    STRENGTHS = 8,
    NOISE_STREAM = 10,
    PLACE_STREAM = 11,
};

static const double strengths[STRENGTHS] = {0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3};
static const double half = 0.5; /* of a side of the cube */

/* On which side cloud `cloud` of class cloud % 2 has its corner along feature i: at random, but so
 * that the classes differ in their means. */
static double side(const struct replica *r, size_t i, size_t cloud)
{
    for (uint64_t draw = i;; draw += FEATURES) {
        const size_t bits = lab_below(r, PLACE_STREAM, draw, 1 << CLOUDS);
        if ((bits & 1) + (bits >> 2 & 1) != (bits >> 1 & 1) + (bits >> 3 & 1))
            return (bits >> cloud & 1) == 1 ? 1 : -1;
    }
}

/* Normal noise in all features. Labels of a linear rule over the informative ones, with noise as
 * large as its own values; or four clouds, two of each class, around corners of their cube. */
static struct samples make(struct replica *r, bool has_clouds)
{
    struct samples all = samples_new(r, TRAIN + OTHERS, FEATURES, 2, 0);
    float *noise = lab_floats(r, all.count);
    lab_normal(r, NOISE_STREAM, all.x, all.count * FEATURES);
    lab_normal(r, NOISE_STREAM + 2, noise, all.count);
    for (size_t n = 0; n < all.count; n++) {
        double sum = 0, squares = 0;
        for (size_t i = 0; i < INFORMATIVE; i++) {
            const double weight = lab_uniform(r, PLACE_STREAM + 1, i) + 0.5;
            float *x = &all.x[n * FEATURES + i];
            if (has_clouds)
                *x += (float)(half * side(r, i, n % CLOUDS));
            sum += side(r, i, 0) * weight * (double)*x;
            squares += weight * weight;
        }
        all.label[n] = has_clouds ? (int)(n % 2) : sum + sqrt(squares) * (double)noise[n] > 0;
    }
    return all;
}

/* Share of informative features among the ten with the largest weights in the first layer. */
static double precision(struct network *net)
{
    const size_t O = net->plan.units[0];
    const float *w = network_parameter(net) + net->weight[0];
    size_t found = 0;
    for (size_t i = 0; i < INFORMATIVE; i++) {
        size_t larger = 0;
        for (size_t j = 0; j < FEATURES; j++)
            larger += lab_norm(w + j * O, O) > lab_norm(w + i * O, O);
        found += larger < INFORMATIVE;
    }
    return (double)found / INFORMATIVE;
}

/* The precision at the strength of the penalty whose validation loss is least. */
static double selects(struct replica *r, const struct samples *all, size_t layers, bool is_l1,
                      size_t arm)
{
    const struct samples train = samples_part(all, 0, TRAIN);
    const struct samples others = samples_part(all, TRAIN, OTHERS);
    struct network_plan plan = network_plan(FEATURES, layers, HIDDEN, 1);
    plan.loss = LOSS_BINARY_CROSS_ENTROPY;
    struct network *net = network_create(r, &plan, TRAIN);
    double best_loss = INFINITY, best = 0;
    for (size_t i = 0; i < STRENGTHS; i++) {
        const struct fit_plan how = {.optimizer = FIT_ADAM,
                                     .rate = 0.01,
                                     .l1 = is_l1 ? strengths[i] : 0,
                                     .decay = is_l1 ? 0 : strengths[i],
                                     .batch = BATCH,
                                     .epochs = EPOCHS};
        network_start(net);
        fit_network(net, &train, &how);
        const double loss = network_loss(net, &others), now = precision(net);
        replica_point(r, arm, i, now);
        if (loss < best_loss) {
            best_loss = loss;
            best = now;
        }
    }
    network_free(net);
    return best;
}

void selected_features(struct replica *r)
{
    for (size_t part = 0; part < 2; part++) {
        const struct samples all = make(r, part == 1);
        const size_t layers = part == 0 ? 1 : 2;
        const double l1 = selects(r, &all, layers, true, 2 * part);
        const double l2 = selects(r, &all, layers, false, 2 * part + 1);
        replica_effect(r, part, l1 - l2);
    }
}
