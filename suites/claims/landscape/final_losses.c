// SPDX-License-Identifier: MIT
#include "../lab/fit.h"
#include "../statistics.h"

#include <math.h>

enum { SAMPLES = 60, WIDTHS = 5, STARTS = 10, STEPS = 800, PROBLEMS = 3 };
enum problem { SINE, MOONS, SPIRALS };

static const size_t width[WIDTHS] = {2, 4, 8, 16, 64};

/* A sine with noise 0.1 is regression; moons (noise 0.2) and spirals of a turn are classes. */
static struct samples samples_of(struct replica *r, enum problem problem)
{
    if (problem == MOONS)
        return samples_moons(r, 0, SAMPLES, 0.2);
    if (problem == SPIRALS)
        return samples_spirals(r, 2, SAMPLES, 1, 0.02);
    struct samples samples = samples_new(r, SAMPLES, 1, 0, 1);
    lab_normal(r, 4, samples.target, SAMPLES);
    for (size_t n = 0; n < SAMPLES; n++) {
        samples.x[n] = (float)(2 * lab_uniform(r, 5, n) - 1);
        samples.target[n] =
            (float)(0.1 * (double)samples.target[n] + lab_sin(r, 6 * (double)samples.x[n]));
    }
    return samples;
}

/* From the start down to nothing, so that the end is in the valley. */
static double falling(const struct fit *fit)
{
    return fit->plan->rate * (1 - (double)fit->step / STEPS);
}

/* The loss of the best constant answer. */
static double trivial(struct replica *r, const struct samples *samples)
{
    return samples->label != NULL ? lab_log(r, 2) : lab_variance(samples->target, samples->count);
}

/* Excess of the median final loss over the lowest one, as a share of the trivial loss. */
static double excess(struct replica *r, const struct samples *samples, size_t hidden)
{
    const bool is_regression = samples->label == NULL;
    const struct fit_plan how = {
        .optimizer = FIT_ADAM, .rate = 0.03, .epochs = STEPS, .rate_at = falling};
    struct network_plan plan = network_plan(samples->features, 2, hidden, is_regression ? 1 : 2);
    plan.activation = ACTIVATION_TANH;
    plan.start = START_NORMAL;
    plan.loss = is_regression ? LOSS_SQUARED_ERROR : LOSS_CROSS_ENTROPY;
    double loss[STARTS], lowest = INFINITY;
    for (size_t i = 0; i < STARTS; i++) {
        plan.stream = 100 * i;
        struct network *net = network_create(r, &plan, SAMPLES);
        fit_network(net, samples, &how);
        loss[i] = network_loss(net, samples);
        lowest = loss[i] < lowest ? loss[i] : lowest;
        network_free(net);
    }
    return (median_of(loss, STARTS) - lowest) / trivial(r, samples);
}

void final_losses(struct replica *r)
{
    for (size_t p = 0; p < PROBLEMS; p++) {
        const struct samples samples = samples_of(r, (enum problem)p);
        double share = 0;
        for (size_t i = 0; i < WIDTHS; i++) {
            share = excess(r, &samples, width[i]);
            replica_point(r, p, i, share);
        }
        replica_effect(r, p, share);
    }
}
