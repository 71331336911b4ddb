// SPDX-License-Identifier: MIT
#include "../lab/quadratic.h"
#include "../lab/tasks.h"

#include <math.h>
#include <string.h>

enum {
    AXES = 8,
    RATES = 37,
    PER_DECADE = 6,
    ARMS = 6,
    LIMIT = 200000,
    TIMES = 10,
    STAY = 20,
    STREAM = 100,
    ERRORS = 4096, /* steps after which they are the same again */
    NETWORK_RATES = 9,
};

static const double condition = 10000, arrival = 0.1;

static const double network_rate[NETWORK_RATES] = {0.1, 0.03, 0.3, 0.01, 1, 0.003, 3, 0.001, 10};

enum arm_name { DESCENT, ADAGRAD, RMSPROP, ADAM, MIXED_RMSPROP, MIXED_ADAM };

static const struct arm {
    enum fit_optimizer optimizer;
    bool is_turned;
} arms[ARMS] = {{FIT_GRADIENT_DESCENT, false}, {FIT_ADAGRAD, false},
                {FIT_RMSPROP, false},          {FIT_ADAM, false},
                {FIT_RMSPROP, true},           {FIT_ADAM, true}};

/* The parts that are about quadratics: steps, or the range of rates. */
static const struct {
    enum arm_name arm;
    bool is_range;
} parts[] = {{ADAGRAD, false},       {RMSPROP, false},    {ADAM, false},     {ADAM, true},
             {MIXED_RMSPROP, false}, {MIXED_ADAM, false}, {MIXED_ADAM, true}};

enum { PARTS = sizeof parts / sizeof parts[0] };

/* y = x - 2 u (u'x): a mirror, which mixes the axes; u'u = 1. */
static void mirror(const float *u, const float *x, float *y)
{
    double product = 0;
    for (size_t i = 0; i < AXES; i++)
        product += (double)u[i] * (double)x[i];
    for (size_t i = 0; i < AXES; i++)
        y[i] = (float)((double)x[i] - 2 * (double)u[i] * product);
}

/* From the axes of the curvatures to those that the optimizer sees, and back. */
static void turn(const float *u, const struct arm *arm, const float *x, float *y)
{
    if (arm->is_turned)
        mirror(u, x, y);
    else
        memmove(y, x, AXES * sizeof *y);
}

static double value(const struct quadratic *f, const float *z)
{
    double sum = 0;
    for (size_t i = 0; i < AXES; i++)
        sum += (double)f->curvature[i] * (double)z[i] * (double)z[i];
    return sum / 2;
}

/* Whether every coordinate is within a tenth of its first distance from the minimum. `z` (AXES)
 * along the axes of the curvatures. */
static bool is_near(const struct quadratic *f, const float *z)
{
    bool all = true;
    for (size_t i = 0; i < AXES; i++)
        all &= fabs((double)z[i]) <= arrival * fabs((double)f->start[i]);
    return all;
}

/* Steps until all coordinates have arrived and stay for STAY steps, or the limit; also if the value
 * is ten times the first one. `error` (ERRORS, AXES): factors of the slopes. */
static size_t descend(struct replica *r, const struct quadratic *f, const float *u,
                      const float *error, const struct arm *arm, double rate, size_t limit)
{
    struct steps *steps = steps_create(&r->arena, arm->optimizer, 0, AXES);
    float w[AXES], z[AXES], g[AXES];
    memcpy(z, f->start, sizeof z);
    turn(u, arm, z, w);
    const double first = value(f, z);
    size_t stayed = 0;
    for (size_t s = 1; s < limit + STAY; s++) {
        for (size_t i = 0; i < AXES; i++) {
            g[i] = error[s % ERRORS * AXES + i] * f->curvature[i] * z[i];
        }
        turn(u, arm, g, g);
        steps_take(steps, w, g, rate);
        turn(u, arm, w, z);
        stayed = is_near(f, z) ? stayed + 1 : 0;
        if (stayed == STAY)
            return s - STAY + 1;
        if (!(value(f, z) < 10 * first))
            return limit;
    }
    return limit;
}

/* The fewest steps of all rates, and how many decades of rates need at most ten times as many. */
static void explore(struct replica *r, const struct quadratic *f, const float *u,
                    const float *error, size_t a, double *fewest, double *range)
{
    static const double sixth[PER_DECADE] = {1, 1.468, 2.154, 3.162, 4.642, 6.813};
    double rate[RATES], decade = 10;
    size_t best = LIMIT, good = 0;
    for (size_t i = 0; i < RATES; i++) { /* from the largest one down to 0.00001 */
        decade = i % PER_DECADE == 1 ? decade / 10 : decade;
        rate[i] = i % PER_DECADE == 0 ? decade : decade * sixth[PER_DECADE - i % PER_DECADE];
        const size_t now = descend(r, f, u, error, &arms[a], rate[i], best);
        best = now < best ? now : best;
    }
    for (size_t i = 0; i < RATES; i++) {
        const size_t steps = descend(r, f, u, error, &arms[a], rate[i], TIMES * best + 1);
        const bool is_good = steps <= TIMES * best;
        good += is_good;
        if (is_good)
            replica_point(r, a, RATES - 1 - i, (double)steps);
    }
    *fewest = (double)best;
    *range = (double)good / PER_DECADE;
}

/* Steps of a network whose inputs are of different sizes. */
static double network_steps(struct replica *r, enum fit_optimizer optimizer)
{
    struct task task = task_create(r, TASK_DIGITS);
    const size_t D = task.train.features;
    task.train = samples_copy(r, &task.train);
    for (size_t d = 0; d < D; d++) {
        const double factor = lab_exp(r, -lab_log(r, 100) * lab_uniform(r, STREAM + 6, d));
        for (size_t n = 0; n < task.train.count; n++)
            task.train.x[n * D + d] *= (float)factor;
    }
    task.watched = samples_part(&task.train, 0, task.watched.count);
    task.target = 0.2;
    const struct race race = {
        .task = &task, .plan = {.optimizer = optimizer, .batch = 16}, .every = 1, .limit = 3000};
    return (double)race_tuned(r, &race, network_rate, NETWORK_RATES, NULL, 0, NULL);
}

void one_rate_for_all(struct replica *r)
{
    struct quadratic f = quadratic_random(r, STREAM, AXES, condition);
    float u[AXES], *error = lab_floats(r, (size_t)ERRORS * AXES);
    double fewest[ARMS], range[ARMS];
    for (size_t i = 0; i < (size_t)ERRORS * AXES; i++)
        error[i] = (float)(0.5 + lab_uniform(r, STREAM + 5, i));
    const double power = lab_uniform(r, STREAM + 4, 0) / 2;
    for (size_t i = 0; i < AXES; i++) {
        const double near = lab_exp(r, -power * lab_log(r, condition * (double)f.curvature[i]));
        f.start[i] = (float)(near * (0.5 + lab_uniform(r, STREAM + 2, i) / 2));
    }
    lab_normal(r, STREAM + 3, u, AXES);
    const double norm = lab_norm(u, AXES);
    for (size_t i = 0; i < AXES; i++)
        u[i] = (float)((double)u[i] / norm);
    for (size_t a = 0; a < ARMS; a++)
        explore(r, &f, u, error, a, &fewest[a], &range[a]);
    for (size_t p = 0; p < PARTS; p++) {
        const size_t a = parts[p].arm;
        replica_effect(r, p,
                       parts[p].is_range ? range[a] - range[DESCENT]
                                         : lab_log10(r, fewest[DESCENT] / fewest[a]));
    }
    const double descent = network_steps(r, FIT_GRADIENT_DESCENT);
    replica_effect(r, PARTS, lab_log10(r, descent / network_steps(r, FIT_ADAM)));
}
