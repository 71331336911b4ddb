// SPDX-License-Identifier: MIT
#include "contest.h"

enum { ATTACKS = 6, ARMS = 3 };

/* What the networks are tried with, in the order of the curve's points. */
static const struct {
    struct assault assault;
    double epsilon;
} trial[ATTACKS] = {
    {{"linf", "cross_entropy", "one_step"}, 0},  {{"linf", "cross_entropy", "one_step"}, 0.1},
    {{"linf", "cross_entropy", "descent"}, 0.1}, {{"linf", "logit_margin", "descent"}, 0.1},
    {{"l2", "cross_entropy", "descent"}, 0.5},   {{"l1", "cross_entropy", "descent"}, 2},
};

static void try_all(const struct contest *is, struct network *net, size_t arm, double *accuracy)
{
    for (size_t i = 0; i < ATTACKS; i++) {
        contest_accuracy(is, net, &is->test, &trial[i].assault, &trial[i].epsilon, 1, &accuracy[i]);
        replica_point(is->replica, arm, i, accuracy[i]);
    }
    network_free(net);
}

void vaccination(struct replica *r)
{
    const struct contest is = contest_begin(r);
    const struct opponent one_step = {.epsilon = 0.1, .clean = 0.5, .steps = 1};
    const struct opponent descent = {.epsilon = 0.1, .clean = 0.5, .steps = 7};
    double accuracy[ARMS][ATTACKS];
    try_all(&is, contest_trained(&is, 0), 0, accuracy[0]);
    try_all(&is, contest_hardened(&is, 0, &one_step), 1, accuracy[1]);
    try_all(&is, contest_hardened(&is, 0, &descent), 2, accuracy[2]);
    replica_effect(r, 0, accuracy[1][1] - accuracy[0][1]);
    replica_effect(r, 1, accuracy[2][2] - accuracy[0][2]);
}
