// SPDX-License-Identifier: MIT
#include "../lab/ask.h"
#include "../lab/trial.h"

#include <math.h>

enum { WIDTHS = 8, FUNCTIONS = 4, TRAIN = 512, GRID = 1025, RATES = 3 };
enum function { SINE, ABSOLUTE, STEP, RECIPROCAL };

static const double pi = 3.14159265358979323846, tolerance = 0.1;
static const size_t width[WIDTHS] = {2, 4, 8, 16, 32, 64, 128, 256};
static const double rates[RATES] = {0.002, 0.006, 0.02};

static double value(const struct replica *r, enum function f, double x)
{
    switch (f) {
    case SINE:
        return lab_sin(r, pi * x);
    case ABSOLUTE:
        return fabs(x);
    case STEP:
        return x >= 0 ? 1 : 0;
    case RECIPROCAL:
        return 1 / x;
    }
    return 0;
}

/* Where sample n of `count` is: even in [-1, 1], or in (0, 1] for 1/x; `at` in (0, 1] is its place
 * within its cell. */
static double place(enum function f, size_t n, size_t count, double at)
{
    const double u = ((double)n + at) / (double)count;
    return f == RECIPROCAL ? u : 2 * u - 1;
}

static struct samples samples_of(struct replica *r, enum function f, bool is_train)
{
    const size_t count = is_train ? TRAIN : GRID;
    struct samples samples = samples_new(r, count, 1, 0, 1);
    for (size_t n = 0; n < count; n++) {
        const double at = is_train ? 1 - lab_uniform(r, (uint64_t)f, n) : 1;
        samples.x[n] = (float)place(f, n, count, at);
        if (!is_train && n + 1 == GRID && f == STEP)
            samples.x[n] = -0x1p-20f; /* as near as it matters; 0 stands before it */
        if (!is_train && n + 2 == GRID && f == STEP)
            samples.x[n] = 0;
        samples.target[n] = (float)value(r, f, (double)samples.x[n]);
    }
    return samples;
}

static double largest_error(struct replica *r, struct network *net, const struct samples *grid)
{
    float *y = lab_floats(r, grid->count);
    double largest = 0;
    network_outputs(net, grid, y);
    for (size_t n = 0; n < grid->count; n++) {
        const double error = fabs((double)y[n] - (double)grid->target[n]);
        largest = isfinite(error) && error <= largest ? largest : error;
    }
    return largest;
}

/* Hidden units whose kinks are spread over the interval: w = +-1, b = -w t, where t is even. */
static void spread_kinks(struct network *net, enum function f)
{
    float *w = network_parameter(net) + net->weight[0], *b = network_parameter(net) + net->bias[0];
    const size_t units = net->plan.units[0];
    for (size_t k = 0; k < units; k++) {
        const double t = place(f, 0, 1, lab_uniform(net->replica, 10 + (uint64_t)f, k));
        w[k] = k % 2 == 0 ? 1 : -1;
        b[k] = -w[k] * (float)t;
    }
}

/* From the start down to nothing. */
static double falling(const struct fit *fit)
{
    const double last = (double)(fit->plan->epochs * (TRAIN / fit->plan->batch));
    return fit->plan->rate * (1 - (double)fit->step / last);
}

/* Largest error of a network that was trained with the rate whose training error is smallest. */
static double trained(struct replica *r, enum function f, size_t hidden,
                      const struct samples *train, const struct samples *grid)
{
    struct network_plan plan = network_plan(1, 2, hidden, 1);
    plan.loss = LOSS_SQUARED_ERROR;
    struct fit_plan how = {
        .optimizer = FIT_ADAM, .batch = 32, .epochs = 80, .rate_at = falling, .keep_going = true};
    struct network *net = network_create(r, &plan, 256);
    double least = INFINITY, error = INFINITY;
    for (size_t i = 0; i < RATES; i++) {
        how.rate = rates[i];
        network_start(net);
        spread_kinks(net, f);
        fit_network(net, train, &how);
        const double loss = network_loss(net, train);
        if (loss < least) {
            least = loss;
            error = largest_error(r, net, grid);
        }
    }
    network_free(net);
    return error;
}

/* Largest error of the network that is built to meet sin x, or |x|, at even knots. */
static double built(struct replica *r, const char *target, double from, double to, size_t hidden)
{
    float *knots = lab_floats(r, hidden + 1), *x = lab_floats(r, GRID);
    for (size_t k = 0; k <= hidden; k++)
        knots[k] = (float)(from + (to - from) * (double)k / (double)hidden);
    for (size_t n = 0; n < GRID; n++)
        x[n] = (float)(from + (to - from) * (double)n / (GRID - 1));
    struct ask *ask = ask_new(r, "universal_approximation");
    ask_choice(ask, "target", target);
    ask_floats(ask, "knots", 1, (size_t[]){hidden + 1}, knots);
    ask_floats(ask, "x", 1, (size_t[]){GRID}, x);
    ask_run(ask);
    return (double)*ask_output(ask, "sup", 1);
}

void any_function(struct replica *r)
{
    for (size_t k = 0; k < FUNCTIONS; k++) {
        const enum function f = (enum function)k;
        const struct samples train = samples_of(r, f, true), grid = samples_of(r, f, false);
        double error = 0;
        for (size_t i = 0; i < WIDTHS; i++) {
            error = trained(r, f, width[i], &train, &grid);
            replica_point(r, k, i, error);
        }
        replica_effect(r, k, tolerance - error);
    }
    for (size_t i = 0; i < WIDTHS; i++)
        replica_point(r, FUNCTIONS, i, built(r, "sine", -pi, pi, width[i]));
}
