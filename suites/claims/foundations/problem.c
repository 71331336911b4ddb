// SPDX-License-Identifier: MIT
#include "problem.h"

#include <math.h>

enum { STREAM = 30000, TEST = 1000 };

static struct samples checkers(struct replica *r, uint64_t stream, size_t count)
{
    struct samples samples = samples_new(r, count, 2, 2, 0);
    for (size_t n = 0; n < count; n++) {
        int field = 0;
        for (size_t i = 0; i < 2; i++) {
            const double u = lab_uniform(r, stream, 2 * n + i);
            samples.x[2 * n + i] = (float)(2 * u - 1);
            field += (int)floor(4 * u);
        }
        samples.label[n] = field % 2;
    }
    return samples;
}

static struct samples teacher(struct replica *r, uint64_t stream, size_t count)
{
    enum { FEATURES = 10, UNITS = 10 };
    struct samples samples = samples_new(r, count, FEATURES, 2, 0);
    float w[UNITS * FEATURES];
    lab_normal(r, stream, samples.x, count * FEATURES);
    lab_normal(r, stream + 1, w, (size_t)UNITS * FEATURES);
    for (size_t n = 0; n < count; n++) {
        double sum = 0;
        for (size_t k = 0; k < UNITS; k++) {
            double z = 0;
            for (size_t d = 0; d < FEATURES; d++)
                z += (double)w[k * FEATURES + d] * (double)samples.x[n * FEATURES + d];
            sum += z < 0 ? 0 : k % 2 == 0 ? z : -z;
        }
        samples.label[n] = sum > 0;
    }
    return samples;
}

static struct samples all_of(struct replica *r, enum problem problem, size_t count)
{
    const uint64_t stream = STREAM + 2 * (uint64_t)problem;
    switch (problem) {
    case PROBLEM_MOONS:
        return samples_moons(r, stream, count, 0.2);
    case PROBLEM_CIRCLES:
        return samples_circles(r, stream, count, 0.6, 0.15);
    case PROBLEM_XOR:
        return samples_xor(r, stream, count, 0.1);
    case PROBLEM_SPIRALS:
        return samples_spirals(r, stream, count, 2, 0.02);
    case PROBLEM_CHECKERS:
        return checkers(r, stream, count);
    case PROBLEM_TEACHER:
        return teacher(r, stream, count);
    case PROBLEM_DIGITS:
    case PROBLEMS:
        break;
    }
    return samples_digits(r);
}

struct split problem_split(struct replica *r, enum problem problem, size_t train, size_t validation)
{
    const struct samples all = all_of(r, problem, train + validation + TEST);
    struct split split = samples_split(&all, train, validation);
    split.test.count = split.test.count < TEST ? split.test.count : TEST;
    return split;
}
