// SPDX-License-Identifier: MIT
#include "../lab/fit.h"

#include "../../../engine/optimizers/optimizer.h"

#include <math.h>

enum { ARMS = 3, RATES = 8, MOST = 3000, POINTS = 20, SAMPLES = 100 };

static const enum fit_optimizer optimizer[ARMS] = {FIT_GRADIENT_DESCENT, FIT_MOMENTUM, FIT_ADAM};

/* ---- the surface 10 x^2 - y^2 + y^4: a saddle at 0, minima of height -1/4 at y^2 = 1/2 ------ */

static double height(const float *p)
{
    const double x = (double)p[0], y = (double)p[1];
    return 10 * x * x - y * y + y * y * y * y;
}

/* Steps until the height is below -0.2, for good over the next 50; MOST if never. */
static double leaves_surface(struct replica *r, enum fit_optimizer by, double rate)
{
    const struct momentum_settings momentum = {.mu = 0.9f};
    const struct adam_settings adam = {
        .bias_correction = true, .beta1 = 0.9f, .beta2 = 0.999f, .epsilon = 1e-8f};
    float p[2] = {(float)(lab_uniform(r, 0, 0) + 0.5),
                  (float)(1e-6 * (lab_uniform(r, 0, 1) + 0.5))};
    float velocity[2] = {0, 0}, m[2] = {0, 0}, v[2] = {0, 0};
    struct adam_state state = {.m = m, .v = v};
    size_t below = 0;
    adam_start(&state, &adam, 1);
    for (size_t s = 0; s < MOST; s++) {
        const float g[2] = {20 * p[0], 4 * p[1] * p[1] * p[1] - 2 * p[1]};
        if (by == FIT_ADAM)
            adam_step(2, p, &state, g, (float)rate, &adam);
        else if (by == FIT_MOMENTUM)
            momentum_step(2, p, velocity, g, (float)rate, &momentum, false);
        else
            gradient_descent_step(2, p, g, (float)rate, 0);
        below = height(p) < -0.2 ? below + 1 : 0;
        if (below == 50)
            return (double)(s + 1 - 49);
    }
    return MOST;
}

static void race_on_surface(struct replica *r, double *steps)
{
    static const double rates[RATES] = {0.003, 0.01, 0.03, 0.06, 0.09, 0.18, 0.3, 0.6};
    for (size_t a = 0; a < ARMS; a++) {
        steps[a] = MOST;
        for (size_t i = 0; i < RATES; i++)
            steps[a] = fmin(steps[a], leaves_surface(r, optimizer[a], rates[i]));
    }
}

/* ---- a network whose weights start near 0, where its gradient nearly vanishes ---------------- */

struct watch {
    double loss[POINTS]; /* at the places of the plot */
    size_t points, arrived;
};

enum { MOST_STEPS = 1000 };

/* Notes the loss, and when it is below half of the first one; stops at a hundredth. */
static bool after_step(struct fit *fit)
{
    struct watch *watch = fit->plan->context;
    if (watch->points < POINTS &&
        fit->step == (size_t)claim_place(fit->net->replica->claim, watch->points))
        watch->loss[watch->points++] = fit->loss;
    if (watch->arrived == 0 && fit->loss < fit->first_loss / 2)
        watch->arrived = fit->step;
    return fit->loss < fit->first_loss / 100;
}

/* Steps to half of the first loss with the rate that gets there first. Fills the arm. */
static double leaves_plateau(struct replica *r, const struct samples *digits, size_t arm)
{
    static const double rates[RATES] = {0.003, 0.01, 0.03, 0.1, 0.3, 1, 2, 4};
    struct network_plan plan = network_plan(digits->features, 4, 32, digits->classes);
    plan.activation = ACTIVATION_TANH;
    plan.start = START_GLOROT_NORMAL;
    plan.scale = 0.1;
    struct network *net = network_create(r, &plan, SAMPLES);
    struct watch best = {.arrived = MOST_STEPS + 1};
    for (size_t i = 0; i < RATES; i++) {
        struct watch watch = {.arrived = 0};
        for (size_t k = 0; k < POINTS; k++)
            watch.loss[k] = NAN;
        const struct fit_plan how = {.optimizer = optimizer[arm],
                                     .rate = rates[i],
                                     .epochs = MOST_STEPS,
                                     .after_step = after_step,
                                     .context = &watch};
        network_start(net);
        fit_network(net, digits, &how);
        if (i == 0 || (watch.arrived > 0 && watch.arrived < best.arrived)) {
            best = watch;
            best.arrived = watch.arrived > 0 ? watch.arrived : MOST_STEPS;
        }
    }
    for (size_t k = 0; k < POINTS; k++)
        replica_point(r, arm, k, best.loss[k]);
    network_free(net);
    return (double)best.arrived;
}

void saddle_and_plateau(struct replica *r)
{
    const struct samples digits = samples_digits(r), train = samples_part(&digits, 0, SAMPLES);
    double surface[ARMS], plateau[ARMS];
    race_on_surface(r, surface);
    for (size_t a = 0; a < ARMS; a++)
        plateau[a] = leaves_plateau(r, &train, a);
    const double octave = lab_log(r, 2);
    for (size_t a = 1; a < ARMS; a++) {
        replica_effect(r, a - 1, lab_log(r, surface[0] / surface[a]) / octave);
        replica_effect(r, a + 1, lab_log(r, plateau[0] / plateau[a]) / octave);
    }
}
