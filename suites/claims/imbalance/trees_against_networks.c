// SPDX-License-Identifier: MIT
#include "trees.h"

enum { ARMS = 6, SETS = 2 };

static float *network_scores(const struct rare *is, const float *class_weight, float *before)
{
    struct network *net = rare_trained(is, &is->train, class_weight);
    float *score = lab_floats(is->replica, is->test.count);
    rare_scores(net, &is->validation, before);
    rare_scores(net, &is->test, score);
    network_free(net);
    return score;
}

/* Recall, precision and F1 at the threshold that is best on validation, and AUC. */
static void try(const struct rare *is, size_t arm, double metric[RARE_METRICS])
{
    static float *(*const scores[])(const struct rare *is, const float *class_weight,
                                    float *before) = {network_scores, trees_forest, trees_boosting};
    float *before = lab_floats(is->replica, is->validation.count);
    const float *score = scores[arm % 3](is, arm < 3 ? NULL : rare_class_weights(is), before);
    rare_judge(is, score, rare_decided(is, before, score), metric);
}

void trees_against_networks(struct replica *r)
{
    const struct rare data[SETS] = {rare_clouds(r, 2, 1000, 20), rare_digits(r, 800, 40)};
    for (size_t i = 0; i < SETS; i++) {
        const struct rare *is = &data[i];
        double metric[ARMS][RARE_METRICS];
        for (size_t arm = 0; arm < ARMS; arm++) {
            try(is, arm, metric[arm]);
            for (size_t m = 0; m < RARE_METRICS; m++)
                replica_point(r, arm, i * RARE_METRICS + m, metric[arm][m]);
        }
        for (size_t arm = 1; arm < 3; arm++) {
            const size_t part = 4 * i + 2 * (arm - 1);
            replica_effect(r, part, metric[arm][RARE_F1] - metric[0][RARE_F1]);
            replica_effect(r, part + 1, metric[arm][RARE_AUC] - metric[0][RARE_AUC]);
        }
    }
}
