// SPDX-License-Identifier: MIT
#include "../lab/fit.h"

#include <math.h>
#include <string.h>

enum { SAMPLES = 64, INPUTS = 64, WIDTH = 16, OUTPUTS = 10, POINTS = 12, RATES = 5 };
enum { BACKPROPAGATION, DIFFERENCES, PERTURBATIONS };

/* Steps of descent at most; passes that a step with backpropagation costs; what perturbations may
 * cost, over backpropagation. */
enum { STEPS = 1000, BACKWARD = 3, LIMIT = 150 };

static const double target = 0.5; /* mean cross-entropy, a fifth of the first one */
static const double digits_wanted = 5, decades_wanted = 2;

/* ---- is it the gradient? --------------------------------------------------------------------- */

/* Half the squared error of a ReLU network 64-16-10 for the first SAMPLES digits and their one-hot
 * targets, in double. Without a kink on the way it is a polynomial of degree two in any one
 * parameter, whose central difference is its derivative. */
static double loss_in_double(const double *w, const struct samples *samples)
{
    const double *w1 = w, *b1 = w1 + INPUTS * WIDTH, *w2 = b1 + WIDTH, *b2 = w2 + WIDTH * OUTPUTS;
    double sum = 0;
    for (size_t n = 0; n < SAMPLES; n++) {
        double a[WIDTH];
        for (size_t h = 0; h < WIDTH; h++) {
            double z = b1[h];
            for (size_t i = 0; i < INPUTS; i++)
                z += (double)samples->x[n * INPUTS + i] * w1[i * WIDTH + h];
            a[h] = z > 0 ? z : 0;
        }
        for (size_t o = 0; o < OUTPUTS; o++) {
            double y = b2[o] - (samples->label[n] == (int)o);
            for (size_t h = 0; h < WIDTH; h++)
                y += a[h] * w2[h * OUTPUTS + o];
            sum += y * y;
        }
    }
    return sum / (SAMPLES * OUTPUTS);
}

/* Decimal digits to which backpropagation and central differences agree, over all parameters. */
static double agreement(struct replica *r, const struct samples *samples)
{
    const double h = 1e-6;
    struct network_plan plan = network_plan(INPUTS, 2, WIDTH, OUTPUTS);
    plan.loss = LOSS_SQUARED_ERROR;
    struct network *net = network_create(r, &plan, SAMPLES);
    const size_t W = network_parameters(net);
    double *w = lab_take(r, W, sizeof *w), off = 0, all = 0;
    for (size_t i = 0; i < W; i++)
        w[i] = (double)network_parameter(net)[i];
    network_gradient(net, samples, NULL, SAMPLES, 0);
    for (size_t i = 0; i < W; i++) {
        const double kept = w[i];
        w[i] = kept + h;
        const double above = loss_in_double(w, samples);
        w[i] = kept - h;
        const double slope = (above - loss_in_double(w, samples)) / (2 * h);
        w[i] = kept;
        off += (slope - (double)net->gradient[i]) * (slope - (double)net->gradient[i]);
        all += slope * slope;
    }
    network_free(net);
    return -lab_log10(r, sqrt(off / all));
}

/* ---- what does it save? ---------------------------------------------------------------------- */

/* A run: after how many forward passes of the batch (or what costs as much) it has which loss. */
struct race {
    double passes, most;
    bool arrived;
    size_t points;
    double loss[POINTS];
};

/* Notes the loss; returns whether the race is over. */
static bool is_over(const struct replica *r, struct race *race, double loss)
{
    while (race->points < POINTS && race->passes >= claim_place(r->claim, race->points))
        race->loss[race->points++] = loss;
    race->arrived = loss <= target;
    return race->arrived || race->passes >= race->most || !isfinite(loss);
}

/* Gradient descent, whose steps cost `passes` each. */
static void descend(struct network *net, const struct samples *samples, double rate, double passes,
                    struct race *race)
{
    float *w = network_parameter(net);
    race->most = STEPS * passes;
    while (!is_over(net->replica, race, network_gradient(net, samples, NULL, SAMPLES, 0))) {
        for (size_t i = 0; i < network_parameters(net); i++)
            w[i] -= (float)rate * net->gradient[i];
        race->passes += passes;
    }
}

/* The loss at w + c d. */
static double loss_beside(struct network *net, const struct samples *samples, const float *w,
                          const float *d, float c)
{
    float *at = network_parameter(net);
    for (size_t i = 0; i < network_parameters(net); i++)
        at[i] = w[i] + c * d[i];
    return network_loss(net, samples);
}

/* Simultaneous perturbation (Spall 1992): two passes, at w +- c d with d of random signs, and a
 * step along d. */
static void perturb(struct network *net, const struct samples *samples, double rate,
                    struct race *race)
{
    struct replica *r = net->replica;
    const size_t W = network_parameters(net);
    const float c = 0.001f;
    float *w = lab_floats(r, W), *d = lab_floats(r, W);
    memcpy(w, network_parameter(net), W * sizeof *w);
    for (uint64_t s = 0;; s++) {
        for (size_t i = 0; i < W; i++)
            d[i] = lab_uniform(r, 1, s * W + i) < 0.5 ? -1 : 1;
        const double above = loss_beside(net, samples, w, d, c);
        const double below = loss_beside(net, samples, w, d, -c);
        race->passes += 2;
        if (is_over(r, race, (above + below) / 2))
            return;
        const float slope = (float)((above - below) / (2 * (double)c));
        for (size_t i = 0; i < W; i++)
            w[i] -= (float)rate * slope * d[i];
    }
}

/* Passes that a method takes with the rate by which it arrives first, or `most`; draws that run. */
static double fewest(struct replica *r, const struct samples *samples, size_t method, double most)
{
    static const double descent[RATES] = {0.1, 0.3, 1, 3, 10};
    static const double perturbation[RATES] = {0.003, 0.01, 0.03, 0.1, 0.3};
    const struct network_plan plan = network_plan(INPUTS, 2, WIDTH, OUTPUTS);
    struct network *net = network_create(r, &plan, SAMPLES);
    const double differences = 2 * (double)network_parameters(net);
    struct race best = {.passes = most};
    for (size_t i = 0; i < RATES; i++) {
        struct race race = {.most = best.arrived ? best.passes : most};
        network_start(net);
        if (method == PERTURBATIONS)
            perturb(net, samples, perturbation[i], &race);
        else
            descend(net, samples, descent[i], method == DIFFERENCES ? differences : BACKWARD,
                    &race);
        if (i == 0 || (race.arrived && (!best.arrived || race.passes < best.passes)))
            best = race;
    }
    for (size_t i = 0; i < best.points; i++)
        replica_point(r, method, i, best.loss[i]);
    network_free(net);
    return best.passes;
}

void cost_of_gradients(struct replica *r)
{
    const struct samples digits = samples_digits(r), few = samples_part(&digits, 0, SAMPLES);
    const double passes = fewest(r, &few, BACKPROPAGATION, 0);
    const double by_differences = fewest(r, &few, DIFFERENCES, 0) / passes;
    replica_effect(r, 0, agreement(r, &few) - digits_wanted);
    replica_effect(r, 1, lab_log10(r, by_differences) - decades_wanted);
    fewest(r, &few, PERTURBATIONS, LIMIT * passes);
}
