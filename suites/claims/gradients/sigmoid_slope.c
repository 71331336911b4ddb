// SPDX-License-Identifier: MIT
#include "../lab/ask.h"

#include <math.h>

enum { RANDOM = 20000, NEAR_ZERO = 10000, PLACES = 61 };

/* The derivatives of an activation at x (count). */
static const float *slopes(struct replica *r, const char *activation, size_t count, const float *x)
{
    float *dy = lab_floats(r, count);
    for (size_t i = 0; i < count; i++)
        dy[i] = 1;
    struct ask *ask = ask_new(r, activation);
    ask_floats(ask, "x", 2, (size_t[]){count, 1}, x);
    ask_floats(ask, "dy", 2, (size_t[]){count, 1}, dy);
    ask_run(ask);
    return ask_output(ask, "dx", count);
}

static void draw_curve(struct replica *r)
{
    static const char *const activations[] = {"sigmoid", "tanh", "relu"};
    float *x = lab_floats(r, PLACES);
    for (size_t i = 0; i < PLACES; i++)
        x[i] = (float)r->claim->curve.at[i];
    for (size_t arm = 0; arm < 3; arm++) {
        const float *slope = slopes(r, activations[arm], PLACES, x);
        for (size_t i = 0; i < PLACES; i++)
            replica_point(r, arm, i, (double)slope[i]);
    }
}

void sigmoid_slope(struct replica *r)
{
    const size_t count = RANDOM + NEAR_ZERO + 1; /* the last one is 0 */
    float *x = lab_floats(r, count);
    for (size_t i = 0; i + 1 < count; i++)
        x[i] = (float)((i < RANDOM ? 15 : 0.01) * (2 * lab_uniform(r, 1, i) - 1));
    const float *slope = slopes(r, "sigmoid", count, x);
    double largest = (double)slope[0], smallest = largest;
    for (size_t i = 1; i < count; i++) {
        largest = fmax(largest, (double)slope[i]);
        smallest = fmin(smallest, (double)slope[i]);
    }
    replica_effect(r, 0, 0.25 - largest);
    replica_effect(r, 1, smallest > 0 ? smallest : -1);
    replica_effect(r, 2, (double)slope[count - 1] - 0.25);
    draw_curve(r);
}
