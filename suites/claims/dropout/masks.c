// SPDX-License-Identifier: MIT
#include "masks.h"

#include <math.h>

enum { UNIT_STREAM = 10 };

float *masks_units(struct replica *r)
{
    float *unit = lab_floats(r, MASKS_UNITS);
    lab_normal(r, UNIT_STREAM, unit, MASKS_UNITS);
    for (size_t i = 0; i < MASKS_UNITS; i++)
        unit[i] = fabsf(unit[i]);
    return unit;
}

struct masked masks_drop(struct replica *r, const float *unit, double p, size_t masks,
                         const char *scaling, uint64_t stream)
{
    const size_t dim[] = {masks, MASKS_UNITS}, count = masks * MASKS_UNITS;
    float *x = lab_floats(r, count), *u = lab_floats(r, count);
    for (size_t i = 0; i < count; i++) {
        x[i] = unit[i % MASKS_UNITS];
        u[i] = (float)lab_uniform(r, stream, i);
    }
    struct ask *ask = ask_new(r, "dropout");
    ask_floats(ask, "x", 2, dim, x);
    ask_floats(ask, "u", 2, dim, u);
    ask_number(ask, "p", p);
    ask_choice(ask, "scaling", scaling);
    ask_run(ask);
    struct masked masked = {.y = ask_output(ask, "y", count)};
    masked.before = lab_mean(unit, MASKS_UNITS) * MASKS_UNITS;
    masked.training = lab_mean(masked.y, count) * MASKS_UNITS;
    masked.inference = lab_mean(ask_output(ask, "y_inference", count), count) * MASKS_UNITS;
    return masked;
}

double masks_agreement(const struct masked *masked, double sum)
{
    return 1 - fabs(sum / masked->training - 1);
}
