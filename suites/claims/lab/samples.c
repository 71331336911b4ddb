// SPDX-License-Identifier: MIT
#include "samples.h"

#include "../../protocol/dataset.h"

#include <math.h>
#include <string.h>

enum { DIGITS_STREAM = 60000 };

static const double pi = 3.14159265358979323846;

struct samples samples_part(const struct samples *all, size_t first, size_t count)
{
    struct samples part = *all;
    part.count = count;
    part.x += first * all->features;
    if (all->label != NULL)
        part.label += first;
    if (all->target != NULL)
        part.target += first * all->outputs;
    return part;
}

struct split samples_split(const struct samples *all, size_t train, size_t validation)
{
    const size_t known = train + validation;
    return (struct split){.train = samples_part(all, 0, train),
                          .validation = samples_part(all, train, validation),
                          .test = samples_part(all, known, all->count - known)};
}

struct samples samples_new(struct replica *r, size_t count, size_t features, size_t classes,
                           size_t outputs)
{
    struct samples samples = {
        .count = count, .features = features, .classes = classes, .outputs = outputs};
    samples.x = lab_floats(r, count * features);
    if (classes > 0)
        samples.label = lab_take(r, count, sizeof *samples.label);
    if (outputs > 0)
        samples.target = lab_floats(r, count * outputs);
    return samples;
}

struct samples samples_copy(struct replica *r, const struct samples *from)
{
    struct samples copy = samples_new(r, from->count, from->features,
                                      from->label != NULL ? from->classes : 0, from->outputs);
    memcpy(copy.x, from->x, from->count * from->features * sizeof *copy.x);
    if (from->label != NULL)
        memcpy(copy.label, from->label, from->count * sizeof *copy.label);
    if (from->target != NULL)
        memcpy(copy.target, from->target, from->count * from->outputs * sizeof *copy.target);
    return copy;
}

struct samples samples_digits(struct replica *r)
{
    const struct dataset *digits = r->digits;
    struct samples samples = samples_new(r, digits->samples, digits->features, digits->classes, 0);
    uint32_t *order = lab_take(r, digits->samples, sizeof *order);
    lab_shuffle(r, DIGITS_STREAM, order, digits->samples);
    for (size_t n = 0; n < digits->samples; n++) {
        const unsigned char *pixel = digits->pixels + order[n] * digits->features;
        for (size_t i = 0; i < digits->features; i++)
            samples.x[n * digits->features + i] = (float)pixel[i] / (float)digits->maximum;
        samples.label[n] = digits->labels[order[n]];
    }
    return samples;
}

/* Adds noise to the coordinates. */
static void disturb(struct replica *r, uint64_t stream, struct samples *samples, double noise)
{
    const size_t count = samples->count * samples->features;
    float *normal = lab_floats(r, count);
    lab_normal(r, stream, normal, count);
    for (size_t i = 0; i < count; i++)
        samples->x[i] += (float)noise * normal[i];
}

/* Sample n of `count`, of two classes in turn, in the plane. */
static void place(struct samples *samples, size_t n, double x, double y)
{
    samples->x[2 * n] = (float)x;
    samples->x[2 * n + 1] = (float)y;
    samples->label[n] = (int)(n % samples->classes);
}

struct samples samples_moons(struct replica *r, uint64_t stream, size_t count, double noise)
{
    struct samples samples = samples_new(r, count, 2, 2, 0);
    for (size_t n = 0; n < count; n++) {
        const double angle = pi * lab_uniform(r, stream, n);
        const double x = lab_cos(r, angle), y = lab_sin(r, angle);
        place(&samples, n, n % 2 == 0 ? x : 1 - x, n % 2 == 0 ? y : 0.5 - y);
    }
    disturb(r, stream + 1, &samples, noise);
    return samples;
}

struct samples samples_circles(struct replica *r, uint64_t stream, size_t count, double factor,
                               double noise)
{
    struct samples samples = samples_new(r, count, 2, 2, 0);
    for (size_t n = 0; n < count; n++) {
        const double angle = 2 * pi * lab_uniform(r, stream, n), radius = n % 2 == 0 ? 1 : factor;
        place(&samples, n, radius * lab_cos(r, angle), radius * lab_sin(r, angle));
    }
    disturb(r, stream + 1, &samples, noise);
    return samples;
}

struct samples samples_spirals(struct replica *r, uint64_t stream, size_t count, double turns,
                               double noise)
{
    struct samples samples = samples_new(r, count, 2, 2, 0);
    for (size_t n = 0; n < count; n++) {
        const double radius = sqrt(lab_uniform(r, stream, n)); /* even along the arm */
        const double angle = 2 * pi * turns * radius + (n % 2 == 0 ? 0 : pi);
        place(&samples, n, radius * lab_cos(r, angle), radius * lab_sin(r, angle));
    }
    disturb(r, stream + 1, &samples, noise);
    return samples;
}

struct samples samples_blobs(struct replica *r, uint64_t stream, size_t count, size_t classes,
                             double distance, double noise)
{
    struct samples samples = samples_new(r, count, 2, classes, 0);
    for (size_t n = 0; n < count; n++) {
        const double angle = 2 * pi * (double)(n % classes) / (double)classes;
        place(&samples, n, distance * lab_cos(r, angle), distance * lab_sin(r, angle));
    }
    disturb(r, stream + 1, &samples, noise);
    return samples;
}

struct samples samples_xor(struct replica *r, uint64_t stream, size_t count, double noise)
{
    struct samples samples = samples_new(r, count, 2, 2, 0);
    for (size_t n = 0; n < count; n++) {
        const double x = 2 * lab_uniform(r, stream, 2 * n) - 1;
        const double y = 2 * lab_uniform(r, stream, 2 * n + 1) - 1;
        place(&samples, n, x, y);
        samples.label[n] = (x > 0) != (y > 0);
    }
    disturb(r, stream + 1, &samples, noise);
    return samples;
}

struct samples samples_friedman(struct replica *r, uint64_t stream, size_t count, double noise)
{
    struct samples samples = samples_new(r, count, 10, 0, 1);
    float *normal = lab_floats(r, count);
    lab_normal(r, stream + 1, normal, count);
    for (size_t i = 0; i < count * samples.features; i++)
        samples.x[i] = (float)lab_uniform(r, stream, i);
    for (size_t n = 0; n < count; n++) {
        const float *x = samples.x + n * samples.features;
        const double third = (double)x[2] - 0.5;
        const double y = 10 * lab_sin(r, pi * (double)x[0] * (double)x[1]) + 20 * third * third +
                         10 * (double)x[3] + 5 * (double)x[4] + noise * (double)normal[n];
        samples.target[n] = (float)((y - 14.4) / 5);
    }
    return samples;
}

static void move_columns(struct samples *samples, size_t column, double mean, double deviation)
{
    for (size_t n = 0; n < samples->count; n++) {
        float *x = &samples->x[n * samples->features + column];
        *x = (float)(((double)*x - mean) / deviation);
    }
}

void samples_standardize(struct samples *train, struct samples *const others[])
{
    for (size_t column = 0; column < train->features; column++) {
        double sum = 0, squares = 0;
        for (size_t n = 0; n < train->count; n++)
            sum += (double)train->x[n * train->features + column];
        const double mean = sum / (double)train->count;
        for (size_t n = 0; n < train->count; n++) {
            const double d = (double)train->x[n * train->features + column] - mean;
            squares += d * d;
        }
        const double deviation = squares > 0 ? sqrt(squares / (double)train->count) : 1;
        move_columns(train, column, mean, deviation);
        for (size_t i = 0; others != NULL && others[i] != NULL; i++)
            move_columns(others[i], column, mean, deviation);
    }
}

void samples_flip_labels(struct replica *r, uint64_t stream, struct samples *samples, double share)
{
    const size_t flipped = (size_t)(share * (double)samples->count + 0.5);
    uint32_t *order = lab_take(r, samples->count, sizeof *order);
    lab_shuffle(r, stream, order, samples->count);
    for (size_t i = 0; i < flipped; i++) {
        const size_t other = 1 + lab_below(r, stream, samples->count + i, samples->classes - 1);
        int *label = &samples->label[order[i]];
        *label = (int)(((size_t)*label + other) % samples->classes);
    }
}
