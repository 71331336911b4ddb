// SPDX-License-Identifier: MIT
#include "../lab/ask.h"
#include "../lab/fit.h"

enum { EPOCHS = 48, BATCH = 32, RATES = 8, VALIDATION = 300, STREAM = 1 };
enum arm { FIXED, STEP, EXPONENTIAL, CYCLICAL, PLATEAU, ARMS };

static const double rates[RATES] = {0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28};

struct course {
    enum arm arm;
    const struct samples *validation;
    float relative[EPOCHS + 1]; /* the rate of each epoch, over that of the grid */
    float metric[EPOCHS];
};

/* The rates of all epochs by one of the schedules that are known beforehand. */
static void plan_rates(struct replica *r, struct course *course)
{
    static const char *const names[ARMS] = {[STEP] = "step_decay",
                                            [EXPONENTIAL] = "exponential_decay",
                                            [CYCLICAL] = "cyclical_learning_rate"};
    for (size_t e = 0; e < EPOCHS; e++)
        course->relative[e] = 1;
    if (names[course->arm] == NULL)
        return;
    struct ask *ask = ask_new(r, names[course->arm]);
    ask_number(ask, "steps", EPOCHS);
    if (course->arm == CYCLICAL) {
        ask_number(ask, "base", 0.1);
        ask_number(ask, "maximum", 1);
        ask_number(ask, "up", (double)EPOCHS / 6); /* three cycles */
    } else {
        ask_number(ask, "rate", 1);
    }
    if (course->arm == STEP) {
        ask_number(ask, "factor", 0.1);
        ask_number(ask, "every", (double)EPOCHS / 3);
    } else if (course->arm == EXPONENTIAL) {
        ask_number(ask, "decay", 4.6 / EPOCHS); /* to a hundredth */
    }
    ask_run(ask);
    const float *rate = ask_output(ask, "rate", EPOCHS);
    for (size_t e = 0; e < EPOCHS; e++)
        course->relative[e] = rate[e];
}

static double rate_at(const struct fit *fit)
{
    const struct course *course = fit->plan->context;
    return fit->plan->rate * (double)course->relative[fit->epoch];
}

/* Reduction on a plateau judges each epoch by its validation loss. */
static bool after_epoch(struct fit *fit)
{
    struct course *course = fit->plan->context;
    if (course->arm != PLATEAU)
        return false;
    course->metric[fit->epoch - 1] = (float)network_loss(fit->net, course->validation);
    struct ask *ask = ask_new(fit->net->replica, "reduce_on_plateau");
    ask_floats(ask, "metric", 1, (size_t[]){fit->epoch}, course->metric);
    ask_number(ask, "rate", 1);
    ask_number(ask, "factor", 0.2);
    ask_number(ask, "patience", 5);
    ask_run(ask);
    course->relative[fit->epoch] = ask_output(ask, "rate", fit->epoch)[fit->epoch - 1];
    return false;
}

/* The test loss with the rate of the grid whose validation loss is best at the end. */
static double learns(struct replica *r, const struct network_plan *plan, const struct split *split,
                     enum arm arm)
{
    struct course course = {.arm = arm, .validation = &split->validation};
    const struct fit_plan how = {.batch = BATCH,
                                 .epochs = EPOCHS,
                                 .tune_by_loss = true,
                                 .rate_at = rate_at,
                                 .after_epoch = after_epoch,
                                 .context = &course};
    struct network *net = network_create(r, plan, 256);
    plan_rates(r, &course);
    fit_tune(net, &split->train, &split->validation, &how, rates, RATES, NULL);
    const double loss = network_loss(net, &split->test);
    network_free(net);
    return loss;
}

static void compare(struct replica *r, const struct network_plan *plan, const struct split *split,
                    size_t task)
{
    double loss[ARMS];
    for (size_t arm = 0; arm < ARMS; arm++)
        loss[arm] = learns(r, plan, split, (enum arm)arm);
    for (size_t arm = 0; arm < ARMS; arm++)
        replica_point(r, task, arm, loss[arm] / loss[FIXED]);
    for (size_t arm = STEP; arm < ARMS; arm++)
        replica_effect(r, task * (ARMS - 1) + arm - 1, 1 - loss[arm] / loss[FIXED]);
}

void schedule_or_fixed(struct replica *r)
{
    const struct samples digits = samples_digits(r);
    const struct split images = samples_split(&digits, 800, VALIDATION);
    const struct network_plan classify = network_plan(64, 2, 32, 10);
    const struct samples friedman = samples_friedman(r, STREAM, 400 + VALIDATION + 1000, 1);
    const struct split numbers = samples_split(&friedman, 400, VALIDATION);
    struct network_plan predict = network_plan(10, 3, 32, 1);
    predict.loss = LOSS_SQUARED_ERROR;
    compare(r, &classify, &images, 0);
    compare(r, &predict, &numbers, 1);
}
