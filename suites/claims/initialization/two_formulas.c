// SPDX-License-Identifier: MIT
#include "../lab/ask.h"

#include <math.h>

enum { SAMPLES = 256, SHAPES = 3 };

static const double margin = 0.05; /* decades */

/* A layer's weights by a technique: "glorot", variance 2 / (I + O), or "lecun", 1 / I. */
static const float *weights(struct replica *r, const char *technique, size_t I, size_t O)
{
    float *deviate = lab_floats(r, I * O);
    lab_normal(r, 1, deviate, I * O);
    struct ask *ask = ask_new(r, technique);
    ask_floats(ask, "deviate", 2, (size_t[]){I, O}, deviate);
    ask_choice(ask, "distribution", "normal");
    ask_run(ask);
    return ask_output(ask, "w", I * O);
}

/* The mean squares of x w, and of dy w', for normal x (SAMPLES, I) and dy (SAMPLES, O). */
static void spread(struct replica *r, const float *w, size_t I, size_t O, double found[2])
{
    float *x = lab_floats(r, SAMPLES * I), *dy = lab_floats(r, SAMPLES * O);
    double forward = 0, backward = 0;
    lab_normal(r, 2, x, SAMPLES * I);
    lab_normal(r, 3, dy, SAMPLES * O);
    for (size_t n = 0; n < SAMPLES; n++) {
        for (size_t o = 0; o < O; o++) {
            double y = 0;
            for (size_t i = 0; i < I; i++)
                y += (double)x[n * I + i] * (double)w[i * O + o];
            forward += y * y;
        }
        for (size_t i = 0; i < I; i++) {
            double dx = 0;
            for (size_t o = 0; o < O; o++)
                dx += (double)dy[n * O + o] * (double)w[i * O + o];
            backward += dx * dx;
        }
    }
    found[0] = forward / (double)(SAMPLES * O);
    found[1] = backward / (double)(SAMPLES * I);
}

void two_formulas(struct replica *r)
{
    static const size_t shape[SHAPES][2] = {{64, 64}, {256, 16}, {16, 256}};
    for (size_t k = 0; k < SHAPES; k++) {
        const size_t I = shape[k][0], O = shape[k][1];
        double glorot[2], lecun[2];
        spread(r, weights(r, "glorot", I, O), I, O, glorot);
        spread(r, weights(r, "lecun", I, O), I, O, lecun);
        for (size_t way = 0; way < 2; way++) {
            replica_point(r, 0, 2 * k + way, lecun[way]);
            replica_point(r, 1, 2 * k + way, glorot[way]);
        }
        replica_effect(r, k, margin - fabs(lab_log10(r, lecun[0] / glorot[0])));
    }
}
