// SPDX-License-Identifier: MIT
#include "../lab/ask.h"

#include <math.h>

enum { SAMPLES = 150, EPOCHS = 1000, DIMENSIONS = 20, MARGINS = 5 };

static const double margin[MARGINS] = {0.3, 0.1, 0.03, 0.01, 0.003};

/* Data that the plane u.x + c = 0 separates, |u| = 1, no sample nearer to it than `gap`. */
struct separable {
    struct samples samples;
    double gap, radius; /* the longest (x, 1) */
    double normal;      /* |(u, c)| */
};

static double length(const float *x, size_t D, double last)
{
    const double norm = lab_norm(x, D);
    return sqrt(norm * norm + last * last);
}

static void measure(struct separable *data, const float *u, double c)
{
    const size_t D = data->samples.features;
    data->radius = 0;
    for (size_t n = 0; n < data->samples.count; n++) {
        const double far = length(data->samples.x + n * D, D, 1);
        data->radius = far > data->radius ? far : data->radius;
    }
    data->normal = length(u, D, c);
}

/* Even in the cube [-1, 1)^D but for the gap, on both sides of a plane of random direction. */
static struct separable cube(struct replica *r, uint64_t stream, size_t D, double gap)
{
    struct separable data = {samples_new(r, SAMPLES, D, 2, 0), gap, 0, 0};
    float *u = lab_floats(r, D);
    lab_normal(r, stream, u, D);
    const double norm = lab_norm(u, D), c = 0.2 * (2 * lab_uniform(r, stream, 0) - 1);
    for (size_t d = 0; d < D; d++)
        u[d] = (float)((double)u[d] / norm);
    for (size_t n = 0, draw = 0; n < SAMPLES; draw++) {
        double z = c;
        for (size_t d = 0; d < D; d++) {
            float *x = &data.samples.x[n * D + d];
            *x = (float)(2 * lab_uniform(r, stream + 1, draw * D + d) - 1);
            z += (double)*x * (double)u[d];
        }
        data.samples.label[n] = z > 0;
        n += fabs(z) >= gap;
    }
    measure(&data, u, c);
    return data;
}

/* Two clouds of deviation 1.05 around centres that are even in [-10, 10)^2, drawn until the line
 * halfway between the clouds, across the line through the centres, separates them. */
static struct separable clouds(struct replica *r, uint64_t stream)
{
    struct separable data = {samples_new(r, SAMPLES, 2, 2, 0), 0, 0, 0};
    float *normal = lab_floats(r, 2 * SAMPLES), u[2];
    for (uint64_t attempt = 0; data.gap <= 0; attempt++) {
        double centre[4], lowest = INFINITY, highest = -INFINITY;
        lab_normal(r, stream + 1 + attempt, normal, 2 * (size_t)SAMPLES);
        for (size_t i = 0; i < 4; i++)
            centre[i] = 20 * lab_uniform(r, stream, 4 * attempt + i) - 10;
        const double x = centre[2] - centre[0], y = centre[3] - centre[1];
        const double apart = sqrt(x * x + y * y);
        u[0] = (float)(x / apart);
        u[1] = (float)(y / apart);
        for (size_t n = 0; n < SAMPLES; n++) {
            float *at = data.samples.x + 2 * n;
            const size_t k = n % 2;
            at[0] = (float)(centre[2 * k] + 1.05 * (double)normal[2 * n]);
            at[1] = (float)(centre[2 * k + 1] + 1.05 * (double)normal[2 * n + 1]);
            data.samples.label[n] = (int)k;
            const double z = (double)at[0] * (double)u[0] + (double)at[1] * (double)u[1];
            lowest = k == 1 && z < lowest ? z : lowest;
            highest = k == 0 && z > highest ? z : highest;
        }
        data.gap = (lowest - highest) / 2;
        measure(&data, u, -(lowest + highest) / 2);
    }
    return data;
}

/* Novikoff's bound over the mistakes that were made; 0 if the last epoch still made some. */
static double within_bound(struct replica *r, const struct separable *data, double *bound,
                           double *mistakes)
{
    const size_t N = data->samples.count, D = data->samples.features;
    struct ask *ask = ask_new(r, "perceptron_rule");
    ask_floats(ask, "x", 2, (size_t[]){N, D}, data->samples.x);
    ask_integers(ask, "labels", 1, (size_t[]){N}, data->samples.label);
    ask_number(ask, "rate", 0.01);
    ask_number(ask, "epochs", EPOCHS);
    ask_run(ask);
    const float *made = ask_output(ask, "mistakes", EPOCHS);
    const double ratio = data->radius * data->normal / data->gap;
    *bound = ratio * ratio;
    *mistakes = lab_mean(made, EPOCHS) * EPOCHS;
    if (made[EPOCHS - 1] > 0)
        return 0;
    return *bound / (*mistakes > 1 ? *mistakes : 1);
}

void perceptron_bound(struct replica *r)
{
    double bound = 0, mistakes = 0;
    for (size_t i = 0; i < MARGINS; i++) {
        const struct separable flat = cube(r, 10 * i, 2, margin[i]);
        const double effect = within_bound(r, &flat, &bound, &mistakes);
        replica_point(r, 0, i, mistakes);
        replica_point(r, 1, i, bound);
        if (i < 4)
            replica_effect(r, i, effect);
    }
    const struct separable wide = cube(r, 100, DIMENSIONS, 0.1), blobs = clouds(r, 1000);
    replica_effect(r, 4, within_bound(r, &wide, &bound, &mistakes));
    replica_effect(r, 5, within_bound(r, &blobs, &bound, &mistakes));
}
