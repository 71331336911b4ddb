// SPDX-License-Identifier: MIT
#include "../lab/ask.h"

#include <math.h>

enum { INPUTS = 64, OUTPUTS = 10, HIDDEN = 6, PLOT_LAYERS = 4, PLOT_BATCH = 32, DRAWS = 3 };

static const double epsilon = 1e-5;

struct counter {
    size_t operations; /* sums, products, quotients and roots */
};

static double counted(struct counter *counter, double result)
{
    counter->operations++;
    return result;
}

/* One channel x (N), forwards and backwards, by its formulas; gamma 1 and beta 0 are multiplied
 * and added like others. y, dx (N). */
static void normalize(struct counter *c, size_t N, const float *x, const float *dy, double *y,
                      double *dx)
{
    const double gamma = 1, beta = 0, count = (double)N;
    double mean = 0, squares = 0, dgamma = 0, dbeta = 0;
    for (size_t n = 0; n < N; n++)
        mean = counted(c, mean + (double)x[n]);
    mean = counted(c, mean / count);
    for (size_t n = 0; n < N; n++) {
        dx[n] = counted(c, (double)x[n] - mean);
        squares = counted(c, squares + counted(c, dx[n] * dx[n]));
    }
    const double variance = counted(c, squares / count);
    const double s = counted(c, sqrt(counted(c, variance + epsilon)));
    for (size_t n = 0; n < N; n++) {
        dx[n] = counted(c, dx[n] / s);
        y[n] = counted(c, counted(c, gamma * dx[n]) + beta);
    }
    for (size_t n = 0; n < N; n++) {
        dgamma = counted(c, dgamma + counted(c, (double)dy[n] * dx[n]));
        dbeta = counted(c, dbeta + (double)dy[n]);
    }
    const double a = counted(c, dbeta / count), b = counted(c, dgamma / count);
    const double g = counted(c, gamma / s);
    for (size_t n = 0; n < N; n++) {
        const double rest = counted(c, counted(c, (double)dy[n] - a) - counted(c, dx[n] * b));
        dx[n] = counted(c, g * rest);
    }
}

/* The operations for one channel of N samples, which are those of the engine's result. */
static double operations_of_channel(struct replica *r, size_t N)
{
    struct counter counter = {0};
    float *x = lab_floats(r, N), *dy = lab_floats(r, N);
    double *y = lab_take(r, N, sizeof *y), *dx = lab_take(r, N, sizeof *dx);
    lab_normal(r, 1, x, N);
    lab_normal(r, 2, dy, N);
    normalize(&counter, N, x, dy, y, dx);
    struct ask *ask = ask_new(r, "batch_normalization");
    ask_floats(ask, "x", 2, (size_t[]){N, 1}, x);
    ask_floats(ask, "dy", 2, (size_t[]){N, 1}, dy);
    ask_run(ask);
    const float *engine_y = ask_output(ask, "y", N), *engine_dx = ask_output(ask, "dx", N);
    for (size_t n = 0; n < N; n++)
        if (fabs(y[n] - (double)engine_y[n]) > 1e-4 || fabs(dx[n] - (double)engine_dx[n]) > 1e-4)
            replica_fail(r, "the counted normalization is not the engine's at sample %zu", n);
    return (double)counter.operations;
}

struct cost {
    double operations, scalars; /* of one step; in memory */
};

/* A step of training with momentum: of each parameter 4 operations, and 3 scalars. */
static struct cost cost_of(struct replica *r, struct network_plan plan, size_t batch,
                           enum network_normalization normalization)
{
    const double N = (double)batch, channel = operations_of_channel(r, batch);
    plan.normalization = normalization;
    plan.start = START_ZERO;
    struct network *net = network_create(r, &plan, batch);
    const double P = (double)network_parameters(net);
    struct cost cost = {.operations = 4 * P,
                        .scalars =
                            (double)net->tape->activations + 3 * P + (double)net->running_count};
    for (size_t l = 0, I = plan.inputs; l < plan.layers; I = plan.units[l++]) {
        const double O = (double)plan.units[l];
        const bool is_hidden = l + 1 < plan.layers;
        const double products = l == 0 ? 2 : 3; /* nobody asks for the gradient of the inputs */
        cost.operations += 2 * products * N * (double)I * O + 2 * N * O; /* and biases */
        if (is_hidden)
            cost.operations += 2 * N * O; /* ReLU */
        if (is_hidden && normalization != NORMALIZATION_NONE)
            cost.operations += channel * O + 6 * O; /* and running statistics */
    }
    network_free(net);
    return cost;
}

/* By which shares a step becomes more expensive. */
static struct cost extra(struct replica *r, const struct network_plan *plan, size_t batch)
{
    const struct cost without = cost_of(r, *plan, batch, NORMALIZATION_NONE);
    const struct cost with = cost_of(r, *plan, batch, NORMALIZATION_BEFORE);
    return (struct cost){with.operations / without.operations - 1,
                         with.scalars / without.scalars - 1};
}

void cost_of_normalization(struct replica *r)
{
    struct network_plan plan = network_plan(INPUTS, 2 + lab_below(r, DRAWS, 0, HIDDEN), 1, OUTPUTS);
    for (size_t l = 0; l + 1 < plan.layers; l++)
        plan.units[l] = (size_t)16 << lab_below(r, DRAWS, 1 + l, 6);
    const struct cost found = extra(r, &plan, (size_t)16 << lab_below(r, DRAWS, 100, 5));
    replica_effect(r, 0, found.operations);
    replica_effect(r, 1, found.scalars);
    for (size_t i = 0; i < r->claim->curve.points; i++) {
        plan = network_plan(INPUTS, PLOT_LAYERS, (size_t)claim_place(r->claim, i), OUTPUTS);
        const struct cost at = extra(r, &plan, PLOT_BATCH);
        replica_point(r, 0, i, at.operations);
        replica_point(r, 1, i, at.scalars);
    }
}
