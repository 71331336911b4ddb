// SPDX-License-Identifier: MIT
#include "distill.h"
#include "noisy.h"

enum { POINTS = 4, IMAGES = 200, MEMBERS = 5, JUDGED = 2, ARMS = 6 };

static const double sigma = 0.2;
static const struct assault assault = {"linf", "logit_margin", "both"};

/* Under the attack on the logits, which nothing masks. */
static double judge(const struct contest *is, struct network *net, size_t arm)
{
    const struct samples images = samples_part(&is->test, 0, IMAGES);
    double accuracy[POINTS];
    contest_accuracy(is, net, &images, &assault, is->replica->claim->curve.at, POINTS, accuracy);
    for (size_t i = 0; i < POINTS; i++)
        replica_point(is->replica, arm, i, accuracy[i]);
    network_free(net);
    return accuracy[JUDGED];
}

/* Under the attack that goes through what stands in front of the network. */
static double judge_behind(const struct contest *is, struct network *net, const struct front *front,
                           size_t arm)
{
    const struct samples images = samples_part(&is->test, 0, IMAGES);
    double judged = 0;
    for (size_t i = 0; i < POINTS; i++) {
        const double epsilon = is->replica->claim->curve.at[i];
        const double accuracy = contest_robust_behind(is, net, front, &images, epsilon, NULL);
        replica_point(is->replica, arm, i, accuracy);
        if (i == JUDGED)
            judged = accuracy;
    }
    network_free(net);
    return judged;
}

static struct network *together(const struct contest *is)
{
    struct network *member[MEMBERS];
    for (size_t m = 0; m < MEMBERS; m++)
        member[m] = contest_trained(is, 100 * m);
    struct network *whole = contest_merged(is, member, MEMBERS);
    for (size_t m = 0; m < MEMBERS; m++)
        network_free(member[m]);
    return whole;
}

void defence_ranking(struct replica *r)
{
    const struct contest is = contest_begin(r);
    const struct opponent opponent = {.epsilon = 0.1, .clean = 0.5, .steps = 7};
    const struct front smooth = {contest_smooth_jpeg, 75, 1, NULL};
    const struct front jpeg = {contest_jpeg, 75, 1, &smooth};
    const struct front noise = {contest_noise, sigma, 8, NULL};
    const double accuracy[ARMS] = {
        judge(&is, contest_hardened(&is, 0, &opponent), 0),
        judge(&is, distilled(&is, 0, NULL), 1),
        judge_behind(&is, contest_trained(&is, 0), &jpeg, 2),
        judge_behind(&is, noisy_trained(&is, 0, sigma), &noise, 3),
        judge(&is, together(&is), 4),
        judge(&is, contest_trained(&is, 0), 5),
    };
    double best = 0;
    for (size_t i = 1; i < ARMS; i++)
        best = accuracy[i] > best ? accuracy[i] : best;
    replica_effect(r, 0, accuracy[0] - best);
}
