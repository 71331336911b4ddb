// SPDX-License-Identifier: MIT
#include "contest.h"

#include <string.h>

enum {
    IMAGES = 50,
    RADII = 64,
    POINTS = 24,
    GRID = 3,
    SEARCHES = 8,
    STEPS = 200,        /* of each search: 1600 gradients an image */
    DESCENT_STEPS = 25, /* of each radius: as many */
};

/* Finds a perturbation of each sample; distance (N), infinite (see far) where there is none. */
typedef void attack(const struct contest *is, struct network *net, const struct samples *samples,
                    double setting, double *distance);

static const double far = 8; /* the largest distance between two images */

static struct ask *ask_attack(const struct contest *is, struct network *net,
                              const struct samples *samples, const char *technique)
{
    struct ask *ask = ask_new(is->replica, technique);
    ask_floats(ask, "x", 2, (size_t[]){samples->count, CONTEST_PIXELS}, samples->x);
    ask_integers(ask, "labels", 1, &samples->count, samples->label);
    ask_network(ask, net);
    return ask;
}

/* setting: the rate. */
static void carlini_wagner(const struct contest *is, struct network *net,
                           const struct samples *samples, double setting, double *distance)
{
    const size_t N = samples->count;
    const struct arena mark = lab_borrow(is->replica);
    struct ask *ask = ask_attack(is, net, samples, "carlini_wagner");
    ask_number(ask, "searches", SEARCHES);
    ask_number(ask, "steps", STEPS);
    ask_number(ask, "constant", 0.1);
    ask_number(ask, "rate", setting);
    ask_run(ask);
    const float *found = ask_output(ask, "success", N), *length = ask_output(ask, "distance", N);
    for (size_t n = 0; n < N; n++)
        distance[n] = found[n] != 0 ? (double)length[n] : far;
    lab_return(is->replica, mark);
}

/* The distances of those that are fooled within this radius, where they are smaller. */
static void descend(const struct contest *is, struct network *net, const struct samples *samples,
                    double radius, double step, double *distance)
{
    const size_t N = samples->count, D = CONTEST_PIXELS;
    const struct arena mark = lab_borrow(is->replica);
    struct ask *ask = ask_attack(is, net, samples, "projected_gradient_descent");
    float *change = lab_floats(is->replica, D);
    ask_choice(ask, "norm", "l2");
    ask_choice(ask, "stop", "fooled");
    ask_number(ask, "epsilon", radius);
    ask_number(ask, "alpha", step * radius);
    ask_number(ask, "steps", DESCENT_STEPS);
    ask_run(ask);
    const float *found = ask_output(ask, "success", N), *x = ask_output(ask, "adversarial", N * D);
    for (size_t n = 0; n < N; n++) {
        for (size_t d = 0; d < D; d++)
            change[d] = x[n * D + d] - samples->x[n * D + d];
        const double length = lab_norm(change, D);
        if (found[n] != 0 && length < distance[n])
            distance[n] = length;
    }
    lab_return(is->replica, mark);
}

/* setting: the step, as a share of the radius. */
static void projected_descent(const struct contest *is, struct network *net,
                              const struct samples *samples, double setting, double *distance)
{
    double radius = 0.05;
    for (size_t n = 0; n < samples->count; n++)
        distance[n] = far;
    for (size_t i = 0; i < RADII; i++, radius *= 1.06)
        descend(is, net, samples, radius, setting, distance);
}

/* The median distance on test images with the setting that is best on validation images; the
 * shares of images that are fooled within the radii of the curve. */
static double reach(const struct contest *is, struct network *net, const struct samples *tuning,
                    const struct samples *samples, attack *run, const double setting[GRID],
                    size_t arm)
{
    struct replica *r = is->replica;
    double distance[IMAGES], least = far;
    size_t best = 0;
    for (size_t i = 0; i < GRID; i++) {
        run(is, net, tuning, setting[i], distance);
        const double median = lab_median(r, distance, tuning->count);
        if (median < least) {
            least = median;
            best = i;
        }
    }
    run(is, net, samples, setting[best], distance);
    for (size_t i = 0; i < POINTS; i++) {
        size_t fooled = 0;
        for (size_t n = 0; n < samples->count; n++)
            fooled += distance[n] <= r->claim->curve.at[i];
        replica_point(r, arm, i, (double)fooled / (double)samples->count);
    }
    return lab_median(r, distance, samples->count);
}

/* The first images that the network gets right. */
static struct samples right_ones(const struct contest *is, struct network *net,
                                 const struct samples *from)
{
    struct samples kept = samples_new(is->replica, IMAGES, CONTEST_PIXELS, CONTEST_CLASSES, 0);
    kept.count = 0;
    for (size_t n = 0; n < from->count && kept.count < IMAGES; n++) {
        const struct samples one = samples_part(from, n, 1);
        if (network_accuracy(net, &one) < 1)
            continue;
        memcpy(kept.x + kept.count * CONTEST_PIXELS, one.x, CONTEST_PIXELS * sizeof *kept.x);
        kept.label[kept.count++] = one.label[0];
    }
    return kept;
}

void smallest_perturbation(struct replica *r)
{
    static const double rate[GRID] = {0.01, 0.03, 0.1}, step[GRID] = {0.0625, 0.125, 0.25};
    const struct contest is = contest_begin(r);
    struct network *net = contest_trained(&is, 0);
    const struct samples tuning = right_ones(&is, net, &is.validation);
    const struct samples samples = right_ones(&is, net, &is.test);
    const double carlini = reach(&is, net, &tuning, &samples, carlini_wagner, rate, 0);
    const double descent = reach(&is, net, &tuning, &samples, projected_descent, step, 1);
    replica_effect(r, 0, 1 - carlini / descent);
    network_free(net);
}
