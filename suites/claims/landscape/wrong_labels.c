// SPDX-License-Identifier: MIT
#include "../foundations/problem.h"

#include <math.h>

enum { LEVELS = 5, TRAIN = 400, VALIDATION = 300, NEIGHBOURS = 15, METHODS = 3, CLASSES = 10 };
enum { NETWORK, NEAREST, LOGISTIC };

static const double share[LEVELS] = {0, 0.1, 0.2, 0.3, 0.4};
static const enum problem problems[] = {PROBLEM_MOONS, PROBLEM_DIGITS};
static const double rates[] = {0.001, 0.003, 0.01, 0.03};

/* The class that most of the 15 nearest training samples have; of equals the smaller. */
static int vote(const struct samples *train, const float *x)
{
    double far[NEIGHBOURS];
    int label[NEIGHBOURS] = {0}, votes[CLASSES] = {0}, best = 0;
    for (size_t k = 0; k < NEIGHBOURS; k++)
        far[k] = INFINITY;
    for (size_t n = 0; n < train->count; n++) {
        double d = 0;
        for (size_t i = 0; i < train->features; i++) {
            const double off = (double)train->x[n * train->features + i] - (double)x[i];
            d += off * off;
        }
        size_t k = NEIGHBOURS;
        for (; k > 0 && far[k - 1] > d; k--)
            if (k < NEIGHBOURS) {
                far[k] = far[k - 1];
                label[k] = label[k - 1];
            }
        if (k < NEIGHBOURS) {
            far[k] = d;
            label[k] = train->label[n];
        }
    }
    for (size_t k = 0; k < NEIGHBOURS; k++)
        votes[label[k]]++;
    for (int c = 1; c < CLASSES; c++)
        best = votes[c] > votes[best] ? c : best;
    return best;
}

static double nearest(const struct split *split)
{
    size_t right = 0;
    for (size_t n = 0; n < split->test.count; n++)
        right +=
            vote(&split->train, split->test.x + n * split->test.features) == split->test.label[n];
    return (double)right / (double)split->test.count;
}

static double learns(struct replica *r, const struct split *split, size_t layers)
{
    const struct fit_plan how = {.optimizer = FIT_ADAM, .batch = 32, .epochs = 60};
    const struct network_plan plan =
        network_plan(split->train.features, layers, 64, split->train.classes);
    return trial_of(r, &plan, split, &how, rates, sizeof rates / sizeof rates[0]).test;
}

void wrong_labels(struct replica *r)
{
    for (size_t i = 0; i < sizeof problems / sizeof problems[0]; i++) {
        double lost[METHODS];
        for (size_t k = 0; k < LEVELS; k++) {
            struct split split = problem_split(r, problems[i], TRAIN, VALIDATION);
            samples_flip_labels(r, 0, &split.train, share[k]);
            samples_flip_labels(r, 1, &split.validation, share[k]);
            const double accuracy[METHODS] = {learns(r, &split, 3), nearest(&split),
                                              learns(r, &split, 1)};
            for (size_t m = 0; m < METHODS; m++) {
                lost[m] = k == 0 ? accuracy[m] : k + 1 == LEVELS ? lost[m] - accuracy[m] : lost[m];
                replica_point(r, METHODS * i + m, k, accuracy[m]);
            }
        }
        replica_effect(r, 2 * i, lost[NETWORK] - lost[NEAREST]);
        replica_effect(r, 2 * i + 1, lost[NETWORK] - lost[LOGISTIC]);
    }
}
