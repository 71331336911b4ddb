// SPDX-License-Identifier: MIT
/* Version 2: the radii are found for each network. Version 1 judged at fixed radii up to 0.3, where
 * one step already fools the network about every image, so that no attack can do better. */
#include "contest.h"

enum { POINTS = 6, PARTS = 3, GRID = 30 };

static const struct assault one_step = {"linf", "cross_entropy", "one_step"};
static const struct assault descent = {"linf", "cross_entropy", "descent"};

/* Fills the arms `arm` and arm + 1. */
static void draw(const struct contest *is, struct network *net, size_t arm)
{
    struct replica *r = is->replica;
    double one[POINTS], many[POINTS];
    contest_accuracy(is, net, &is->test, &one_step, r->claim->curve.at, POINTS, one);
    contest_accuracy(is, net, &is->test, &descent, r->claim->curve.at, POINTS, many);
    for (size_t i = 0; i < POINTS; i++) {
        replica_point(r, arm, i, one[i]);
        replica_point(r, arm + 1, i, many[i]);
    }
}

/* The smallest radius of 0.01, 0.02, ... 0.3 at which one step leaves this accuracy or less on
 * validation; the largest, if there is none. */
static double radius_for(const struct contest *is, struct network *net, double accuracy)
{
    double radius[GRID], left[GRID];
    size_t i = 0;
    for (size_t k = 0; k < GRID; k++)
        radius[k] = 0.01 * (double)(k + 1);
    contest_accuracy(is, net, &is->validation, &one_step, radius, GRID, left);
    while (i + 1 < GRID && left[i] > accuracy)
        i++;
    return radius[i];
}

void descent_against_one_step(struct replica *r)
{
    static const double left[PARTS] = {0.75, 0.5, 0.25};
    const struct contest is = contest_begin(r);
    const struct opponent opponent = {.epsilon = 0.1, .clean = 0.5, .steps = 7};
    struct network *plain = contest_trained(&is, 0);
    struct network *hardened = contest_hardened(&is, 0, &opponent);
    for (size_t part = 0; part < PARTS; part++) {
        const double radius = radius_for(&is, plain, left[part]);
        double one, many;
        contest_accuracy(&is, plain, &is.test, &one_step, &radius, 1, &one);
        contest_accuracy(&is, plain, &is.test, &descent, &radius, 1, &many);
        replica_effect(r, part, one - many);
    }
    draw(&is, plain, 0);
    draw(&is, hardened, 2);
    network_free(plain);
    network_free(hardened);
}
