// SPDX-License-Identifier: MIT
#include "contest.h"

enum { POINTS = 6, PARTS = 4 };

static const struct assault one_step = {"linf", "cross_entropy", "one_step"};
static const struct assault descent = {"linf", "cross_entropy", "descent"};

/* Fills the arms `arm` and arm + 1. */
static void compare(const struct contest *is, struct network *net, size_t arm, double *gain)
{
    struct replica *r = is->replica;
    double one[POINTS], many[POINTS];
    contest_accuracy(is, net, &is->test, &one_step, r->claim->curve.at, POINTS, one);
    contest_accuracy(is, net, &is->test, &descent, r->claim->curve.at, POINTS, many);
    for (size_t i = 0; i < POINTS; i++) {
        replica_point(r, arm, i, one[i]);
        replica_point(r, arm + 1, i, many[i]);
        gain[i] = one[i] - many[i];
    }
    network_free(net);
}

void descent_against_one_step(struct replica *r)
{
    static const size_t judged[PARTS] = {1, 2, 4, 5}; /* radii 0.05, 0.1, 0.2, 0.3 */
    const struct contest is = contest_begin(r);
    const struct opponent opponent = {.epsilon = 0.1, .clean = 0.5, .steps = 7};
    double gain[POINTS], unused[POINTS];
    compare(&is, contest_trained(&is, 0), 0, gain);
    compare(&is, contest_hardened(&is, 0, &opponent), 2, unused);
    for (size_t part = 0; part < PARTS; part++)
        replica_effect(r, part, gain[judged[part]]);
}
