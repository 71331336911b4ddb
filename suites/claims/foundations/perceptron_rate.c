// SPDX-License-Identifier: MIT
#include "../lab/ask.h"

enum { TRAIN = 120, SAMPLES = 150, EPOCHS = 100, RATES = 6, DOCUMENTS = 2 };

static const double rate[RATES] = {0.0001, 0.001, 0.01, 0.1, 1, 10}; /* [DOCUMENTS] is theirs */

/* Two clouds of deviation 1.05 around centres that are even in [-10, 10)^2. */
static struct samples clouds(struct replica *r)
{
    struct samples samples = samples_new(r, SAMPLES, 2, 2, 0);
    lab_normal(r, 0, samples.x, 2 * (size_t)SAMPLES);
    for (size_t n = 0; n < SAMPLES; n++) {
        samples.label[n] = (int)(n % 2);
        for (size_t i = 0; i < 2; i++) {
            const double centre = 20 * lab_uniform(r, 1, 2 * (n % 2) + i) - 10;
            samples.x[2 * n + i] = (float)(centre + 1.05 * (double)samples.x[2 * n + i]);
        }
    }
    return samples;
}

/* decided (SAMPLES): what the perceptron says of all samples after training on the first ones. */
static void decide(struct replica *r, const struct samples *all, double with, const float *start,
                   int *decided)
{
    struct ask *ask = ask_new(r, "perceptron_rule");
    ask_floats(ask, "x", 2, (size_t[]){TRAIN, 2}, all->x);
    ask_integers(ask, "labels", 1, (size_t[]){TRAIN}, all->label);
    if (start != NULL) {
        ask_floats(ask, "w", 1, (size_t[]){2}, start);
        ask_floats(ask, "b", 0, NULL, start + 2);
    }
    ask_number(ask, "rate", with);
    ask_number(ask, "epochs", EPOCHS);
    ask_run(ask);
    const float *w = ask_output(ask, "w_after", EPOCHS * 2) + 2 * (EPOCHS - 1);
    const float b = ask_output(ask, "b_after", EPOCHS)[EPOCHS - 1];
    for (size_t n = 0; n < SAMPLES; n++)
        decided[n] = all->x[2 * n] * w[0] + all->x[2 * n + 1] * w[1] + b >= 0;
}

/* Whether a rate changes a single decision. Fills the test accuracies. */
static double matters(struct replica *r, const struct samples *all, const float *start, size_t arm)
{
    int theirs[SAMPLES], decided[SAMPLES];
    bool differs = false;
    decide(r, all, rate[DOCUMENTS], start, theirs);
    for (size_t i = 0; i < RATES; i++) {
        size_t right = 0;
        decide(r, all, rate[i], start, decided);
        for (size_t n = 0; n < SAMPLES; n++) {
            differs |= decided[n] != theirs[n];
            right += n >= TRAIN && decided[n] == all->label[n];
        }
        replica_point(r, arm, i, (double)right / (SAMPLES - TRAIN));
    }
    return differs ? 1 : 0;
}

void perceptron_rate(struct replica *r)
{
    const struct samples blobs = clouds(r), moons = samples_moons(r, 2, SAMPLES, 0.2);
    float start[3];
    lab_normal(r, 4, start, 3);
    replica_effect(r, 0, matters(r, &blobs, NULL, 0));
    replica_effect(r, 1, matters(r, &moons, NULL, 1));
    matters(r, &blobs, start, 2);
    matters(r, &moons, start, 3);
}
