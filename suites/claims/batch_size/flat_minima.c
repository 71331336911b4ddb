// SPDX-License-Identifier: MIT
#include "../lab/ask.h"
#include "../lab/fit.h"

enum { TRAIN = 400, HIDDEN = 16, SIZES = 4, RATES = 4, EPOCHS = 3000, EVERY = 100, STEPS = 60 };
enum { DIRECTION = 1 }; /* stream */

static const size_t sizes[SIZES] = {4, 16, 64, TRAIN};
static const double rates[RATES] = {0.025, 0.05, 0.1, 0.2};
static const size_t same = 0; /* the rate of all batch sizes in the first part */
static const double target = 0.2;

struct search {
    const struct samples *train;
    size_t every; /* steps between looks: EVERY samples, or one step */
    bool has_arrived;
};

static bool after_step(struct fit *fit)
{
    struct search *search = fit->plan->context;
    if (fit->step % search->every == 0)
        search->has_arrived = network_loss(fit->net, search->train) <= target;
    return search->has_arrived;
}

/* Digits 0 to 9 as -1 (even) and 1 (odd). */
static struct samples parity(struct replica *r)
{
    const struct samples digits = samples_digits(r);
    struct samples samples = samples_new(r, TRAIN, digits.features, 0, 1);
    samples.x = digits.x;
    for (size_t n = 0; n < TRAIN; n++)
        samples.target[n] = digits.label[n] % 2 == 0 ? -1 : 1;
    return samples;
}

/* The largest eigenvalue of the Hessian of the loss of all samples. */
static double sharpness(struct network *net, const struct samples *train)
{
    struct replica *r = net->replica;
    const size_t P = network_parameters(net), D = train->features;
    float *start = lab_floats(r, P), *w = network_parameter(net);
    lab_normal(r, DIRECTION, start, P);
    struct ask *ask = ask_new(r, "sharpness");
    ask_choice(ask, "model", "network");
    ask_number(ask, "steps", STEPS);
    ask_number(ask, "shift", 1);
    ask_floats(ask, "x", 2, (size_t[]){TRAIN, D}, train->x);
    ask_floats(ask, "t", 1, (size_t[]){TRAIN}, train->target);
    ask_floats(ask, "w1", 2, (size_t[]){D, HIDDEN}, w + net->weight[0]);
    ask_floats(ask, "b1", 1, (size_t[]){HIDDEN}, w + net->bias[0]);
    ask_floats(ask, "w2", 1, (size_t[]){HIDDEN}, w + net->weight[1]);
    ask_floats(ask, "b2", 0, NULL, w + net->bias[1]);
    ask_floats(ask, "start", 1, (size_t[]){P}, start);
    ask_run(ask);
    return (double)ask_output(ask, "eigenvalue", STEPS)[STEPS - 1];
}

/* Trains to the target; returns the steps that it took, or SIZE_MAX if it did not get there. */
static size_t learns(struct network *net, const struct samples *train, size_t batch, double rate)
{
    struct search search = {.train = train, .every = batch < EVERY ? EVERY / batch : 1};
    const struct fit_plan plan = {.rate = rate,
                                  .batch = batch,
                                  .epochs = EPOCHS,
                                  .after_step = after_step,
                                  .context = &search};
    network_start(net);
    const struct fit fit = fit_network(net, train, &plan);
    return search.has_arrived ? fit.step : SIZE_MAX;
}

/* The sharpness where each batch size arrives: at the same rate, and at its fastest one. */
static void arrive(struct network *net, const struct samples *train, size_t i, double found[2])
{
    size_t fewest = SIZE_MAX;
    for (size_t k = 0; k < RATES; k++) {
        const size_t steps = learns(net, train, sizes[i], rates[k]);
        const bool is_fastest = steps < fewest;
        if (steps == SIZE_MAX && k == same)
            replica_fail(net->replica, "batches of %zu do not reach the loss", sizes[i]);
        if (!is_fastest && k != same)
            continue;
        const double sharp = sharpness(net, train);
        found[0] = k == same ? sharp : found[0];
        found[1] = is_fastest ? sharp : found[1];
        fewest = is_fastest ? steps : fewest;
    }
}

void flat_minima(struct replica *r)
{
    const struct samples train = parity(r);
    struct network_plan plan = network_plan(train.features, 2, HIDDEN, 1);
    plan.activation = ACTIVATION_TANH;
    plan.start = START_GLOROT_NORMAL;
    plan.loss = LOSS_SQUARED_ERROR;
    struct network *net = network_create(r, &plan, TRAIN);
    double found[SIZES][2] = {{0}};
    for (size_t i = 0; i < SIZES; i++) {
        arrive(net, &train, i, found[i]);
        for (size_t part = 0; part < 2; part++)
            replica_point(r, part, i, found[i][part]);
    }
    for (size_t part = 0; part < 2; part++)
        replica_effect(r, part, lab_log10(r, found[SIZES - 1][part] / found[0][part]));
    network_free(net);
}
