// SPDX-License-Identifier: MIT
#include "toy_saddle.h"

#include "../lab/steps.h"

#include <math.h>
#include <string.h>

enum { STREAM = 100 };

struct toy_saddle toy_saddle_random(struct replica *r)
{
    struct toy_saddle saddle;
    const double decade = lab_log(r, 10);
    lab_normal(r, STREAM + 1, saddle.start, TOY_AXES);
    for (size_t i = 0; i < TOY_AXES; i++)
        saddle.c[i] = (float)lab_exp(r, -lab_uniform(r, STREAM, i) * decade);
    saddle.c[0] *= -0.1f;
    saddle.c[1] = 1;
    saddle.start[0] = 0.001f;
    return saddle;
}

double toy_saddle_steps(struct replica *r, const struct toy_saddle *saddle, double rate,
                        const float *share)
{
    struct steps *steps = steps_create(&r->arena, FIT_GRADIENT_DESCENT, -1, TOY_AXES);
    const double far = lab_norm(saddle->start + 1, TOY_AXES - 1);
    float w[TOY_AXES], g[TOY_AXES];
    memcpy(w, saddle->start, sizeof w);
    for (size_t s = 1; s <= TOY_LIMIT; s++) {
        for (size_t i = 0; i < TOY_AXES; i++)
            g[i] = saddle->c[i] * w[i];
        steps_take(steps, w, g, share != NULL ? rate * (double)share[s - 1] : rate);
        const double rest = lab_norm(w + 1, TOY_AXES - 1);
        if (fabsf(w[0]) >= 1 && rest <= far)
            return (double)s;
        if (!(rest < 1e6 * far))
            break;
    }
    return TOY_LIMIT;
}
