// SPDX-License-Identifier: MIT
#include "../lab/tasks.h"
#include "../lab/wells.h"

#include <math.h>
#include <string.h>

enum {
    WELLS = 100,
    SUMMANDS = 64,
    WELL_STEPS = 2000,
    BATCHES = 7,
    FULL = BATCHES - 1,
    TRAIN = 200,
    STEPS = 100,
    RATES = 5,
    STREAM = 100,
};

static const size_t batch[BATCHES] = {1, 2, 4, 8, 16, 32, 0}; /* 0: all */
static const double rate[RATES] = {0.01, 0.03, 0.1, 0.3, 1};

enum start { LEFT, ANYWHERE };

/* Function i is the mean of 64 functions, whose slopes differ from its own by deviation[i] times
 * offset[n]: standard normal numbers less their mean. The deviation is such that descent by one of
 * them at a time has a temperature of 1 to 1/8 of the barrier. */
struct sums {
    float offset[SUMMANDS], deviation[WELLS];
};

static void choose_sums(struct replica *r, const struct wells *wells, struct sums *sums)
{
    lab_normal(r, STREAM + 5, sums->offset, SUMMANDS);
    const float mean = (float)lab_mean(sums->offset, SUMMANDS);
    for (size_t n = 0; n < SUMMANDS; n++)
        sums->offset[n] -= mean;
    for (size_t i = 0; i < WELLS; i++) {
        const double times = 1 + 7 * lab_uniform(r, STREAM + 6, i);
        const double heat = (double)wells->barrier[i] / times;
        sums->deviation[i] = (float)sqrt(2 * heat / (double)wells->pace[i]);
    }
}

/* The share of the wells that end in the right one; the right ones are better if sign > 0. */
static double ends_right(struct replica *r, double sign, enum start start, size_t batch_size)
{
    struct wells wells = wells_random(r, STREAM, WELLS, sign);
    struct steps *steps = steps_create(&r->arena, FIT_GRADIENT_DESCENT, -1, WELLS);
    struct sums sums;
    choose_sums(r, &wells, &sums);
    for (size_t i = 0; i < WELLS; i++)
        wells.w[i] =
            start == LEFT ? wells.bottom[i] : (float)(3.6 * lab_uniform(r, STREAM + 7, i) - 1.8);
    for (size_t s = 0; s < WELL_STEPS; s++) {
        wells_gradient(&wells);
        for (size_t i = 0; i < WELLS && batch_size > 0; i++) {
            double mean = 0;
            for (size_t b = 0; b < batch_size; b++)
                mean += (double)sums.offset[lab_below(r, STREAM + 10 + b, s * WELLS + i, SUMMANDS)];
            wells.g[i] += wells.pace[i] * sums.deviation[i] * (float)(mean / (double)batch_size);
        }
        steps_take(steps, wells.w, wells.g, 1);
    }
    return wells_settle(&wells);
}

/* How often the loss of all samples rises. */
struct path {
    const struct samples *samples;
    double last;
    size_t rises;
};

static bool look(struct fit *fit)
{
    struct path *path = fit->plan->context;
    const double now = network_loss(fit->net, path->samples);
    path->rises += now > path->last;
    path->last = now;
    return false;
}

/* The share of the steps after which the loss of all samples is higher than before, at the rate of
 * the grid with the lowest loss in the end. */
static double share_of_rises(struct replica *r, const struct task *task, size_t batch_size)
{
    const struct samples train = samples_part(&task->train, 0, TRAIN);
    struct network *net = network_create(r, &task->network, TRAIN);
    struct path path = {&train, 0, 0};
    struct fit_plan plan = {.optimizer = FIT_GRADIENT_DESCENT,
                            .batch = batch_size,
                            .epochs = STEPS,
                            .steps = STEPS,
                            .context = &path};
    double best = INFINITY, with = rate[0];
    for (size_t i = 0; i < RATES; i++) {
        plan.rate = rate[i];
        network_start(net);
        const struct fit fit = fit_network(net, &train, &plan);
        const double loss = fit.has_diverged ? INFINITY : network_loss(net, &train);
        with = loss < best ? rate[i] : with;
        best = loss < best ? loss : best;
    }
    plan.rate = with;
    plan.after_step = look;
    network_start(net);
    path.last = network_loss(net, &train);
    fit_network(net, &train, &plan);
    network_free(net);
    return (double)path.rises / STEPS;
}

void noise_of_one_sample(struct replica *r)
{
    const struct task digits = task_create(r, TASK_DIGITS), moons = task_create(r, TASK_MOONS);
    double share[4][BATCHES];
    for (size_t b = 0; b < BATCHES; b++) {
        share[0][b] = ends_right(r, 1, LEFT, batch[b]);
        share[1][b] = ends_right(r, 1, ANYWHERE, batch[b]);
        share[2][b] = share_of_rises(r, &digits, batch[b]);
        share[3][b] = share_of_rises(r, &moons, batch[b]);
        for (size_t arm = 0; arm < 4; arm++)
            replica_point(r, arm, b, share[arm][b]);
        replica_point(r, 4, b, ends_right(r, -1, LEFT, batch[b]));
    }
    for (size_t part = 0; part < 4; part++)
        replica_effect(r, part, share[part][0] - share[part][FULL]);
}
