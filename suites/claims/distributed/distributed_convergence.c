// SPDX-License-Identifier: MIT
#include "workers.h"

#include "../../../engine/optimizers/optimizer.h"
#include "../lab/ask.h"

#include <math.h>
#include <string.h>

enum {
    FEATURES = 10,
    TRAIN = 400,
    WORKERS = 4,
    LOCAL = 10, /* steps between averages */
    AGE = 4,    /* steps that stale gradients are old */
    LIMIT = 600,
    RATES = 8,
    NEWTON = 30,
    POINTS = 60,
};

enum arm { ONE_MACHINE, SYNCHRONOUS, LOCAL_MIXED, LOCAL_SORTED, STALE, ARMS };

static const double decay = 0.01, near = 0.001, lost = 1000;
static const double rates[RATES] = {0.2, 0.4, 0.7, 1.2, 2, 3.5, 6, 10};

/* Labels of a random plane, drawn with the probabilities of a logistic model: so the classes
 * overlap, and the best weights are finite. */
static struct samples overlapping(struct replica *r)
{
    struct samples samples = samples_new(r, TRAIN, FEATURES, 2, 0);
    float w[FEATURES];
    lab_normal(r, 1, samples.x, TRAIN * FEATURES);
    lab_normal(r, 2, w, FEATURES);
    for (size_t n = 0; n < TRAIN; n++) {
        double z = 0;
        for (size_t d = 0; d < FEATURES; d++) {
            z += (double)w[d] * (double)samples.x[n * FEATURES + d];
            samples.x[n * FEATURES + d] /= 1 + (float)d / 2; /* so some directions are flat */
        }
        samples.label[n] = lab_uniform(r, 3, n) < 1 / (1 + lab_exp(r, -z));
    }
    return samples;
}

/* The minimum, by Newton's method: weights, then the bias. */
static void find_minimum(struct replica *r, const struct samples *data, float best[FEATURES + 1])
{
    struct ask *ask = ask_new(r, "logistic_regression");
    ask_floats(ask, "x", 2, (size_t[]){TRAIN, FEATURES}, data->x);
    ask_integers(ask, "labels", 1, &data->count, data->label);
    ask_choice(ask, "solver", "newton");
    ask_number(ask, "l2", decay);
    ask_number(ask, "steps", NEWTON);
    ask_run(ask);
    memcpy(best, ask_output(ask, "w_after", NEWTON * FEATURES) + (NEWTON - 1) * FEATURES,
           FEATURES * sizeof *best);
    best[FEATURES] = ask_output(ask, "b_after", NEWTON)[NEWTON - 1];
}

static double distance(const float *w, const float *best)
{
    double off = 0, norm = 0;
    for (size_t i = 0; i <= FEATURES; i++) {
        off += ((double)w[i] - (double)best[i]) * ((double)w[i] - (double)best[i]);
        norm += (double)best[i] * (double)best[i];
    }
    return sqrt(off / norm);
}

struct race_of {
    struct workers all, mixed, sorted; /* one worker with all samples; four with a quarter each */
    const float *best;
};

/* gradient = that of worker k's loss with the penalty, at w. */
static void gradient_at(struct workers *workers, size_t k, const float *w, float *gradient)
{
    memcpy(network_parameter(workers->net), w, (FEATURES + 1) * sizeof *w);
    memset(gradient, 0, (FEATURES + 1) * sizeof *gradient);
    workers_add_gradient(workers, workers->row[k], workers->rows[k], 1, 0, gradient);
    for (size_t d = 0; d < FEATURES; d++)
        gradient[d] += (float)decay * w[d];
}

/* mean = that of the workers' vectors. */
static void average(const float each[WORKERS][FEATURES + 1], size_t count, float *mean)
{
    for (size_t i = 0; i <= FEATURES; i++) {
        float sum = 0;
        for (size_t k = 0; k < count; k++)
            sum += each[k][i];
        mean[i] = sum / (float)count;
    }
}

/* Steps until the mean of all models is near the minimum, LIMIT if never; trace (POINTS), or NULL,
 * receives distances after every few steps. *last is the last distance. */
static size_t run(struct race_of *race, enum arm arm, double rate, double *trace, double *last)
{
    enum { SIZE = FEATURES + 1, EVERY = 5 };
    struct workers *workers = arm == ONE_MACHINE    ? &race->all
                              : arm == LOCAL_SORTED ? &race->sorted
                                                    : &race->mixed;
    const bool is_local = arm == LOCAL_MIXED || arm == LOCAL_SORTED;
    const size_t count = workers->count, age = arm == STALE ? AGE : 0;
    float w[WORKERS][SIZE] = {{0}}, gradient[WORKERS][SIZE], past[LIMIT + 1][SIZE] = {{0}};
    float mean[SIZE] = {0};
    size_t arrived = LIMIT;
    for (size_t s = 0; s < LIMIT; s++) {
        const float *from = past[s > age ? s - age : 0];
        for (size_t k = 0; k < count; k++)
            gradient_at(workers, k, is_local ? w[k] : from, gradient[k]);
        average((const float(*)[SIZE])gradient, count, mean);
        for (size_t k = 0; k < count; k++)
            gradient_descent_step(SIZE, w[k], is_local ? gradient[k] : mean, (float)rate, 0);
        average((const float(*)[SIZE])w, count, mean);
        for (size_t k = 0; is_local && (s + 1) % LOCAL == 0 && k < count; k++)
            memcpy(w[k], mean, sizeof mean);
        memcpy(past[s + 1], mean, sizeof mean);
        *last = distance(mean, race->best);
        arrived = *last <= near && arrived == LIMIT ? s + 1 : arrived;
        const bool is_drawn = trace != NULL && s < EVERY * POINTS;
        if (is_drawn && (s + 1) % EVERY == 0)
            trace[s / EVERY] = *last;
        if (!(*last < lost) || (arrived < LIMIT && !is_drawn))
            break;
    }
    return arrived;
}

/* Steps with the rate that needs fewest; of equal ones that which ends nearest. */
static size_t tuned(struct replica *r, struct race_of *race, enum arm arm)
{
    size_t fewest = LIMIT + 1, best = 0;
    double nearest = INFINITY, last = 0, trace[POINTS];
    for (size_t i = 0; i < RATES; i++) {
        const size_t steps = run(race, arm, rates[i], NULL, &last);
        if (steps < fewest || (steps == fewest && last < nearest)) {
            fewest = steps;
            nearest = last;
            best = i;
        }
    }
    for (size_t i = 0; i < POINTS; i++)
        trace[i] = NAN;
    run(race, arm, rates[best], trace, &last);
    for (size_t i = 0; i < POINTS; i++)
        replica_point(r, arm, i, trace[i]);
    return fewest;
}

void distributed_convergence(struct replica *r)
{
    struct samples data = overlapping(r);
    float best[FEATURES + 1];
    struct network_plan plan = network_plan(FEATURES, 1, 1, 1);
    plan.loss = LOSS_BINARY_CROSS_ENTROPY;
    find_minimum(r, &data, best);
    struct network *net = network_create(r, &plan, TRAIN);
    struct race_of race = {.all = workers_create(r, net, &data, 1, SHARDS_MIXED),
                           .mixed = workers_create(r, net, &data, WORKERS, SHARDS_MIXED),
                           .sorted = workers_create(r, net, &data, WORKERS, SHARDS_SORTED),
                           .best = best};
    const double alone = (double)tuned(r, &race, ONE_MACHINE);
    for (enum arm arm = SYNCHRONOUS; arm < ARMS; arm++)
        replica_effect(r, arm - 1, (double)tuned(r, &race, arm) / alone - 1);
    network_free(net);
}
