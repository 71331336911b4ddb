// SPDX-License-Identifier: MIT
#include "../lab/replica.h"
#include "../lab/steps.h"

#include <math.h>

enum {
    WELLS = 8,
    STARTS = 100,
    STEPS = 500,
    SETTLING = 500,
    RATES = 6,
    SAME = 2,
    SHARES = 4,
    DOCUMENTED = 2,
    STREAM = 100,
};

static const double rate[RATES] = {0.01, 0.03, 0.05, 0.1, 0.3, 1};
static const double share[SHARES] = {0, 0.5, 0.9, 0.99};

/* f(x, y) = 0.02 (x^2 + y^2) - sum_k depth_k exp(-distance to centre k ^2 / (2 width_k^2)). */
struct landscape {
    double x[WELLS], y[WELLS], depth[WELLS], width[WELLS];
};

static struct landscape random_landscape(struct replica *r)
{
    struct landscape f;
    for (size_t k = 0; k < WELLS; k++) {
        f.x[k] = 6 * lab_uniform(r, STREAM, k) - 3;
        f.y[k] = 6 * lab_uniform(r, STREAM + 1, k) - 3;
        f.depth[k] = 0.5 + lab_uniform(r, STREAM + 2, k);
        f.width[k] = 0.4 + 0.5 * lab_uniform(r, STREAM + 3, k);
    }
    return f;
}

/* g (2,STARTS) and f (STARTS) at w (2,STARTS). */
static void slope(struct replica *r, const struct landscape *f, const float *w, float *g,
                  float *height)
{
    float well[STARTS];
    const float *x = w, *y = w + STARTS;
    for (size_t i = 0; i < STARTS; i++) {
        height[i] = 0.02f * (x[i] * x[i] + y[i] * y[i]);
        g[i] = 0.04f * x[i];
        g[STARTS + i] = 0.04f * y[i];
    }
    for (size_t k = 0; k < WELLS; k++) {
        const float cx = (float)f->x[k], cy = (float)f->y[k];
        const float sharp = (float)(1 / (f->width[k] * f->width[k])), depth = (float)f->depth[k];
        for (size_t i = 0; i < STARTS; i++)
            well[i] = -((x[i] - cx) * (x[i] - cx) + (y[i] - cy) * (y[i] - cy)) * sharp / 2;
        r->team.kernels->exponential(STARTS, well, well);
        for (size_t i = 0; i < STARTS; i++) {
            height[i] -= depth * well[i];
            g[i] += depth * well[i] * sharp * (x[i] - cx);
            g[STARTS + i] += depth * well[i] * sharp * (y[i] - cy);
        }
    }
}

/* Where STARTS places of `stream` end; height (STARTS) there. */
static void roll(struct replica *r, const struct landscape *f, uint64_t stream, double momentum,
                 double by, float *height)
{
    float w[2 * STARTS], g[2 * STARTS];
    struct steps *steps =
        steps_create(&r->arena, FIT_MOMENTUM, momentum > 0 ? momentum : -1, (size_t)2 * STARTS);
    struct steps *settle = steps_create(&r->arena, FIT_GRADIENT_DESCENT, -1, (size_t)2 * STARTS);
    for (size_t i = 0; i < (size_t)2 * STARTS; i++)
        w[i] = (float)(8 * lab_uniform(r, stream, i) - 4);
    for (size_t s = 0; s < STEPS + SETTLING; s++) {
        slope(r, f, w, g, height);
        if (s < STEPS)
            steps_take(steps, w, g, by);
        else
            steps_take(settle, w, g, rate[SAME]);
    }
}

/* The share of the starts of `stream` that end in the deepest basin. */
static double arrives(struct replica *r, const struct landscape *f, uint64_t stream, double deepest,
                      double momentum, double by)
{
    float height[STARTS];
    size_t there = 0;
    roll(r, f, stream, momentum, by, height);
    for (size_t i = 0; i < STARTS; i++)
        there += (double)height[i] <= deepest + 0.01;
    return (double)there / STARTS;
}

/* The rate with which most of the starts for tuning arrive. */
static double tuned(struct replica *r, const struct landscape *f, double deepest, double momentum)
{
    double best = -1, with = 0;
    for (size_t i = 0; i < RATES; i++) {
        const double now = arrives(r, f, STREAM + 10, deepest, momentum, rate[i]);
        with = now > best ? rate[i] : with;
        best = now > best ? now : best;
    }
    return with;
}

void deepest_basin(struct replica *r)
{
    const struct landscape f = random_landscape(r);
    const double beta = share[DOCUMENTED], same = rate[SAME];
    const uint64_t test = STREAM + 20;
    float height[STARTS];
    double deepest = INFINITY;
    roll(r, &f, STREAM + 30, 0, same, height);
    for (size_t i = 0; i < STARTS; i++)
        deepest = fmin(deepest, (double)height[i]);
    const double plain = arrives(r, &f, test, deepest, 0, same);
    replica_effect(r, 0, arrives(r, &f, test, deepest, beta, same) - plain);
    replica_effect(r, 1, arrives(r, &f, test, deepest, beta, same * (1 - beta)) - plain);
    replica_effect(r, 2,
                   arrives(r, &f, test, deepest, beta, tuned(r, &f, deepest, beta)) -
                       arrives(r, &f, test, deepest, 0, tuned(r, &f, deepest, 0)));
    for (size_t arm = 0; arm < SHARES; arm++)
        for (size_t i = 0; i < RATES; i++)
            replica_point(r, arm, i, arrives(r, &f, test, deepest, share[arm], rate[i]));
}
