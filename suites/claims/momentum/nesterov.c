// SPDX-License-Identifier: MIT
#include "../lab/quadratic.h"
#include "../lab/tasks.h"

enum {
    AXES = 10,
    SHARES = 6,
    RATES = 16,
    SHOWN = 3,
    LIMIT = 5000,
    NETWORK_SHARES = 3,
    NETWORK_RATES = 6,
    NETWORK_LIMIT = 500,
    STREAM = 100,
};

static const double arrival = 1e-6;
static const double share[SHARES] = {0.5, 0.9, 0.99, 0.7, 0.8, 0.95}; /* the first are shown */
static const double rate[RATES] = {0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8,
                                   1,    1.2, 1.5, 1.8, 2.2, 2.6, 3,   3.5};
static const double network_share[NETWORK_SHARES] = {0.5, 0.9, 0.99};
static const double network_rate[NETWORK_RATES] = {0.01, 0.03, 0.1, 0.3, 1, 3};

/* In how many settings Nesterov's form has less of something; a tenth or less counts half. */
struct score {
    size_t settings;
    double less;
};

static void count(struct score *score, double nesterov, double momentum)
{
    score->settings++;
    score->less += nesterov < 0.9 * momentum ? 1 : momentum < 0.9 * nesterov ? 0 : 0.5;
}

static void report(struct replica *r, size_t part, const struct score *score)
{
    replica_effect(r, part, score->less / (double)score->settings - 0.5);
}

/* Steps by a rate until the value is small enough, or LIMIT; `swings` receives the sum of all rises
 * of the value on the way, over the first one. */
static size_t descend(struct quadratic *f, struct steps *steps, double by, double *swings)
{
    double first = 0, last = 0;
    *swings = 0;
    for (size_t s = 0; s < LIMIT; s++) {
        double value = 0;
        for (size_t i = 0; i < AXES; i++) {
            f->w[i] = s == 0 ? f->start[i] : f->w[i];
            f->gradient[i] = f->curvature[i] * f->w[i];
            value += (double)f->gradient[i] * (double)f->w[i];
        }
        first = s == 0 ? value : first;
        *swings += s > 0 && value > last ? (value - last) / first : 0;
        if (value <= arrival * first)
            return s;
        if (!(value <= 1e6 * first))
            return LIMIT;
        last = value;
        steps_take(steps, f->w, f->gradient, by);
    }
    return LIMIT;
}

static void try_quadratics(struct replica *r)
{
    const double condition = lab_exp(r, lab_log(r, 10) * (1 + 2 * lab_uniform(r, STREAM + 2, 0)));
    struct quadratic quadratic = quadratic_random(r, STREAM, AXES, condition);
    struct steps *form[2] = {steps_create(&r->arena, FIT_NESTEROV, 0, AXES),
                             steps_create(&r->arena, FIT_MOMENTUM, 0, AXES)};
    struct score faster = {0}, calmer = {0};
    for (size_t b = 0; b < SHARES; b++)
        for (size_t i = 0; i < RATES; i++) {
            double swings[2];
            size_t steps[2];
            for (size_t f = 0; f < 2; f++) {
                steps_restart(form[f], share[b]);
                steps[f] = descend(&quadratic, form[f], rate[i], &swings[f]);
                if (b < SHOWN && steps[f] < LIMIT)
                    replica_point(r, 2 * b + f, i, (double)steps[f]);
            }
            if (steps[0] == LIMIT || steps[1] == LIMIT)
                continue;
            count(&faster, (double)steps[0], (double)steps[1]);
            count(&calmer, swings[0], swings[1]);
        }
    report(r, 0, &faster);
    report(r, 1, &calmer);
}

static void try_networks(struct replica *r)
{
    const struct task task = task_create(r, TASK_DIGITS);
    struct network *net = network_create(r, &task.network, task.watched.count);
    const size_t settings = (size_t)NETWORK_SHARES * NETWORK_RATES;
    struct score faster = {0};
    double kept = 0;
    for (size_t i = 0; i < settings; i++) {
        size_t steps[2];
        for (size_t f = 0; f < 2; f++) {
            const struct race race = {
                .task = &task,
                .plan = {.optimizer = f == 0 ? FIT_NESTEROV : FIT_MOMENTUM, .batch = 16},
                .every = 1,
                .limit = NETWORK_LIMIT};
            network_start(net);
            steps[f] = race_run(net, &race, network_rate[i % NETWORK_RATES],
                                network_share[i / NETWORK_RATES]);
        }
        const bool arrives[2] = {steps[0] < NETWORK_LIMIT, steps[1] < NETWORK_LIMIT};
        kept += (double)arrives[0] - (double)arrives[1];
        if (arrives[0] && arrives[1])
            count(&faster, (double)steps[0], (double)steps[1]);
    }
    network_free(net);
    report(r, 2, &faster);
    replica_effect(r, 3, kept / (double)settings);
}

void nesterov(struct replica *r)
{
    try_quadratics(r);
    try_networks(r);
}
