// SPDX-License-Identifier: MIT
#include "wells.h"

enum { HALVINGS = 40, SETTLING = 3000 };

static double height(double w, double tilt)
{
    return (w * w - 1) * (w * w - 1) - tilt * w;
}

/* The zero of the slope 4 w (w^2 - 1) - tilt between two places where it has other signs. */
static double flat(double left, double right, double tilt)
{
    const double first = 4 * left * (left * left - 1) - tilt;
    for (size_t i = 0; i < HALVINGS; i++) {
        const double w = (left + right) / 2, slope = 4 * w * (w * w - 1) - tilt;
        if ((slope > 0) == (first > 0))
            left = w;
        else
            right = w;
    }
    return (left + right) / 2;
}

struct wells wells_random(struct replica *r, uint64_t stream, size_t count, double sign)
{
    const double turn = 0.57735026918962576; /* where the slope is steepest between the wells */
    struct wells wells = {.count = count,
                          .tilt = lab_floats(r, count),
                          .pace = lab_floats(r, count),
                          .w = lab_floats(r, count),
                          .g = lab_floats(r, count),
                          .bottom = lab_floats(r, count),
                          .barrier = lab_floats(r, count)};
    for (size_t i = 0; i < count; i++) {
        const double tilt = sign * (0.2 + lab_uniform(r, stream, i));
        const double share = lab_uniform(r, stream + 1, i);
        const double bottom = flat(-2, -turn, tilt), top = flat(-turn, turn, tilt);
        wells.tilt[i] = (float)tilt;
        wells.pace[i] = (float)(0.02 * lab_exp(r, share * lab_log(r, 10)) / 8);
        wells.bottom[i] = (float)bottom;
        wells.barrier[i] = (float)(height(top, tilt) - height(bottom, tilt));
    }
    return wells;
}

void wells_gradient(struct wells *wells)
{
    for (size_t i = 0; i < wells->count; i++) {
        const float w = wells->w[i];
        wells->g[i] = wells->pace[i] * (4 * w * (w * w - 1) - wells->tilt[i]);
    }
}

double wells_settle(struct wells *wells)
{
    size_t right = 0;
    for (size_t s = 0; s < SETTLING; s++)
        for (size_t i = 0; i < wells->count; i++) {
            const float w = wells->w[i];
            wells->w[i] = w - 0.01f * (4 * w * (w * w - 1) - wells->tilt[i]);
        }
    for (size_t i = 0; i < wells->count; i++)
        right += wells->w[i] > 0;
    return (double)right / (double)wells->count;
}
