// SPDX-License-Identifier: MIT
#include "../lab/ask.h"
#include "../lab/fit.h"

enum { SAMPLES = 40, GRID = 100, REFITS = 12, EPOCHS = 2000 };
enum { WIDTHS = 7, FITTING = 3, WIDEST = WIDTHS - 1 }; /* places of widths */

static const size_t width[WIDTHS] = {1, 2, 4, 8, 16, 64, 256};
static const double noise = 0.3;

static double truth(const struct replica *r, double x)
{
    return lab_sin(r, 6 * x);
}

/* Training set number i. */
static struct samples draw(struct replica *r, size_t i)
{
    struct samples samples = samples_new(r, SAMPLES, 1, 0, 1);
    lab_normal(r, 100 + i, samples.target, SAMPLES);
    for (size_t n = 0; n < SAMPLES; n++) {
        samples.x[n] = (float)(2 * lab_uniform(r, 100 + i, n) - 1);
        samples.target[n] =
            (float)(truth(r, (double)samples.x[n]) + noise * (double)samples.target[n]);
    }
    return samples;
}

static struct samples grid_of(struct replica *r)
{
    struct samples grid = samples_new(r, GRID, 1, 0, 1);
    for (size_t n = 0; n < GRID; n++) {
        grid.x[n] = (float)((2 * (double)n + 1) / GRID - 1);
        grid.target[n] = (float)truth(r, (double)grid.x[n]);
    }
    return grid;
}

/* bias^2 and variance of networks with so many hidden units, each trained on its own samples. */
static void decompose(struct replica *r, const struct samples *grid, size_t hidden, double *bias,
                      double *variance)
{
    struct network_plan plan = network_plan(1, 2, hidden, 1);
    plan.loss = LOSS_SQUARED_ERROR;
    plan.activation = ACTIVATION_TANH;
    const struct fit_plan how = {.optimizer = FIT_ADAM, .rate = 0.01, .epochs = EPOCHS};
    float *prediction = lab_floats(r, (size_t)REFITS * GRID);
    for (size_t i = 0; i < REFITS; i++) {
        const struct samples train = draw(r, i);
        plan.stream = 10 * i;
        struct network *net = network_create(r, &plan, GRID);
        fit_network(net, &train, &how);
        network_outputs(net, grid, prediction + i * GRID);
        network_free(net);
    }
    struct ask *ask = ask_new(r, "bias_variance_decomposition");
    ask_floats(ask, "predictions", 2, (size_t[]){REFITS, GRID}, prediction);
    ask_floats(ask, "truth", 1, (size_t[]){GRID}, grid->target);
    ask_run(ask);
    *bias = (double)*ask_output(ask, "bias_squared", 1);
    *variance = (double)*ask_output(ask, "variance_mean", 1);
}

void bias_and_variance(struct replica *r)
{
    const struct samples grid = grid_of(r);
    double bias[WIDTHS], variance[WIDTHS];
    for (size_t i = 0; i < WIDTHS; i++) {
        decompose(r, &grid, width[i], &bias[i], &variance[i]);
        replica_point(r, 0, i, bias[i]);
        replica_point(r, 1, i, variance[i]);
        replica_point(r, 2, i, bias[i] + variance[i]);
    }
    replica_effect(r, 0, lab_log10(r, bias[0] / bias[WIDEST]));
    replica_effect(r, 1, lab_log10(r, variance[WIDEST] / variance[FITTING]));
}
