// SPDX-License-Identifier: MIT
#include "../lab/ask.h"
#include "../lab/tasks.h"
#include "toy_saddle.h"

#include <math.h>
#include <string.h>

enum {
    FIXED = 24,
    CYCLES = 8,
    UPS = 3,
    UP = 20,
    MEANS = 10,
    RATES = 9,
    NETWORK_LIMIT = 3000,
    EPOCHS = 20,
};

static const double top[CYCLES] = {0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4};
static const size_t up[UPS] = {5, 20, 80};
static const double mean_rate[MEANS] = {0.1, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.25};
static const double rate[RATES] = {0.3, 0.56, 0.18, 1, 0.1, 1.8, 0.056, 3.2, 0.03};

/* share (steps): the cyclical rate over its mean, from 2/5 to 8/5 and down again in `rise` steps. */
static float *cycle(struct replica *r, size_t steps, size_t rise)
{
    struct ask *ask = ask_new(r, "cyclical_learning_rate");
    ask_number(ask, "steps", (double)steps);
    ask_number(ask, "base", 0.4);
    ask_number(ask, "maximum", 1.6);
    ask_number(ask, "up", (double)rise);
    ask_run(ask);
    float *share = lab_floats(r, steps);
    memcpy(share, ask_output(ask, "rate", steps), steps * sizeof *share);
    return share;
}

static double best_fixed(struct replica *r, const struct toy_saddle *saddle)
{
    double best = TOY_LIMIT;
    for (size_t i = 1; i <= FIXED; i++)
        best = fmin(best, toy_saddle_steps(r, saddle, 0.1 * (double)i, NULL));
    return best;
}

static double best_cyclical(struct replica *r, const struct toy_saddle *saddle)
{
    double best = TOY_LIMIT;
    for (size_t u = 0; u < UPS; u++) {
        float *share = cycle(r, TOY_LIMIT, up[u]);
        for (size_t t = 0; t < CYCLES; t++)
            best = fmin(best, toy_saddle_steps(r, saddle, top[t] / 1.6, share));
    }
    return best;
}

/* How many steps a saddle takes. */
static void leave_saddle(struct replica *r)
{
    const struct toy_saddle saddle = toy_saddle_random(r);
    float *share = cycle(r, TOY_LIMIT, UP);
    replica_effect(r, 0, lab_log10(r, best_fixed(r, &saddle) / best_cyclical(r, &saddle)));
    for (size_t m = 0; m < MEANS; m++) {
        const double fixed = toy_saddle_steps(r, &saddle, mean_rate[m], NULL);
        const double cyclical = toy_saddle_steps(r, &saddle, mean_rate[m], share);
        const double lower = toy_saddle_steps(r, &saddle, 0.4 * mean_rate[m], NULL);
        const double steps[3] = {fixed, cyclical, lower};
        for (size_t arm = 0; arm < 3; arm++)
            if (steps[arm] < TOY_LIMIT)
                replica_point(r, arm, m, steps[arm]);
    }
}

static double rate_in_cycle(const struct fit *fit)
{
    const float *share = fit->plan->context;
    return fit->plan->rate * (double)share[fit->step];
}

/* Steps that a network needs to leave the saddle at zero weights. */
static double network_leaves(struct replica *r, bool is_cyclical)
{
    struct task task = task_create(r, TASK_DIGITS);
    task.network = network_plan(task.train.features, 3, 32, task.train.classes);
    task.network.activation = ACTIVATION_TANH;
    task.network.start = START_GLOROT_NORMAL;
    task.network.scale = 0.01;
    task.target = 2; /* at zeros it is ln 10 = 2.30 */
    const struct race race = {.task = &task,
                              .plan = {.optimizer = FIT_GRADIENT_DESCENT, .batch = 16},
                              .share = is_cyclical ? cycle(r, NETWORK_LIMIT, UP) : NULL,
                              .every = 5,
                              .limit = NETWORK_LIMIT};
    return (double)race_tuned(r, &race, rate, RATES, NULL, 0, NULL);
}

/* Loss on new digits with the rate whose loss on validation digits is lowest. */
static double final_loss(struct replica *r, bool is_cyclical)
{
    const struct task task = task_create(r, TASK_DIGITS);
    const size_t batch = 16, steps = EPOCHS * ((task.train.count + batch - 1) / batch);
    float *share = cycle(r, steps, steps / EPOCHS * 2);
    struct network *net = network_create(r, &task.network, 256);
    double best = INFINITY, loss = INFINITY;
    for (size_t i = 0; i < RATES; i++) {
        const struct fit_plan plan = {.optimizer = FIT_GRADIENT_DESCENT,
                                      .rate = rate[i],
                                      .batch = batch,
                                      .epochs = EPOCHS,
                                      .rate_at = is_cyclical ? rate_in_cycle : NULL,
                                      .context = share};
        network_start(net);
        const struct fit fit = fit_network(net, &task.train, &plan);
        const double now = fit.has_diverged ? INFINITY : network_loss(net, &task.validation);
        if (now < best) {
            best = now;
            loss = network_loss(net, &task.test);
        }
    }
    network_free(net);
    return loss;
}

void cyclical_rates_at_saddles(struct replica *r)
{
    leave_saddle(r);
    replica_effect(r, 1, lab_log10(r, network_leaves(r, false) / network_leaves(r, true)));
    replica_effect(r, 2, lab_log10(r, final_loss(r, false) / final_loss(r, true)));
}
