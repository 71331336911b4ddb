// SPDX-License-Identifier: MIT
#include "../lab/fit.h"
#include "../lab/split.h"

enum { WIDTH = 32, BATCH = 32, TRAIN = 800, LIMIT = 300, EVERY = 5, RATES = 6, TASKS = 4 };

static const double digits_target = 0.93, moons_target = 0.95;

struct problem {
    struct split split;
    size_t layers;
    enum network_activation activation;
    double target; /* accuracy */
};

/* The first step after which each set is classified well enough; 0: not yet. */
struct watch {
    const struct problem *problem;
    size_t on_validation, on_test;
};

static void look(struct fit *fit, const struct samples *samples, double target, size_t *step)
{
    if (*step == 0 && network_accuracy(fit->net, samples) >= target)
        *step = fit->step;
}

static bool after_step(struct fit *fit)
{
    struct watch *watch = fit->plan->context;
    const struct problem *problem = watch->problem;
    if (fit->step % EVERY == 0) {
        look(fit, &problem->split.validation, problem->target, &watch->on_validation);
        look(fit, &problem->split.test, problem->target, &watch->on_test);
    }
    return watch->on_validation > 0 && watch->on_test > 0;
}

static size_t or_limit(size_t step)
{
    return step > 0 ? step : LIMIT;
}

/* Steps to the target on the test samples, at the rate that needs the fewest on the validation
 * samples. */
static double steps(struct replica *r, const struct problem *problem, bool is_normalized,
                    size_t arm)
{
    const struct samples *train = &problem->split.train;
    struct network_plan plan =
        network_plan(train->features, problem->layers, WIDTH, train->classes);
    plan.activation = problem->activation;
    plan.start = plan.activation == ACTIVATION_RELU ? START_HE_NORMAL : START_GLOROT_NORMAL;
    plan.normalization = is_normalized ? NORMALIZATION_BEFORE : NORMALIZATION_NONE;
    struct network *net = network_create(r, &plan, 256);
    size_t fewest = LIMIT + 1, found = LIMIT;
    for (size_t i = 0; i < RATES; i++) {
        struct watch watch = {.problem = problem};
        const struct fit_plan how = {.optimizer = FIT_MOMENTUM,
                                     .rate = r->claim->curve.at[i],
                                     .batch = BATCH,
                                     .epochs = LIMIT,
                                     .steps = LIMIT,
                                     .after_step = after_step,
                                     .context = &watch};
        network_start(net);
        fit_network(net, train, &how);
        if (arm < CLAIM_ARMS)
            replica_point(r, arm, i, (double)or_limit(watch.on_test));
        if (or_limit(watch.on_validation) < fewest) {
            fewest = or_limit(watch.on_validation);
            found = or_limit(watch.on_test);
        }
    }
    network_free(net);
    return (double)found;
}

void normalized_steps(struct replica *r)
{
    const struct split digits = split_digits(r, TRAIN, 0), moons = split_moons(r, TRAIN, 0.15, 0);
    const struct problem problem[TASKS] = {{digits, 3, ACTIVATION_RELU, digits_target},
                                           {digits, 8, ACTIVATION_RELU, digits_target},
                                           {digits, 8, ACTIVATION_SIGMOID, digits_target},
                                           {moons, 4, ACTIVATION_RELU, moons_target}};
    for (size_t i = 0; i < TASKS; i++) {
        const double without = steps(r, &problem[i], false, 2 * i);
        const double with = steps(r, &problem[i], true, 2 * i + 1);
        replica_effect(r, i, 1 - with / without);
    }
}
