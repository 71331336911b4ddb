// SPDX-License-Identifier: MIT
#include "../lab/fit.h"

#include <math.h>

enum { WIDTH = 16, SAMPLES = 64, STEPS = 100, NEVER = STEPS, DEPTHS = 2, DEEPEST = 8 };

/* The same network in binary64, in plain loops: a (SAMPLES, units) after each layer, d its
 * gradient before the activation. */
struct wide {
    const struct samples *samples;
    size_t layers, units[DEEPEST + 1];
    double *w[DEEPEST], *b[DEEPEST], *a[DEEPEST + 1], *d[DEEPEST + 1];
};

static struct wide copy_network(struct replica *r, struct network *net,
                                const struct samples *samples)
{
    struct wide wide = {.samples = samples, .layers = net->plan.layers};
    wide.units[0] = samples->features;
    for (size_t l = 0; l <= wide.layers; l++) {
        if (l > 0)
            wide.units[l] = net->plan.units[l - 1];
        wide.a[l] = lab_take(r, SAMPLES * wide.units[l], sizeof(double));
        wide.d[l] = lab_take(r, SAMPLES * wide.units[l], sizeof(double));
    }
    for (size_t l = 0; l < wide.layers; l++) {
        const size_t count = wide.units[l] * wide.units[l + 1];
        wide.w[l] = lab_take(r, count, sizeof(double));
        wide.b[l] = lab_take(r, wide.units[l + 1], sizeof(double));
        for (size_t i = 0; i < count; i++)
            wide.w[l][i] = (double)network_parameter(net)[net->weight[l] + i];
    }
    for (size_t i = 0; i < SAMPLES * samples->features; i++)
        wide.a[0][i] = (double)samples->x[i];
    return wide;
}

static void forward_layer(const struct wide *wide, size_t l)
{
    const size_t I = wide->units[l], O = wide->units[l + 1];
    for (size_t n = 0; n < SAMPLES; n++)
        for (size_t o = 0; o < O; o++) {
            double z = wide->b[l][o];
            for (size_t i = 0; i < I; i++)
                z += wide->a[l][n * I + i] * wide->w[l][i * O + o];
            wide->a[l + 1][n * O + o] = l + 1 < wide->layers && z < 0 ? 0 : z;
        }
}

/* The mean of the squared errors, and its gradient. */
static double loss_of(const struct wide *wide)
{
    const size_t L = wide->layers, K = wide->units[L];
    double sum = 0;
    for (size_t n = 0; n < SAMPLES; n++)
        for (size_t k = 0; k < K; k++) {
            const double target = wide->samples->label[n] == (int)k;
            const double error = wide->a[L][n * K + k] - target;
            sum += error * error;
            wide->d[L][n * K + k] = 2 * error / (double)(SAMPLES * K);
        }
    return sum / (double)(SAMPLES * K);
}

/* The gradient of the layer's inputs, then its step. */
static void backward_layer(const struct wide *wide, size_t l, double rate)
{
    const size_t I = wide->units[l], O = wide->units[l + 1];
    for (size_t n = 0; n < SAMPLES; n++)
        for (size_t i = 0; i < I; i++) {
            double sum = 0;
            for (size_t o = 0; o < O; o++)
                sum += wide->d[l + 1][n * O + o] * wide->w[l][i * O + o];
            wide->d[l][n * I + i] = wide->a[l][n * I + i] > 0 ? sum : 0;
        }
    for (size_t n = 0; n < SAMPLES; n++)
        for (size_t o = 0; o < O; o++) {
            const double step = rate * wide->d[l + 1][n * O + o];
            wide->b[l][o] -= step;
            for (size_t i = 0; i < I; i++)
                wide->w[l][i * O + o] -= step * wide->a[l][n * I + i];
        }
}

/* The first step whose loss is no finite number, or NEVER. */
static size_t run_wide(const struct wide *wide, double rate)
{
    for (size_t step = 0; step < STEPS; step++) {
        for (size_t l = 0; l < wide->layers; l++)
            forward_layer(wide, l);
        if (!isfinite(loss_of(wide)))
            return step;
        for (size_t l = wide->layers; l-- > 0;)
            backward_layer(wide, l, rate);
    }
    return NEVER;
}

struct watch {
    size_t first;    /* step whose loss is no finite number, or NEVER */
    bool comes_back; /* a later one is */
};

static bool after_step(struct fit *fit)
{
    struct watch *watch = fit->plan->context;
    if (isfinite(fit->loss))
        watch->comes_back |= watch->first != NEVER;
    else if (watch->first == NEVER)
        watch->first = fit->step - 1;
    return false;
}

static struct watch run_narrow(struct network *net, const struct samples *samples, double rate)
{
    struct watch watch = {.first = NEVER};
    const struct fit_plan how = {.rate = rate,
                                 .epochs = STEPS,
                                 .order = FIT_IN_ORDER,
                                 .keep_going = true,
                                 .after_step = after_step,
                                 .context = &watch};
    fit_network(net, samples, &how);
    return watch;
}

/* The three answers, about the lowest rate that overflows. */
static void overflows(struct replica *r, const struct samples *samples, size_t depth, size_t arm,
                      bool answer[3])
{
    const struct claim_curve *curve = &r->claim->curve;
    struct network_plan plan = network_plan(samples->features, depth, WIDTH, samples->classes);
    plan.loss = LOSS_SQUARED_ERROR;
    struct network *net = network_create(r, &plan, SAMPLES);
    for (size_t i = 0; i < curve->points; i++) {
        network_start(net);
        const struct wide wide = copy_network(r, net, samples);
        const struct watch narrow = run_narrow(net, samples, curve->at[i]);
        const size_t later = run_wide(&wide, curve->at[i]);
        replica_point(r, arm, i, (double)narrow.first);
        replica_point(r, arm + 1, i, (double)later);
        if (narrow.first == NEVER || answer[0])
            continue;
        answer[0] = true;
        answer[1] = later > narrow.first;
        answer[2] = !narrow.comes_back;
    }
    network_free(net);
}

void overflow(struct replica *r)
{
    static const size_t depths[DEPTHS] = {4, DEEPEST};
    const struct samples digits = samples_digits(r);
    const struct samples samples = samples_part(&digits, 0, SAMPLES);
    for (size_t d = 0; d < DEPTHS; d++) {
        bool answer[3] = {false, false, false};
        overflows(r, &samples, depths[d], 2 * d, answer);
        for (size_t part = 0; part < 3; part++)
            replica_effect(r, 3 * d + part, answer[part]);
    }
}
