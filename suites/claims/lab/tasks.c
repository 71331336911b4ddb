// SPDX-License-Identifier: MIT
#include "tasks.h"

enum {
    STREAM = 40000,
    TRAIN = 240,
    VALIDATION = 400,
    TEST = 1000,
    ALL = TRAIN + VALIDATION + TEST,
    DIGITS_TRAIN = 600,
    DIGITS_VALIDATION = 300,
    WATCHED = 100,
    TUNING_RUNS = 3,
    STARTS = 300,
    ORDERS = 10000, /* from one tuning run to the next, in streams */
};

static void split(struct task *task, const struct samples *all, size_t train, size_t validation)
{
    task->train = samples_part(all, 0, train);
    task->validation = samples_part(all, train, validation);
    task->test = samples_part(all, train + validation, all->count - train - validation);
    task->watched = samples_part(all, 0, WATCHED);
}

/* sin(3 a) + a b, and noise. */
static struct samples surface(struct replica *r, uint64_t stream, size_t count)
{
    struct samples samples = samples_new(r, count, 2, 0, 1);
    lab_normal(r, stream, samples.target, count);
    for (size_t n = 0; n < count; n++) {
        const double a = 2 * lab_uniform(r, stream + 1, 2 * n) - 1;
        const double b = 2 * lab_uniform(r, stream + 1, 2 * n + 1) - 1;
        samples.x[2 * n] = (float)a;
        samples.x[2 * n + 1] = (float)b;
        const double noise = 0.1 * (double)samples.target[n];
        samples.target[n] = (float)(lab_sin(r, 3 * a) + a * b + noise);
    }
    return samples;
}

static struct samples points(struct replica *r, enum task_kind kind, uint64_t stream)
{
    switch (kind) {
    case TASK_MOONS:
        return samples_moons(r, stream, ALL, 0.2);
    case TASK_CIRCLES:
        return samples_circles(r, stream, ALL, 0.5, 0.1);
    case TASK_SPIRALS:
        return samples_spirals(r, stream, ALL, 1.5, 0.02);
    case TASK_BLOBS:
        return samples_blobs(r, stream, ALL, 6, 1, 0.25);
    default:
        return surface(r, stream, ALL);
    }
}

struct task task_create(struct replica *r, enum task_kind kind)
{
    static const char *const name[] = {"digits",  "moons", "circles",
                                       "spirals", "blobs", "regression"};
    static const double target[] = {0.05, 0.1, 0.03, 0.1, 0.2, 0.02};
    struct task task = {.name = name[kind], .target = target[kind]};
    if (kind == TASK_DIGITS) {
        const struct samples all = samples_digits(r);
        split(&task, &all, DIGITS_TRAIN, DIGITS_VALIDATION);
        task.network = network_plan(all.features, 2, 32, all.classes);
        return task;
    }
    const struct samples all = points(r, kind, STREAM + 10 * (uint64_t)kind);
    split(&task, &all, TRAIN, VALIDATION);
    const bool is_regression = kind == TASK_REGRESSION;
    task.network =
        network_plan(2, 3, kind == TASK_SPIRALS ? 32 : 16, is_regression ? 1 : all.classes);
    task.network.loss = is_regression ? LOSS_SQUARED_ERROR : LOSS_CROSS_ENTROPY;
    return task;
}

struct runner {
    const struct race *race;
    bool has_arrived;
};

static double rate_at(const struct fit *fit)
{
    const struct runner *runner = fit->plan->context;
    const float *share = runner->race->share;
    return share != NULL ? fit->plan->rate * (double)share[fit->step] : fit->plan->rate;
}

static bool look(struct fit *fit)
{
    struct runner *runner = fit->plan->context;
    const struct race *race = runner->race;
    if (fit->step % race->every == 0)
        runner->has_arrived = network_loss(fit->net, &race->task->watched) <= race->task->target;
    return runner->has_arrived;
}

size_t race_run(struct network *net, const struct race *race, double rate, double momentum)
{
    struct runner runner = {race, false};
    struct fit_plan plan = race->plan;
    plan.rate = rate;
    plan.momentum = momentum;
    plan.epochs = race->limit; /* more than there can be */
    plan.steps = race->limit;
    plan.rate_at = rate_at;
    plan.after_step = look;
    plan.context = &runner;
    const struct fit fit = fit_network(net, &race->task->train, &plan);
    return runner.has_arrived ? fit.step : race->limit;
}

/* Steps of all tuning runs together; `limit` or more if that many were taken or one has lost. */
static size_t trial(struct replica *r, const struct race *race, size_t limit, double rate,
                    double momentum)
{
    size_t sum = 0;
    for (size_t run = 1; run <= TUNING_RUNS && sum < limit; run++) {
        struct race part = *race;
        struct network_plan plan = race->task->network;
        plan.stream += run * STARTS;
        part.plan.order_stream += run * ORDERS;
        if (part.limit > limit - sum)
            part.limit = limit - sum;
        struct network *net = network_create(r, &plan, WATCHED);
        const size_t steps = race_run(net, &part, rate, momentum);
        sum = steps < part.limit ? sum + steps : limit;
        network_free(net);
    }
    return sum;
}

size_t race_tuned(struct replica *r, const struct race *race, const double *rate, size_t rates,
                  const double *momentum, size_t momenta, struct race_choice *choice)
{
    const size_t all = momentum != NULL ? rates * momenta : rates;
    struct race_choice best = {.rate = rate[0]};
    best.momentum = momentum != NULL ? momentum[0] : race->plan.momentum;
    size_t fewest = TUNING_RUNS * race->limit;
    for (size_t i = 0; i < all; i++) {
        const double share = momentum != NULL ? momentum[i / rates] : race->plan.momentum;
        const size_t steps = trial(r, race, fewest, rate[i % rates], share);
        if (steps < fewest) {
            fewest = steps;
            best = (struct race_choice){rate[i % rates], share};
        }
    }
    struct network *net = network_create(r, &race->task->network, WATCHED);
    const size_t steps = race_run(net, race, best.rate, best.momentum);
    network_free(net);
    if (choice != NULL)
        *choice = best;
    return steps;
}
