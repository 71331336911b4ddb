// SPDX-License-Identifier: MIT
#include "../lab/steps.h"
#include "../lab/replica.h"

#include <math.h>

enum { AXES = 100, STEPS = 300, RANGES = 4, NOISY = 3, SHARES = 12, DOCUMENTED = 9, STREAM = 100 };

/* Rate times curvature: above 1 gradient descent swings, above 2 it diverges. */
static const double range[RANGES][2] = {{1, 1.5}, {1.5, 1.9}, {1.9, 2}, {0.1, 1}};
static const double share[SHARES] = {0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99};

/* path (AXES): how far each coordinate goes, there and back, from 1 in STEPS steps. Curvatures are
 * in units of 1 / rate. */
static void travel(struct replica *r, size_t which, double momentum, double rate, float *path)
{
    const enum fit_optimizer optimizer = momentum > 0 ? FIT_MOMENTUM : FIT_GRADIENT_DESCENT;
    struct steps *steps = steps_create(&r->arena, optimizer, momentum, AXES);
    float w[AXES], before[AXES], g[AXES], noise[AXES], curvature[AXES];
    for (size_t i = 0; i < AXES; i++) {
        const double width = range[which][1] - range[which][0];
        curvature[i] = (float)(range[which][0] + width * lab_uniform(r, STREAM + which, i));
        w[i] = 1;
        path[i] = 0;
    }
    for (size_t s = 0; s < STEPS; s++) {
        if (which == NOISY)
            lab_normal(r, STREAM + 10 + s, noise, AXES);
        for (size_t i = 0; i < AXES; i++) {
            before[i] = w[i];
            g[i] = curvature[i] * w[i] + (which == NOISY ? noise[i] : 0);
        }
        steps_take(steps, w, g, rate);
        for (size_t i = 0; i < AXES; i++)
            path[i] += fabsf(w[i] - before[i]);
    }
}

/* Mean decades by which momentum's path is shorter than that of descent. */
static double shortens(struct replica *r, size_t which, double momentum, double rate)
{
    float plain[AXES], path[AXES];
    double sum = 0;
    travel(r, which, 0, 1, plain);
    travel(r, which, momentum, rate, path);
    for (size_t i = 0; i < AXES; i++)
        sum += lab_log10(r, (double)plain[i] / (double)path[i]);
    return sum / AXES;
}

void oscillation(struct replica *r)
{
    for (size_t which = 0; which < RANGES; which++)
        for (size_t i = 0; i < SHARES; i++) {
            const double same = shortens(r, which, share[i], 1);
            const double less = shortens(r, which, share[i], 1 - share[i]);
            if (which != NOISY) {
                replica_point(r, which, i, -same);
                replica_point(r, NOISY + which, i, -less);
            }
            if (i == DOCUMENTED) {
                replica_effect(r, which, same);
                replica_effect(r, RANGES + which, less);
            }
        }
}
