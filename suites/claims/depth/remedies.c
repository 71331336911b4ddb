// SPDX-License-Identifier: MIT
#include "../lab/fit.h"

#include <math.h>

enum { LAYERS = 50, SHALLOW = 3, WIDTH = 16, TRAIN = 600, VALIDATION = 400 };
enum { BATCH = 32, EPOCHS = 20, ROWS = 200, RECIPES = 6 };

static const double rates[] = {0.001, 0.003, 0.01};

/* 50 layers of sigmoids from uniform weights within +-1 / sqrt(n), with these remedies. */
struct recipe {
    bool is_relu, is_initialized, has_shortcuts, is_normalized;
};

static bool after_epoch(struct fit *fit)
{
    const size_t *arm = fit->plan->context;
    if (*arm < claim_arm_count(fit->net->replica->claim))
        replica_point(fit->net->replica, *arm, fit->epoch - 1, fit->epoch_loss);
    return false;
}

static struct network_plan plan_of(const struct samples *digits, size_t depth,
                                   const struct recipe *recipe)
{
    struct network_plan plan = network_plan(digits->features, depth, WIDTH, digits->classes);
    plan.activation = recipe->is_relu ? ACTIVATION_RELU : ACTIVATION_SIGMOID;
    plan.start = !recipe->is_initialized ? START_UNIFORM
                 : recipe->is_relu       ? START_HE_NORMAL
                                         : START_GLOROT_NORMAL;
    plan.scale = recipe->is_initialized ? 1 : 1 / sqrt((double)WIDTH);
    plan.has_shortcuts = recipe->has_shortcuts;
    plan.normalization = recipe->is_normalized ? NORMALIZATION_BEFORE : NORMALIZATION_NONE;
    return plan;
}

/* Test accuracy with the best rate. The losses of that run, by epoch, are the points of `arm`. */
static double learns(struct replica *r, const struct samples *digits,
                     const struct network_plan *plan, size_t arm)
{
    const size_t used = TRAIN + VALIDATION, count = sizeof rates / sizeof rates[0];
    const struct samples train = samples_part(digits, 0, TRAIN);
    const struct samples validation = samples_part(digits, TRAIN, VALIDATION);
    const struct samples test = samples_part(digits, used, digits->count - used);
    struct fit_plan how = {.optimizer = FIT_ADAM, .batch = BATCH, .epochs = EPOCHS};
    struct network *net = network_create(r, plan, ROWS);
    how.rate = rates[fit_tune(net, &train, &validation, &how, rates, count, NULL)];
    how.after_epoch = after_epoch;
    how.context = &arm;
    network_start(net);
    fit_network(net, &train, &how);
    const double accuracy = network_accuracy(net, &test);
    network_free(net);
    return accuracy;
}

void remedies(struct replica *r)
{
    static const struct recipe recipe[RECIPES] = {
        {false, false, false, false}, {true, false, false, false}, {false, true, false, false},
        {false, false, true, false},  {false, false, false, true}, {true, true, true, true},
    };
    const struct samples digits = samples_digits(r);
    const struct network_plan shallow = plan_of(&digits, SHALLOW, &recipe[RECIPES - 1]);
    const double good = learns(r, &digits, &shallow, RECIPES);
    for (size_t i = 0; i < RECIPES; i++) {
        const struct network_plan plan = plan_of(&digits, LAYERS, &recipe[i]);
        const double accuracy = learns(r, &digits, &plan, i);
        if (i > 0)
            replica_effect(r, i - 1, accuracy - (good - 0.05));
    }
}
