// SPDX-License-Identifier: MIT
#include "../lab/fit.h"

#include <math.h>

enum { ARMS = 3, MOST = 3000, SETTLING = 1000, SAMPLES = 100 };

static const enum fit_optimizer optimizer[ARMS] = {FIT_GRADIENT_DESCENT, FIT_MOMENTUM, FIT_ADAM};

/* ---- the surface s x^2 - y^2 + y^4: a saddle at 0, minima of height -1/4 at y^2 = 1/2 ------- */

static double height(double s, const float *p)
{
    const double x = (double)p[0], y = (double)p[1];
    return s * x * x - y * y + y * y * y * y;
}

/* Steps until |y| is 1/2, of a run that is near a minimum SETTLING steps later; `most` if there is
 * none or it takes so many. */
static double leaves(struct replica *r, double s, enum fit_optimizer by, double rate, double most)
{
    struct arena arena = {NULL};
    struct steps *steps = steps_create(&arena, by, 0, 2);
    float p[2] = {(float)(lab_uniform(r, 0, 0) + 0.5),
                  (float)(1e-6 * (lab_uniform(r, 0, 1) + 0.5))};
    double left = 0;
    for (double t = 1; left > 0 ? t <= left + SETTLING : t < most; t++) {
        const float g[2] = {2 * (float)s * p[0], 4 * p[1] * p[1] * p[1] - 2 * p[1]};
        steps_take(steps, p, g, rate);
        if (left == 0 && p[1] * p[1] >= 0.25f)
            left = t;
    }
    arena_release(&arena);
    return left > 0 && height(s, p) < -0.2 ? left : most;
}

/* The fewest, over rates from 2 downwards, each four fifths of the one before. */
static double fewest(struct replica *r, double s, enum fit_optimizer by)
{
    double steps = MOST;
    for (double rate = 2; rate > 0.0005; rate *= 0.8)
        steps = fmin(steps, leaves(r, s, by, rate, steps));
    return steps;
}

/* ---- a network whose weights start near 0, where its gradient nearly vanishes ---------------- */

enum { MOST_STEPS = 1000 };

/* Stops when the loss is below half of the first one. */
static bool after_step(struct fit *fit)
{
    return fit->loss < fit->first_loss / 2;
}

/* Steps to half of the first loss with the rate that gets there first. */
static double leaves_plateau(struct replica *r, const struct samples *digits, size_t arm)
{
    struct network_plan plan = network_plan(digits->features, 4, 32, digits->classes);
    plan.activation = ACTIVATION_TANH;
    plan.start = START_GLOROT_NORMAL;
    plan.scale = 0.1;
    struct network *net = network_create(r, &plan, SAMPLES);
    size_t best = MOST_STEPS;
    for (double rate = 4; rate > 0.005; rate *= 0.75) {
        const struct fit_plan how = {.optimizer = optimizer[arm],
                                     .rate = rate,
                                     .epochs = MOST_STEPS,
                                     .steps = best,
                                     .after_step = after_step};
        network_start(net);
        const struct fit fit = fit_network(net, digits, &how);
        if (fit.loss < fit.first_loss / 2 && fit.step < best)
            best = fit.step;
    }
    network_free(net);
    return (double)best;
}

void saddle_and_plateau(struct replica *r)
{
    const struct claim_curve *curve = &r->claim->curve;
    const struct samples digits = samples_digits(r), train = samples_part(&digits, 0, SAMPLES);
    const double octave = lab_log(r, 2);
    double saddle[ARMS], plateau[ARMS];
    for (size_t a = 0; a < ARMS; a++) {
        for (size_t i = 0; i < curve->points; i++) {
            const double steps = fewest(r, curve->at[i], optimizer[a]);
            replica_point(r, a, i, steps);
            if (curve->at[i] == 1)
                saddle[a] = steps;
        }
        plateau[a] = leaves_plateau(r, &train, a);
    }
    for (size_t a = 1; a < ARMS; a++) {
        replica_effect(r, a - 1, lab_log(r, saddle[0] / saddle[a]) / octave);
        replica_effect(r, a + 1, lab_log(r, plateau[0] / plateau[a]) / octave);
    }
}
