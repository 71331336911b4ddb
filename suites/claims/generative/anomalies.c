// SPDX-License-Identifier: MIT
#include "game.h"

#include "../data_problems/missing.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    SETS = 2, /* waves, digits */
    ITERATIONS = 1000,
    CAPACITY = 256,
    NORMAL = 500,
    DIGITS_TRAIN = 120, /* of the normal class */
    DIGITS_ANOMALIES = 500,
    GAME_STREAM = 10,
    STREAM = 100,
};

static const double margin = 0.05;

/* Normal samples to learn from; normal and other ones, of label 0 and 1, to test. */
struct watch {
    struct samples train, test;
    size_t noise, code; /* inputs of the generator, units in the middle of the autoencoder */
};

/* Normal: waves, whose eight columns depend on two hidden numbers. Others: each column of another
 * wave, so that columns alone look as they should and do not fit together. */
static struct watch waves(struct replica *r)
{
    const struct split split = missing_waves(r);
    const size_t D = split.train.features;
    struct watch watch = {
        .train = split.train, .test = samples_new(r, 2 * NORMAL, D, 2, 0), .noise = 2, .code = 2};
    memcpy(watch.test.x, split.test.x, NORMAL * D * sizeof *watch.test.x);
    for (size_t n = NORMAL; n < 2 * NORMAL; n++) {
        for (size_t d = 0; d < D; d++) {
            const size_t from = NORMAL + lab_below(r, STREAM, n * D + d, NORMAL);
            watch.test.x[n * D + d] = split.test.x[from * D + d];
        }
        watch.test.label[n] = 1;
    }
    return watch;
}

static void append(struct samples *to, const struct samples *from, size_t n, int label)
{
    memcpy(to->x + to->count * from->features, from->x + n * from->features,
           from->features * sizeof *to->x);
    to->label[to->count++] = label;
}

/* Normal: one digit, another one in each of ten replicas. Others: all other digits. */
static struct watch digits(struct replica *r)
{
    const struct samples all = samples_digits(r);
    const int normal = (int)(r->index % 10);
    size_t others = 0;
    struct watch watch = {.train = samples_new(r, all.count, all.features, 2, 0),
                          .test = samples_new(r, all.count, all.features, 2, 0),
                          .noise = 8,
                          .code = 8};
    watch.train.count = watch.test.count = 0;
    for (size_t n = 0; n < all.count; n++)
        if (all.label[n] == normal)
            append(watch.train.count < DIGITS_TRAIN ? &watch.train : &watch.test, &all, n, 0);
        else if (others++ < DIGITS_ANOMALIES)
            append(&watch.test, &all, n, 1);
    return watch;
}

/* The area under the ROC curve of score (test.count), large for anomalies. */
static double area(struct replica *r, const struct watch *watch, const float *score)
{
    struct ask *ask = ask_new(r, "roc_auc");
    ask_floats(ask, "scores", 1, &watch->test.count, score);
    ask_integers(ask, "labels", 1, &watch->test.count, watch->test.label);
    ask_run(ask);
    return (double)*ask_output(ask, "auc", 1);
}

/* By how far the discriminator holds a sample for a generated one. */
static double by_discriminator(struct replica *r, const struct watch *watch, size_t set)
{
    const size_t D = watch->test.features;
    struct game game =
        game_play(r, &watch->train, watch->noise, ITERATIONS, GAME_STREAM * (1 + set));
    struct network *net = game.discriminator;
    struct ask *ask = ask_new(r, "anomaly_score");
    ask_floats(ask, "x", 2, (size_t[]){watch->test.count, D}, watch->test.x);
    for (size_t l = 0, I = D; l < GAME_DEPTH; I = net->plan.units[l++]) {
        const size_t O = net->plan.units[l];
        char weight[64], bias[64];
        snprintf(weight, sizeof weight, "cw%zu", l + 1);
        snprintf(bias, sizeof bias, "cb%zu", l + 1);
        ask_floats(ask, weight, 2, (size_t[]){I, O}, network_parameter(net) + net->weight[l]);
        ask_floats(ask, bias, 1, (size_t[]){O}, network_parameter(net) + net->bias[l]);
    }
    ask_choice(ask, "method", "critic");
    ask_run(ask);
    const double found = area(r, watch, ask_output(ask, "score", watch->test.count));
    game_free(&game);
    return found;
}

/* By the error of an autoencoder that has seen as many batches of the same size. */
static double by_autoencoder(struct replica *r, const struct watch *watch)
{
    const size_t D = watch->test.features;
    const struct network_plan plan = {.inputs = D,
                                      .layers = 4,
                                      .units = {GAME_UNITS, watch->code, GAME_UNITS, D},
                                      .activation = ACTIVATION_TANH,
                                      .start = START_GLOROT_UNIFORM,
                                      .loss = LOSS_SQUARED_ERROR};
    const struct fit_plan how = {.optimizer = FIT_ADAM,
                                 .rate = 0.001,
                                 .batch = GAME_HALF,
                                 .epochs = ITERATIONS,
                                 .steps = ITERATIONS};
    struct samples normal = watch->train;
    normal.target = normal.x;
    normal.outputs = D;
    struct network *net = network_create(r, &plan, CAPACITY);
    fit_network(net, &normal, &how);
    float *y = lab_floats(r, watch->test.count * D);
    network_outputs(net, &watch->test, y);
    struct ask *ask = ask_new(r, "reconstruction_error");
    ask_floats(ask, "y", 2, (size_t[]){watch->test.count, D}, y);
    ask_floats(ask, "t", 2, (size_t[]){watch->test.count, D}, watch->test.x);
    ask_run(ask);
    network_free(net);
    return area(r, watch, ask_output(ask, "error", watch->test.count));
}

/* By the distance to the nearest sample that was learnt from. */
static double by_distance(struct replica *r, const struct watch *watch)
{
    const size_t D = watch->test.features;
    float *score = lab_floats(r, watch->test.count);
    for (size_t n = 0; n < watch->test.count; n++) {
        double nearest = INFINITY;
        for (size_t m = 0; m < watch->train.count; m++) {
            double square = 0;
            for (size_t d = 0; d < D; d++) {
                const double off =
                    (double)watch->test.x[n * D + d] - (double)watch->train.x[m * D + d];
                square += off * off;
            }
            nearest = square < nearest ? square : nearest;
        }
        score[n] = (float)nearest;
    }
    return area(r, watch, score);
}

void anomalies(struct replica *r)
{
    const struct watch watch[SETS] = {waves(r), digits(r)};
    for (size_t set = 0; set < SETS; set++) {
        const double game = by_discriminator(r, &watch[set], set);
        const double autoencoder = by_autoencoder(r, &watch[set]);
        replica_point(r, 0, set, game);
        replica_point(r, 1, set, autoencoder);
        replica_point(r, 2, set, by_distance(r, &watch[set]));
        replica_effect(r, set, game >= autoencoder - margin);
    }
}
