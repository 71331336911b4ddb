// SPDX-License-Identifier: MIT
#include "noisy.h"

enum { MEMBERS = 3, IMAGES = 200, POINTS = 3, JUDGED = 1, ARMS = 5 };

static const double epsilon = 0.1;
static const struct opponent opponent = {.epsilon = 0.1, .clean = 0.5, .steps = 7};
static const struct front noise = {contest_noise, 0.1, 8, NULL};

/* A network, and whether noise stands in front of it. */
struct defence {
    struct network *net;
    bool is_noisy;
};

/* The network from the first start, and all together. */
static void train(const struct contest *is, bool hardens, struct network **first,
                  struct network **together)
{
    struct network *member[MEMBERS];
    for (size_t m = 0; m < MEMBERS; m++)
        member[m] =
            hardens ? contest_hardened(is, 100 * m, &opponent) : contest_trained(is, 100 * m);
    *together = contest_merged(is, member, MEMBERS);
    *first = member[0];
    for (size_t m = 1; m < MEMBERS; m++)
        network_free(member[m]);
}

/* Accuracy after two attacks, which all arms meet: on the network alone, and through noise. */
static double survive(const struct contest *is, const struct defence *defence,
                      const struct samples *images, double radius)
{
    double alone;
    const double behind = contest_robust_behind(is, defence->net, &noise, images, radius, &alone);
    return defence->is_noisy ? behind : alone;
}

/* On the test set, at every radius of the curve. */
static double draw_arm(const struct contest *is, const struct defence *defence, size_t arm)
{
    const struct samples images = samples_part(&is->test, 0, IMAGES);
    double judged = 0;
    for (size_t i = 0; i < POINTS; i++) {
        const double radius = is->replica->claim->curve.at[i];
        const double accuracy = survive(is, defence, &images, radius);
        replica_point(is->replica, arm, i, accuracy);
        if (i == JUDGED)
            judged = accuracy;
    }
    return judged;
}

void defence_in_depth(struct replica *r)
{
    const struct contest is = contest_begin(r);
    /* All together first, then each alone, then none. */
    struct defence defence[ARMS] = {
        [0] = {.is_noisy = true},
        [2] = {.net = noisy_trained(&is, 0, noise.amount), .is_noisy = true}};
    const struct samples validation = samples_part(&is.validation, 0, IMAGES);
    double best = -1, accuracy[ARMS];
    size_t chosen = 1;
    train(&is, true, &defence[1].net, &defence[0].net);
    train(&is, false, &defence[4].net, &defence[3].net);
    for (size_t arm = 0; arm < ARMS; arm++) {
        accuracy[arm] = draw_arm(&is, &defence[arm], arm);
        const double before = survive(&is, &defence[arm], &validation, epsilon);
        if (arm > 0 && before > best) {
            best = before;
            chosen = arm;
        }
        network_free(defence[arm].net);
    }
    replica_effect(r, 0, accuracy[0] - accuracy[chosen]);
}
