// SPDX-License-Identifier: MIT
#include "../lab/ask.h"
#include "../lab/fit.h"

#include <math.h>
#include <string.h>

enum {
    POINTS = 4,
    JUDGED = 1, /* 50 samples */
    MOST = 200, /* samples */
    TEST = 4000,
    FEW = 5,
    MANY = 10,
    HIDDEN = 16,
    BATCH = 10,
    EPOCHS = 60,
    ORDER = 50,
    TRAIN = 52,
    FRESH = 54,
};

/* A network that has learned the samples from its first start on. */
static void learn(struct network *net, const struct samples *samples)
{
    const struct fit_plan plan = {
        .optimizer = FIT_ADAM, .rate = 0.01, .batch = BATCH, .epochs = EPOCHS};
    network_start(net);
    fit_network(net, samples, &plan);
}

/* The accuracy on each of K folds (K) of networks that have learned the others. */
static void cross_validate(struct network *net, const struct samples *samples, size_t K,
                           double *accuracy)
{
    struct replica *r = net->replica;
    const size_t S = samples->count;
    const struct arena mark = lab_borrow(r);
    uint32_t order[MOST];
    int permutation[MOST];
    lab_shuffle(r, ORDER, order, S);
    for (size_t n = 0; n < S; n++)
        permutation[n] = (int)order[n];
    struct ask *ask = ask_new(r, "k_fold");
    ask_integers(ask, "permutation", 1, &S, permutation);
    ask_number(ask, "samples", (double)S);
    ask_number(ask, "folds", (double)K);
    ask_run(ask);
    const float *role = ask_output(ask, "role", K * S);
    struct samples part[2] = {samples_copy(r, samples), samples_copy(r, samples)};
    for (size_t k = 0; k < K; k++) {
        part[0].count = part[1].count = 0;
        for (size_t n = 0; n < S; n++) { /* role 1: to be tested on */
            struct samples *to = &part[role[k * S + n] == 1];
            memcpy(to->x + 2 * to->count, samples->x + 2 * n, 2 * sizeof *to->x);
            to->label[to->count++] = samples->label[n];
        }
        learn(net, &part[0]);
        accuracy[k] = network_accuracy(net, &part[1]);
    }
    lab_return(r, mark);
}

static double mean(const double *x, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += x[i];
    return sum / (double)count;
}

void folds(struct replica *r)
{
    const struct network_plan plan = network_plan(2, 2, HIDDEN, 2);
    struct network *net = network_create(r, &plan, 256);
    const struct samples fresh = samples_moons(r, FRESH, TEST, 0.3);
    for (size_t i = 0; i < POINTS; i++) {
        const struct samples samples = samples_moons(r, TRAIN, (size_t)r->claim->curve.at[i], 0.3);
        double few[FEW], many[MANY];
        cross_validate(net, &samples, FEW, few);
        cross_validate(net, &samples, MANY, many);
        learn(net, &samples);
        const double truth = network_accuracy(net, &fresh);
        const double split = fabs(few[0] - truth), by_few = fabs(mean(few, FEW) - truth);
        replica_point(r, 0, i, split);
        replica_point(r, 1, i, by_few);
        replica_point(r, 2, i, fabs(mean(many, MANY) - truth));
        if (i == JUDGED)
            replica_effect(r, 0, split - by_few);
    }
    network_free(net);
}
