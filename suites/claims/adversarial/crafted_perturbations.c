// SPDX-License-Identifier: MIT
#include "contest.h"

#include <string.h>

enum { POINTS = 10, DRAWS = 5, NOISE = 100, RADII = 3 };

/* The points at 0.1, 0.2 and 0.3. */
static const size_t judged[RADII] = {5, 7, 9};

static const double confident = 0.9;

/* The class that the network gives each sample, and its probability. */
static void predict(const struct contest *is, struct network *net, const struct samples *samples,
                    int *class, float *confidence)
{
    const size_t N = samples->count;
    const struct arena mark = lab_borrow(is->replica);
    struct ask *ask = ask_new(is->replica, "fast_gradient_sign");
    ask_floats(ask, "x", 2, (size_t[]){N, CONTEST_PIXELS}, samples->x);
    ask_integers(ask, "labels", 1, &N, samples->label);
    ask_network(ask, net);
    ask_number(ask, "epsilon", 0);
    ask_run(ask);
    for (size_t n = 0; n < N; n++)
        class[n] = (int)ask_output(ask, "predicted", 2 * N)[n];
    memcpy(confidence, ask_output(ask, "confidence", 2 * N), N * sizeof *confidence);
    lab_return(is->replica, mark);
}

/* The test samples that the network gets right with a probability of 0.9 or more. */
static struct samples certain(const struct contest *is, struct network *net)
{
    const struct samples *test = &is->test;
    struct samples kept = samples_copy(is->replica, test);
    int *class = lab_take(is->replica, test->count, sizeof *class);
    float *confidence = lab_floats(is->replica, test->count);
    predict(is, net, test, class, confidence);
    kept.count = 0;
    for (size_t n = 0; n < test->count; n++)
        if (class[n] == test->label[n] && (double)confidence[n] >= confident) {
            memcpy(kept.x + kept.count * CONTEST_PIXELS, test->x + n * CONTEST_PIXELS,
                   CONTEST_PIXELS * sizeof *kept.x);
            kept.label[kept.count++] = test->label[n];
        }
    return kept;
}

/* Shares of the samples that are wrong: after FGSM, and after noise of this kind. */
static void disturb(const struct contest *is, struct network *net, const struct samples *samples,
                    double epsilon, const char *drawn, double *crafted, double *noise)
{
    const size_t N = samples->count, n = DRAWS * N * CONTEST_PIXELS;
    const struct arena mark = lab_borrow(is->replica);
    float *uniform = lab_floats(is->replica, n);
    for (size_t i = 0; i < n; i++) { /* what lies at the ends, or has no sign, is moved */
        const double u = lab_uniform(is->replica, NOISE, i);
        uniform[i] = (float)(u == 0 || u == 0.5 ? 0.25 : u);
    }
    struct ask *ask = ask_new(is->replica, "random_noise_attack");
    ask_floats(ask, "x", 2, (size_t[]){N, CONTEST_PIXELS}, samples->x);
    ask_integers(ask, "labels", 1, &N, samples->label);
    ask_network(ask, net);
    ask_number(ask, "epsilon", epsilon);
    ask_choice(ask, "drawn", drawn);
    ask_floats(ask, "uniform", 3, (size_t[]){DRAWS, N, CONTEST_PIXELS}, uniform);
    ask_run(ask);
    const float *share = ask_output(ask, "fooled_share", 2);
    *noise = (double)share[0];
    *crafted = (double)share[1];
    lab_return(is->replica, mark);
}

/* Shares that are wrong after projected gradient descent, and wrong with confidence. */
static void descend(const struct contest *is, struct network *net, const struct samples *samples,
                    double epsilon, double *wrong, double *sure)
{
    const struct arena mark = lab_borrow(is->replica);
    const struct samples attacked = contest_attacked(is, net, samples, epsilon);
    int *class = lab_take(is->replica, samples->count, sizeof *class);
    float *confidence = lab_floats(is->replica, samples->count);
    size_t all = 0, those = 0;
    predict(is, net, &attacked, class, confidence);
    for (size_t n = 0; n < samples->count; n++) {
        all += class[n] != samples->label[n];
        those += class[n] != samples->label[n] && (double)confidence[n] >= confident;
    }
    *wrong = (double)all / (double)samples->count;
    *sure = (double)those / (double)samples->count;
    lab_return(is->replica, mark);
}

void crafted_perturbations(struct replica *r)
{
    const struct contest is = contest_begin(r);
    struct network *net = contest_trained(&is, 0);
    const struct samples samples = certain(&is, net);
    for (size_t i = 0; i < POINTS; i++) {
        const double epsilon = r->claim->curve.at[i];
        double crafted, ball, corners, wrong, sure;
        disturb(&is, net, &samples, epsilon, "ball", &crafted, &ball);
        disturb(&is, net, &samples, epsilon, "surface", &crafted, &corners);
        descend(&is, net, &samples, epsilon, &wrong, &sure);
        replica_point(r, 0, i, crafted);
        replica_point(r, 1, i, wrong);
        replica_point(r, 2, i, sure);
        replica_point(r, 3, i, ball);
        replica_point(r, 4, i, corners);
        for (size_t k = 0; k < RADII; k++)
            if (i == judged[k]) {
                replica_effect(r, 2 * k, crafted - 5 * ball);
                replica_effect(r, 2 * k + 1, wrong > 0 ? sure / wrong - 0.5 : -0.5);
            }
    }
    network_free(net);
}
