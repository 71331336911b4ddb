// SPDX-License-Identifier: MIT
/* contest.h - what experiments on attacks share: digits, networks, attacks and defences.
 *
 * The digits in three parts; networks 64-32-10 with ReLU; plain stochastic gradient descent, batch
 * 32, 20 epochs, the best of the rates 0.03, 0.1 and 0.3 on validation: the same for every arm.
 * Attacks of 20 steps of an eighth of the radius, which begin at the image itself.
 */
#pragma once

#include "../lab/ask.h"
#include "../lab/fit.h"

enum {
    CONTEST_TRAIN = 1000,
    CONTEST_VALIDATION = 297,
    CONTEST_TEST = 500,
    CONTEST_PIXELS = 64,
    CONTEST_SIDE = 8,
    CONTEST_CLASSES = 10,
    CONTEST_HIDDEN = 32,
    CONTEST_BATCH = 32,
    CONTEST_EPOCHS = 20,
    CONTEST_RATES = 3,
    CONTEST_STEPS = 20,
};

extern const double contest_rate[CONTEST_RATES];

struct contest {
    struct replica *replica;
    struct samples train, validation, test;
};

struct contest contest_begin(struct replica *r);

/* A network with its initial weights; another `stream` is another start. */
struct network *contest_network(const struct contest *is, uint64_t stream);

/* Trained as above. */
struct network *contest_trained(const struct contest *is, uint64_t stream);

/* The same plan, for arms that change something: see fit.h. The rate is tuned. */
struct fit_plan contest_plan(void);
void contest_fit(const struct contest *is, struct network *net, const struct fit_plan *plan);

/* Trained against attacks on itself (adversarial_training): every batch is attacked within epsilon
 * by `steps` steps in L-infinity, and learned together with the images as they are, which count
 * `clean`. The rate is the one with the best accuracy under that attack on validation. */
struct opponent {
    double epsilon, clean;
    size_t steps;
};
struct network *contest_hardened(const struct contest *is, uint64_t stream,
                                 const struct opponent *opponent);

/* accuracy (count): right under the worse of FGSM and projected gradient descent, and without an
 * attack, for each radius (ascending). objective: see victim.h; attacks: robust_accuracy.h. */
struct assault {
    const char *norm, *objective, *attacks;
};
void contest_accuracy(const struct contest *is, struct network *net, const struct samples *samples,
                      const struct assault *assault, const double *epsilon, size_t count,
                      double *accuracy);

/* The samples after projected gradient descent in L-infinity on the cross-entropy. */
struct samples contest_attacked(const struct contest *is, struct network *net,
                                const struct samples *samples, double epsilon);

/* A change of images on their way into a network, by draws. `change` makes y (N,64) of x, and of
 * dy, unless it is NULL, dx: what an attacker takes for the gradient. */
struct front {
    void (*change)(const struct contest *is, const struct front *front, uint64_t draw,
                   const struct samples *x, float *y, const float *dy, float *dx);
    double amount;
    size_t draws;             /* that a prediction is averaged over */
    const struct front *also; /* what else to attack through, or NULL */
};
void contest_nothing(const struct contest *is, const struct front *front, uint64_t draw,
                     const struct samples *x, float *y, const float *dy, float *dx);
void contest_noise(const struct contest *is, const struct front *front, uint64_t draw,
                   const struct samples *x, float *y, const float *dy, float *dx);
void contest_jpeg(const struct contest *is, const struct front *front, uint64_t draw,
                  const struct samples *x, float *y, const float *dy, float *dx);
/* The same with a rounding that has a slope (Shin and Song 2017), for attacks. */
void contest_smooth_jpeg(const struct contest *is, const struct front *front, uint64_t draw,
                         const struct samples *x, float *y, const float *dy, float *dx);
void contest_resizing(const struct contest *is, const struct front *front, uint64_t draw,
                      const struct samples *x, float *y, const float *dy, float *dx);

/* Accuracy of the mean of the probabilities over front->draws draws. */
double contest_accuracy_behind(const struct contest *is, struct network *net,
                               const struct front *front, const struct samples *samples);

/* Accuracy under an attacker who knows front and network: the share of samples that are right after
 * each of these attacks: on the network alone; through the front, by gradients averaged over as
 * many draws in each step (expectation over transformation; straight through what has no gradient);
 * and through what `also` names. `alone`, unless it is NULL: the share that the network without the
 * front has right after each of the same attacks, with which a defence is compared. */
double contest_robust_behind(const struct contest *is, struct network *net,
                             const struct front *front, const struct samples *samples,
                             double epsilon, double *alone);

/* One network that gives the mean of the logits of `count` networks: their hidden units side by
 * side. So an ensemble can be attacked as what it is. */
struct network *contest_merged(const struct contest *is, struct network *const net[], size_t count);
