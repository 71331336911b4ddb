// SPDX-License-Identifier: MIT
#include "quadratic.h"

#include <string.h>

struct quadratic quadratic_random(struct replica *r, uint64_t stream, size_t count,
                                  double condition)
{
    struct quadratic quadratic = {.count = count,
                                  .curvature = lab_floats(r, count),
                                  .start = lab_floats(r, count),
                                  .w = lab_floats(r, count),
                                  .gradient = lab_floats(r, count)};
    const double decades = lab_log(r, condition);
    for (size_t i = 0; i < count; i++) {
        const double share = i == 0 ? 0 : i == 1 ? 1 : lab_uniform(r, stream, i);
        quadratic.curvature[i] = (float)lab_exp(r, -share * decades);
    }
    lab_normal(r, stream + 1, quadratic.start, count);
    return quadratic;
}

static double value(const struct quadratic *quadratic)
{
    double sum = 0;
    for (size_t i = 0; i < quadratic->count; i++)
        sum += (double)quadratic->curvature[i] * (double)quadratic->w[i] * (double)quadratic->w[i];
    return sum / 2;
}

struct quadratic_run quadratic_descend(struct quadratic *quadratic, struct steps *steps,
                                       double rate, double share, size_t limit)
{
    struct quadratic_run run = {0, false, false};
    memcpy(quadratic->w, quadratic->start, quadratic->count * sizeof *quadratic->w);
    const double first = value(quadratic);
    while (run.steps < limit && !run.has_arrived && !run.has_diverged) {
        for (size_t i = 0; i < quadratic->count; i++)
            quadratic->gradient[i] = quadratic->curvature[i] * quadratic->w[i];
        steps_take(steps, quadratic->w, quadratic->gradient, rate);
        run.steps++;
        const double now = value(quadratic);
        run.has_arrived = now <= share * first;
        run.has_diverged = !(now <= 1e6 * first);
    }
    return run;
}
