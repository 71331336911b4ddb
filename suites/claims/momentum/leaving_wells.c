// SPDX-License-Identifier: MIT
#include "../lab/wells.h"

#include <math.h>

enum { WELLS = 400, STEPS = 1000, SHARES = 7, DOCUMENTED = 4, STREAM = 100 };

static const double share[SHARES] = {0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99};

enum start { ROLLING, RESTING_WITH_NOISE };

/* Where the left wells are begun: on their outer slope, or at the bottom. */
static void put(struct replica *r, struct wells *wells, enum start start)
{
    for (size_t i = 0; i < WELLS; i++)
        wells->w[i] =
            start == ROLLING ? (float)(-1.2 - lab_uniform(r, STREAM + 5, i)) : wells->bottom[i];
}

/* noise (WELLS): its standard deviation, for gradients of 1: descent with it has a temperature of
 * pace noise^2 / 2, of which the barrier is 3 to 12. */
static void choose_noise(struct replica *r, const struct wells *wells, float *noise)
{
    for (size_t i = 0; i < WELLS; i++) {
        const double times = 3 + 9 * lab_uniform(r, STREAM + 6, i);
        noise[i] = (float)sqrt(2 * (double)wells->barrier[i] / ((double)wells->pace[i] * times));
    }
}

/* The share of the left wells that are left: the poorer ones if sign > 0. */
static double leaves(struct replica *r, double sign, enum start start, const float *noise,
                     double momentum, double rate)
{
    struct wells wells = wells_random(r, STREAM, WELLS, sign);
    const enum fit_optimizer optimizer = momentum > 0 ? FIT_MOMENTUM : FIT_GRADIENT_DESCENT;
    struct steps *steps = steps_create(&r->arena, optimizer, momentum, WELLS);
    float deviation[WELLS];
    put(r, &wells, start);
    choose_noise(r, &wells, deviation);
    for (size_t s = 0; s < STEPS; s++) {
        wells_gradient(&wells);
        for (size_t i = 0; i < WELLS && start == RESTING_WITH_NOISE; i++)
            wells.g[i] += wells.pace[i] * deviation[i] * noise[s * WELLS + i];
        steps_take(steps, wells.w, wells.g, rate);
    }
    return wells_settle(&wells);
}

void leaving_wells(struct replica *r)
{
    float *noise = lab_floats(r, (size_t)STEPS * WELLS);
    lab_normal(r, STREAM + 7, noise, (size_t)STEPS * WELLS);
    for (size_t start = ROLLING; start <= RESTING_WITH_NOISE; start++) {
        double plain = 0;
        for (size_t i = 0; i < SHARES; i++) {
            const enum start from = (enum start)start;
            const double poorer = leaves(r, 1, from, noise, share[i], 1);
            const double better = leaves(r, -1, from, noise, share[i], 1);
            const double slower = leaves(r, 1, from, noise, share[i], 1 - share[i]);
            replica_point(r, 3 * start, i, poorer);
            replica_point(r, 3 * start + 1, i, better);
            replica_point(r, 3 * start + 2, i, slower);
            if (i == 0)
                plain = poorer;
            if (i == DOCUMENTED) {
                replica_effect(r, 2 * start, poorer - plain);
                replica_effect(r, 2 * start + 1, slower - plain);
            }
        }
    }
}
