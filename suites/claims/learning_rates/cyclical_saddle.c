// SPDX-License-Identifier: MIT
#include "../lab/ask.h"
#include "../lab/fit.h"

#include <math.h>
#include <string.h>

enum { TRAIN = 200, STEPS = 600, UP = 20, RATES = 6, TOY_STEPS = 6000, EVERY = 20, POINTS = 30 };
enum { TOY = 1 }; /* stream */
enum arm { FIXED, CYCLICAL };

static const double rates[RATES] = {0.8, 0.4, 1.6, 0.2, 3.2, 0.1};
static const double lowest = 0.1;                /* of a cycle's rates, over the highest */
static const double reached = 0.5 * 2.302585093; /* half the loss of guessing among ten */

/* The rate of each step over the highest one, by cycles of UP steps up and UP down. */
static const float *cycles(struct replica *r, size_t steps)
{
    struct ask *ask = ask_new(r, "cyclical_learning_rate");
    ask_number(ask, "steps", (double)steps);
    ask_number(ask, "base", lowest);
    ask_number(ask, "maximum", 1);
    ask_number(ask, "up", UP);
    ask_run(ask);
    return ask_output(ask, "rate", steps);
}

/* Steps of gradient descent on (x^2 - y^2) / 2 until |y| is above 1. */
static double toy(const double *start, double rate, const float *relative)
{
    double x = start[0], y = start[1];
    size_t step = 0;
    while (fabs(y) <= 1 && step < TOY_STEPS) {
        const double now = relative == NULL ? rate : rate * (double)relative[step];
        x -= now * x;
        y += now * y;
        step++;
    }
    return (double)step;
}

/* The same mean rate in both arms, and random starts near the ridge. */
static double toy_saves(struct replica *r)
{
    const float *relative = cycles(r, TOY_STEPS);
    const double mean_rate = 0.02 + 0.2 * lab_uniform(r, TOY, 0), mean = (1 + lowest) / 2;
    const double start[] = {lab_uniform(r, TOY, 1), 1e-6 * (1 + lab_uniform(r, TOY, 2))};
    return 1 - toy(start, mean_rate / mean, relative) / toy(start, mean_rate, NULL);
}

struct course {
    const float *relative; /* or NULL */
    float loss[STEPS + 1];
};

static double rate_at(const struct fit *fit)
{
    struct course *course = fit->plan->context;
    course->loss[fit->step] = (float)fit->loss; /* of all samples, before the step */
    return fit->plan->rate * (course->relative == NULL ? 1 : (double)course->relative[fit->step]);
}

static bool after_step(struct fit *fit)
{
    return fit->loss <= reached;
}

/* The fewest steps in which a network that starts near zero, a saddle, halves its loss. */
static double leaves(struct replica *r, const struct samples *train, enum arm arm)
{
    struct network_plan plan = network_plan(train->features, 3, 32, train->classes);
    plan.activation = ACTIVATION_TANH;
    plan.start = START_GLOROT_NORMAL;
    plan.scale = 0.1;
    struct network *net = network_create(r, &plan, TRAIN);
    struct course course = {.relative = arm == CYCLICAL ? cycles(r, STEPS) : NULL};
    struct course best = {.relative = NULL};
    struct fit_plan how = {.epochs = STEPS,
                           .steps = STEPS,
                           .rate_at = rate_at,
                           .after_step = after_step,
                           .context = &course};
    bool has_found = false;
    for (size_t i = 0; i < RATES; i++) {
        how.rate = rates[i];
        network_start(net);
        const struct fit fit = fit_network(net, train, &how);
        if (fit.has_diverged || fit.loss > reached || (has_found && fit.step >= how.steps))
            continue;
        has_found = true;
        how.steps = fit.step; /* no other rate needs to go further */
        for (size_t step = fit.step; step <= STEPS; step++)
            course.loss[step] = (float)fit.loss;
        best = course;
    }
    if (!has_found)
        replica_fail(r, "no rate leaves the saddle in %d steps", STEPS);
    for (size_t i = 0; i < POINTS; i++)
        replica_point(r, arm, i, (double)best.loss[i * EVERY]);
    network_free(net);
    return (double)how.steps;
}

void cyclical_saddle(struct replica *r)
{
    const struct samples digits = samples_digits(r);
    const struct samples train = samples_part(&digits, 0, TRAIN);
    const double fixed = leaves(r, &train, FIXED);
    replica_effect(r, 0, toy_saves(r));
    replica_effect(r, 1, 1 - leaves(r, &train, CYCLICAL) / fixed);
}
