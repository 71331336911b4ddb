// SPDX-License-Identifier: MIT
#include "contest.h"

enum { MEMBERS = 5, POINTS = 5, JUDGED = 2 };

static const struct assault assault = {"linf", "cross_entropy", "descent"};

/* Jensen and Shannon's disagreement of the members, of each sample. */
static void disagree(const struct contest *is, struct network *const member[],
                     const struct samples *samples, float *score)
{
    const size_t N = samples->count, K = CONTEST_CLASSES;
    const struct arena mark = lab_borrow(is->replica);
    float *z = lab_floats(is->replica, MEMBERS * N * K);
    for (size_t m = 0; m < MEMBERS; m++)
        network_outputs(member[m], samples, z + m * N * K);
    struct ask *ask = ask_new(is->replica, "ensemble_defense");
    ask_floats(ask, "z", 3, (size_t[]){MEMBERS, N, K}, z);
    ask_run(ask);
    const float *found = ask_output(ask, "score", N);
    for (size_t n = 0; n < N; n++)
        score[n] = found[n];
    lab_return(is->replica, mark);
}

/* How well disagreement tells attacked images from the others: the area under the curve. */
static double detects(const struct contest *is, struct network *const member[],
                      const struct samples *attacked)
{
    const size_t N = is->test.count, all = 2 * N;
    const struct arena mark = lab_borrow(is->replica);
    float *score = lab_floats(is->replica, all);
    int *label = lab_take(is->replica, all, sizeof *label);
    disagree(is, member, &is->test, score);
    disagree(is, member, attacked, score + N);
    for (size_t n = N; n < all; n++)
        label[n] = 1;
    struct ask *ask = ask_new(is->replica, "roc_auc");
    ask_floats(ask, "scores", 1, &all, score);
    ask_integers(ask, "labels", 1, &all, label);
    ask_run(ask);
    const double area = (double)*ask_output(ask, "auc", 1);
    lab_return(is->replica, mark);
    return area;
}

/* Mean accuracy of the members: each on attacks on itself (attacked NULL), or on given images. */
static double members_accuracy(const struct contest *is, struct network *const member[],
                               const struct samples *attacked, double epsilon)
{
    double sum = 0;
    for (size_t m = 0; m < MEMBERS; m++) {
        double accuracy;
        if (attacked == NULL)
            contest_accuracy(is, member[m], &is->test, &assault, &epsilon, 1, &accuracy);
        else
            accuracy = network_accuracy(member[m], attacked);
        sum += accuracy;
    }
    return sum / MEMBERS;
}

void ensembles(struct replica *r)
{
    const struct contest is = contest_begin(r);
    struct network *member[MEMBERS], *other = contest_trained(&is, 100 * MEMBERS);
    for (size_t m = 0; m < MEMBERS; m++)
        member[m] = contest_trained(&is, 100 * m);
    struct network *whole = contest_merged(&is, member, MEMBERS);
    for (size_t i = 0; i < POINTS; i++) {
        const double epsilon = r->claim->curve.at[i];
        const struct samples transferred = contest_attacked(&is, other, &is.test, epsilon);
        const struct samples aimed = contest_attacked(&is, whole, &is.test, epsilon);
        const double point[] = {members_accuracy(&is, member, &transferred, epsilon),
                                network_accuracy(whole, &transferred),
                                members_accuracy(&is, member, NULL, epsilon),
                                network_accuracy(whole, &aimed),
                                detects(&is, member, &transferred),
                                detects(&is, member, &aimed)};
        for (size_t arm = 0; arm < sizeof point / sizeof point[0]; arm++)
            replica_point(r, arm, i, point[arm]);
        if (i == JUDGED) {
            replica_effect(r, 0, point[1] - point[0]);
            replica_effect(r, 1, point[3] - point[2]);
            replica_effect(r, 2, point[4] - 0.75);
            replica_effect(r, 3, point[5] - 0.75);
        }
    }
    for (size_t m = 0; m < MEMBERS; m++)
        network_free(member[m]);
    network_free(other);
    network_free(whole);
}
