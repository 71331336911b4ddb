// SPDX-License-Identifier: MIT
#include "noisy.h"

#include <string.h>

enum {
    IMAGES = 50,
    SELECTION = 32,
    VOTES = 200,
    ATTACK_DRAWS = 16,
    POINTS = 4,
    STREAM = 100, /* and those behind it */
};

static const double sigma = 0.25;

/* Normal deviates (M,N,64) from a stream, as an input. */
static void ask_noise(struct ask *ask, struct replica *r, const char *name, size_t draws,
                      size_t count, uint64_t stream)
{
    float *noise = lab_floats(r, draws * count * CONTEST_PIXELS);
    lab_normal(r, stream, noise, draws * count * CONTEST_PIXELS);
    ask_floats(ask, name, 3, (size_t[]){draws, count, CONTEST_PIXELS}, noise);
}

/* What the smoothed network says of images: outputs of randomized_smoothing. */
static struct ask *smooth(const struct contest *is, struct network *net, const float *x,
                          uint64_t stream)
{
    struct ask *ask = ask_new(is->replica, "randomized_smoothing");
    ask_floats(ask, "x", 2, (size_t[]){IMAGES, CONTEST_PIXELS}, x);
    ask_network(ask, net);
    ask_choice(ask, "box", "none");
    ask_number(ask, "sigma", sigma);
    ask_noise(ask, is->replica, "selection_noise", SELECTION, IMAGES, stream);
    ask_noise(ask, is->replica, "noise", VOTES, IMAGES, stream + 1);
    ask_run(ask);
    return ask;
}

/* x (64) becomes the end of an attack on the smoothed network that stays within the radius. */
static void attack(const struct contest *is, struct network *net, float *x, int class,
                   double radius, uint64_t stream)
{
    const struct arena mark = lab_borrow(is->replica);
    struct ask *ask = ask_new(is->replica, "expectation_over_transformation");
    ask_floats(ask, "x", 2, (size_t[]){1, CONTEST_PIXELS}, x);
    ask_integers(ask, "labels", 1, (size_t[]){1}, &class);
    ask_network(ask, net);
    ask_choice(ask, "box", "none");
    ask_choice(ask, "norm", "l2");
    ask_number(ask, "epsilon", radius);
    ask_number(ask, "alpha", 0.125 * radius);
    ask_number(ask, "steps", CONTEST_STEPS);
    const size_t draws[] = {CONTEST_STEPS, ATTACK_DRAWS, 1, CONTEST_PIXELS};
    const size_t count = CONTEST_STEPS * ATTACK_DRAWS * CONTEST_PIXELS;
    float *noise = lab_floats(is->replica, count);
    lab_normal(is->replica, stream, noise, count);
    for (size_t i = 0; i < count; i++)
        noise[i] *= (float)sigma;
    ask_floats(ask, "noise", 4, draws, noise);
    ask_run(ask);
    const float *iterates = ask_output(ask, "iterates", CONTEST_STEPS * CONTEST_PIXELS);
    memcpy(x, iterates + (CONTEST_STEPS - 1) * CONTEST_PIXELS, CONTEST_PIXELS * sizeof *x);
    lab_return(is->replica, mark);
}

/* The share of certified images whose class is another after attacks within `times` the radius:
 * of the smoothed network, by a test that errs once in a thousand, and of the network itself. */
static void try(const struct contest *is, struct network *net, const float *class,
                const float *radius, size_t point, double times, double share[2])
{
    struct samples attacked = samples_copy(is->replica, &is->test);
    size_t certified = 0, smoothed = 0, plain = 0;
    attacked.count = IMAGES;
    for (size_t n = 0; n < IMAGES; n++)
        if (radius[n] > 0)
            attack(is, net, attacked.x + n * CONTEST_PIXELS, (int)class[n],
                   times * (double)radius[n], STREAM + 100 * (point + 1) + n);
    const float *said =
        ask_output(smooth(is, net, attacked.x, STREAM + 2 * (point + 1)), "predicted", IMAGES);
    for (size_t n = 0; n < IMAGES; n++) {
        if (!(radius[n] > 0))
            continue;
        struct samples one = samples_part(&attacked, n, 1);
        one.label[0] = (int)class[n];
        certified++;
        smoothed += said[n] >= 0 && (int)said[n] != (int)class[n];
        plain += network_accuracy(net, &one) < 1;
    }
    if (certified == 0)
        replica_fail(is->replica, "no image has a certificate");
    share[0] = (double)smoothed / (double)certified;
    share[1] = (double)plain / (double)certified;
}

void certified_radius(struct replica *r)
{
    const struct contest is = contest_begin(r);
    struct network *net = noisy_trained(&is, 0, sigma);
    struct ask *certificate = smooth(&is, net, is.test.x, STREAM);
    const float *class = ask_output(certificate, "class", IMAGES);
    const float *radius = ask_output(certificate, "radius", IMAGES);
    for (size_t i = 0; i < POINTS; i++) {
        double share[2];
        try(&is, net, class, radius, i, r->claim->curve.at[i], share);
        replica_point(r, 0, i, share[0]);
        replica_point(r, 1, i, share[1]);
        if (i == 0)
            replica_effect(r, 0, share[0] == 0);
    }
    network_free(net);
}
