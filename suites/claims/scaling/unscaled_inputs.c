// SPDX-License-Identifier: MIT
#include "../lab/fit.h"

#include <math.h>

enum { SAMPLES = 200, FEATURES = 2, BATCH = 20, EPOCHS = 150, EVERY = 5, RATES = 14, AXES = 3 };
enum { INPUTS = 1 }; /* stream */

static const double rates[RATES] = {1e-12, 1e-11, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6,
                                    1e-5,  1e-4,  1e-3,  0.01, 0.1,  1,    10};
static const double target = 0.95;

/* Age 0 to 100 and income 0 to 200000; class 1 is above a parabola. */
static struct samples people(struct replica *r)
{
    struct samples samples = samples_new(r, SAMPLES, FEATURES, 2, 0);
    for (size_t n = 0; n < SAMPLES; n++) {
        const double age = lab_uniform(r, INPUTS, 2 * n),
                     income = lab_uniform(r, INPUTS, 2 * n + 1);
        samples.x[FEATURES * n] = (float)(100 * age);
        samples.x[FEATURES * n + 1] = (float)(200000 * income);
        samples.label[n] = income > 0.2 + 2 * (age - 0.5) * (age - 0.5);
    }
    return samples;
}

/* Turns rows and columns p, q of a symmetric matrix so that its element (p,q) becomes 0 (Jacobi). */
static void turn(double a[AXES][AXES], size_t p, size_t q)
{
    if (a[p][q] == 0)
        return;
    const double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    const double t = (theta < 0 ? -1 : 1) / (fabs(theta) + sqrt(theta * theta + 1));
    const double c = 1 / sqrt(t * t + 1), s = t * c;
    for (size_t k = 0; k < AXES; k++) {
        const double kp = a[k][p], kq = a[k][q];
        a[k][p] = c * kp - s * kq;
        a[k][q] = s * kp + c * kq;
    }
    for (size_t k = 0; k < AXES; k++) {
        const double pk = a[p][k], qk = a[q][k];
        a[p][k] = c * pk - s * qk;
        a[q][k] = s * pk + c * qk;
    }
}

/* The condition number of the Hessian of logistic regression with a bias, at weights of 0: of the
 * mean of (x, 1) (x, 1)^T / 4. */
static double condition(const struct samples *samples)
{
    double h[AXES][AXES] = {{0}};
    for (size_t n = 0; n < samples->count; n++) {
        const double x[AXES] = {(double)samples->x[FEATURES * n],
                                (double)samples->x[FEATURES * n + 1], 1};
        for (size_t i = 0; i < AXES; i++)
            for (size_t j = 0; j < AXES; j++)
                h[i][j] += x[i] * x[j] / 4 / (double)samples->count;
    }
    for (size_t sweep = 0; sweep < 20; sweep++)
        for (size_t p = 0; p + 1 < AXES; p++)
            for (size_t q = p + 1; q < AXES; q++)
                turn(h, p, q);
    const double largest = fmax(h[0][0], fmax(h[1][1], h[2][2]));
    return largest / fmin(h[0][0], fmin(h[1][1], h[2][2]));
}

static bool after_step(struct fit *fit)
{
    const struct samples *samples = fit->plan->context;
    return fit->step % EVERY == 0 && network_accuracy(fit->net, samples) >= target;
}

/* The fewest steps to the target over all rates; all that are allowed if none gets there. */
static double steps_to_target(struct replica *r, struct samples *samples,
                              enum fit_optimizer optimizer, size_t arm)
{
    const struct network_plan plan = network_plan(FEATURES, 2, 16, 2);
    struct network *net = network_create(r, &plan, SAMPLES);
    const size_t all = EPOCHS * SAMPLES / BATCH;
    size_t fewest = all;
    for (size_t k = 0; k < RATES; k++) {
        const struct fit_plan how = {.optimizer = optimizer,
                                     .rate = rates[k],
                                     .batch = BATCH,
                                     .epochs = EPOCHS,
                                     .after_step = after_step,
                                     .context = samples};
        network_start(net);
        const struct fit fit = fit_network(net, samples, &how);
        const size_t steps = fit.has_diverged ? all : fit.step;
        fewest = steps < fewest ? steps : fewest;
        replica_point(r, arm, k, (double)steps);
    }
    network_free(net);
    return (double)fewest;
}

void unscaled_inputs(struct replica *r)
{
    struct samples raw = people(r), scaled = samples_copy(r, &raw);
    samples_standardize(&scaled, NULL);
    const double descent = steps_to_target(r, &raw, FIT_GRADIENT_DESCENT, 0);
    const double scaled_descent = steps_to_target(r, &scaled, FIT_GRADIENT_DESCENT, 1);
    const double adam = steps_to_target(r, &raw, FIT_ADAM, 2);
    const double scaled_adam = steps_to_target(r, &scaled, FIT_ADAM, 3);
    replica_effect(r, 0, lab_log10(r, condition(&raw) / condition(&scaled)));
    replica_effect(r, 1, lab_log10(r, descent / scaled_descent));
    replica_effect(r, 2, lab_log10(r, adam / scaled_adam));
}
