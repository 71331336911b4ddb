// SPDX-License-Identifier: MIT
#include "../lab/ask.h"
#include "../lab/fit.h"

#include <math.h>

enum { TRAIN = 3200, VALIDATION = 800, TEST = 1000, FEATURES = 30, INFORMATIVE = 10 };
enum { BATCH = 32, EPOCHS = 100, EVERY = 2, PATIENCE = 10 };
enum { INPUTS = 1, COEFFICIENTS, NOISE }; /* streams */

/* Linear in the first features, with coefficients uniform in [0, 100), noise of deviation 10. */
static struct samples linear(struct replica *r)
{
    struct samples samples = samples_new(r, TRAIN + VALIDATION + TEST, FEATURES, 0, 1);
    lab_normal(r, INPUTS, samples.x, samples.count * FEATURES);
    lab_normal(r, NOISE, samples.target, samples.count);
    for (size_t n = 0; n < samples.count; n++) {
        double y = 10 * (double)samples.target[n];
        for (size_t i = 0; i < INFORMATIVE; i++)
            y += 100 * lab_uniform(r, COEFFICIENTS, i) * (double)samples.x[n * FEATURES + i];
        samples.target[n] = (float)y;
    }
    return samples;
}

struct course {
    bool reduces;
    size_t arm;
    double rate, best; /* the rate now; the best validation loss */
    float metric[EPOCHS];
};

static double rate_at(const struct fit *fit)
{
    return ((const struct course *)fit->plan->context)->rate;
}

static bool after_epoch(struct fit *fit)
{
    struct course *course = fit->plan->context;
    struct replica *r = fit->net->replica;
    course->metric[fit->epoch - 1] = (float)network_loss(fit->net, fit->plan->validation);
    for (size_t e = fit->epoch; e <= EPOCHS; e++) /* and if it stops, so it stays */
        if (e % EVERY == 0)
            replica_point(r, course->arm, e / EVERY - 1, fit->best_validation);
    if (!course->reduces)
        return false;
    struct ask *ask = ask_new(r, "reduce_on_plateau");
    ask_floats(ask, "metric", 1, (size_t[]){fit->epoch}, course->metric);
    ask_number(ask, "rate", fit->plan->rate);
    ask_number(ask, "factor", 0.2);
    ask_number(ask, "patience", 5);
    ask_number(ask, "minimum", 1e-6);
    ask_number(ask, "min_delta", 1e-4);
    ask_run(ask);
    course->rate = (double)ask_output(ask, "rate", fit->epoch)[fit->epoch - 1];
    return false;
}

struct losses {
    double validation, test;
};

static struct losses learns(struct replica *r, const struct split *split, bool reduces)
{
    struct network_plan plan = network_plan(FEATURES, 3, 64, 1);
    plan.units[1] = 32;
    plan.start = START_GLOROT_UNIFORM;
    plan.loss = LOSS_SQUARED_ERROR;
    struct course course = {.reduces = reduces, .arm = reduces, .rate = 0.001};
    const struct fit_plan how = {.optimizer = FIT_ADAM,
                                 .rate = course.rate,
                                 .batch = BATCH,
                                 .epochs = EPOCHS,
                                 .validation = &split->validation,
                                 .patience = PATIENCE,
                                 .restore = true,
                                 .rate_at = rate_at,
                                 .after_epoch = after_epoch,
                                 .context = &course};
    struct network *net = network_create(r, &plan, 256);
    const struct fit fit = fit_network(net, &split->train, &how);
    const struct losses found = {fit.best_validation, network_loss(net, &split->test)};
    network_free(net);
    return found;
}

void plateau_reduction(struct replica *r)
{
    const struct samples all = linear(r);
    struct split split = samples_split(&all, TRAIN, VALIDATION);
    samples_standardize(&split.train,
                        (struct samples *const[]){&split.validation, &split.test, NULL});
    const struct losses without = learns(r, &split, false), with = learns(r, &split, true);
    replica_effect(r, 0, 1 - with.validation / without.validation);
    replica_effect(r, 1, 1 - with.test / without.test);
}
