// SPDX-License-Identifier: MIT
#include "../lab/fit.h"

#include <math.h>

enum { DEEP = 50, SHALLOW = 3, WIDTH = 16, TRAIN = 600, VALIDATION = 400 };
enum { BATCH = 32, EPOCHS = 20, ROWS = 200 };

static const double rates[] = {0.0001, 0.0004, 0.0015, 0.006, 0.025, 0.1};

/* What is done against vanishing gradients; the places of the plot. */
enum { NOTHING, RELU, SHORTCUTS, NORMALIZATION, ALL_FOUR, TANH, TANH_GLOROT, RECIPES };

static const struct recipe {
    enum network_activation activation;
    bool is_initialized, has_shortcuts, is_normalized;
} recipes[RECIPES] = {
    [NOTHING] = {ACTIVATION_SIGMOID, false, false, false},
    [RELU] = {ACTIVATION_RELU, false, false, false},
    [SHORTCUTS] = {ACTIVATION_SIGMOID, false, true, false},
    [NORMALIZATION] = {ACTIVATION_SIGMOID, false, false, true},
    [ALL_FOUR] = {ACTIVATION_RELU, true, true, true},
    [TANH] = {ACTIVATION_TANH, false, false, false},
    [TANH_GLOROT] = {ACTIVATION_TANH, true, false, false},
};

static struct network_plan plan_of(const struct samples *digits, size_t depth,
                                   const struct recipe *recipe)
{
    struct network_plan plan = network_plan(digits->features, depth, WIDTH, digits->classes);
    plan.activation = recipe->activation;
    plan.start = !recipe->is_initialized                 ? START_UNIFORM
                 : recipe->activation == ACTIVATION_RELU ? START_HE_NORMAL
                                                         : START_GLOROT_NORMAL;
    plan.scale = recipe->is_initialized ? 1 : 1 / sqrt((double)WIDTH);
    plan.has_shortcuts = recipe->has_shortcuts;
    plan.normalization = recipe->is_normalized ? NORMALIZATION_BEFORE : NORMALIZATION_NONE;
    return plan;
}

/* Test accuracy with the best rate. */
static double learns(struct replica *r, const struct samples *digits,
                     const struct network_plan *plan)
{
    const size_t used = TRAIN + VALIDATION, count = sizeof rates / sizeof rates[0];
    const struct samples train = samples_part(digits, 0, TRAIN);
    const struct samples validation = samples_part(digits, TRAIN, VALIDATION);
    const struct samples test = samples_part(digits, used, digits->count - used);
    const struct fit_plan how = {.optimizer = FIT_ADAM, .batch = BATCH, .epochs = EPOCHS};
    struct network *net = network_create(r, plan, ROWS);
    fit_tune(net, &train, &validation, &how, rates, count, NULL);
    const double accuracy = network_accuracy(net, &test);
    network_free(net);
    return accuracy;
}

void remedies(struct replica *r)
{
    const struct samples digits = samples_digits(r);
    const struct network_plan shallow = plan_of(&digits, SHALLOW, &recipes[ALL_FOUR]);
    const double good = learns(r, &digits, &shallow), enough = good - 0.05;
    double found[RECIPES];
    for (size_t i = 0; i < RECIPES; i++) {
        const struct network_plan plan = plan_of(&digits, DEEP, &recipes[i]);
        found[i] = learns(r, &digits, &plan);
        replica_point(r, 0, i, found[i]);
    }
    replica_point(r, 0, RECIPES, good);
    replica_effect(r, 0, found[RELU] - enough);
    replica_effect(r, 1, found[TANH_GLOROT] - enough);
    replica_effect(r, 2, found[SHORTCUTS] - enough);
    replica_effect(r, 3, found[NORMALIZATION] - found[NOTHING]);
    replica_effect(r, 4, found[ALL_FOUR] - enough);
}
