// SPDX-License-Identifier: MIT
#include "noisy.h"

#include <string.h>

enum { POINTS = 4, IMAGES = 200, DRAWS = 8, JUDGED = 2, ATTACK = 100, TEST = 200 };

static const double epsilon = 0.1;
static const struct assault assault = {"linf", "cross_entropy", "descent"};

static struct ask *ask_model(const struct contest *is, struct network *net, const float *x,
                             const char *technique)
{
    struct ask *ask = ask_new(is->replica, technique);
    ask_floats(ask, "x", 2, (size_t[]){IMAGES, CONTEST_PIXELS}, x);
    ask_integers(ask, "labels", 1, (size_t[]){IMAGES}, is->test.label);
    ask_network(ask, net);
    return ask;
}

/* Takes away right[i] where the mean probabilities of noisy copies are wrong; returns the share of
 * images that are left. */
static double judge(const struct contest *is, struct network *net, const float *x, double sigma,
                    bool right[IMAGES])
{
    const size_t n = DRAWS * IMAGES * CONTEST_PIXELS, K = CONTEST_CLASSES;
    const struct arena mark = lab_borrow(is->replica);
    float *noise = lab_floats(is->replica, n);
    size_t left = 0;
    lab_normal(is->replica, TEST, noise, n);
    struct ask *ask = ask_model(is, net, x, "input_randomization");
    ask_number(ask, "sigma", sigma);
    ask_floats(ask, "noise", 3, (size_t[]){DRAWS, IMAGES, CONTEST_PIXELS}, noise);
    ask_run(ask);
    const float *p = ask_output(ask, "p", IMAGES * K);
    for (size_t i = 0; i < IMAGES; i++) {
        size_t best = 0;
        for (size_t k = 1; k < K; k++)
            best = p[i * K + k] > p[i * K + best] ? k : best;
        right[i] = right[i] && (int)best == is->test.label[i];
        left += right[i];
    }
    lab_return(is->replica, mark);
    return (double)left / IMAGES;
}

/* x (images, 64): attacks that average over the noise, with new draws in every step. */
static void attack_through(const struct contest *is, struct network *net, double sigma, float *x)
{
    const size_t D = CONTEST_PIXELS, n = CONTEST_STEPS * DRAWS * IMAGES * D, last = IMAGES * D;
    const struct arena mark = lab_borrow(is->replica);
    float *noise = lab_floats(is->replica, n);
    lab_normal(is->replica, ATTACK, noise, n);
    for (size_t i = 0; i < n; i++)
        noise[i] *= (float)sigma;
    struct ask *ask = ask_model(is, net, is->test.x, "expectation_over_transformation");
    ask_number(ask, "epsilon", epsilon);
    ask_number(ask, "alpha", 0.125 * epsilon);
    ask_number(ask, "steps", CONTEST_STEPS);
    ask_floats(ask, "noise", 4, (size_t[]){CONTEST_STEPS, DRAWS, IMAGES, D}, noise);
    ask_run(ask);
    memcpy(x, ask_output(ask, "iterates", CONTEST_STEPS * last) + (CONTEST_STEPS - 1) * last,
           last * sizeof *x);
    lab_return(is->replica, mark);
}

/* Accuracies under the attack that knows nothing of noise, and under the worse, for each image, of
 * that and the one that averages over it. */
static void try(const struct contest *is, struct network *net, double sigma, double accuracy[2])
{
    const struct samples images = samples_part(&is->test, 0, IMAGES);
    const struct arena mark = lab_borrow(is->replica);
    const struct samples unaware = contest_attacked(is, net, &images, epsilon);
    float *aware = lab_floats(is->replica, IMAGES * CONTEST_PIXELS);
    attack_through(is, net, sigma, aware);
    bool right[IMAGES];
    for (size_t i = 0; i < IMAGES; i++)
        right[i] = true;
    accuracy[0] = judge(is, net, unaware.x, sigma, right);
    accuracy[1] = judge(is, net, aware, sigma, right);
    lab_return(is->replica, mark);
}

void randomised_inference(struct replica *r)
{
    const struct contest is = contest_begin(r);
    const struct samples images = samples_part(&is.test, 0, IMAGES);
    struct network *net = contest_trained(&is, 0);
    double without;
    contest_accuracy(&is, net, &images, &assault, &epsilon, 1, &without);
    for (size_t i = 0; i < POINTS; i++) {
        const double sigma = r->claim->curve.at[i];
        struct network *noisy = noisy_trained(&is, 0, sigma);
        double accuracy[4];
        try(&is, net, sigma, accuracy);
        try(&is, noisy, sigma, accuracy + 2);
        for (size_t arm = 0; arm < 4; arm++) {
            replica_point(r, arm, i, accuracy[arm]);
            if (i == JUDGED)
                replica_effect(r, arm, accuracy[arm] - without);
        }
        replica_point(r, 4, i, without);
        network_free(noisy);
    }
    network_free(net);
}
