// SPDX-License-Identifier: MIT
#include "trees.h"

enum { ARMS = 6, SETS = 2 };

static float *network_scores(const struct rare *is, const float *class_weight)
{
    struct network *net = rare_trained(is, &is->train, class_weight);
    float *score = lab_floats(is->replica, is->test.count);
    rare_scores(net, &is->test, score);
    network_free(net);
    return score;
}

void trees_against_networks(struct replica *r)
{
    const struct rare data[SETS] = {rare_clouds(r, 2, 1000, 20), rare_digits(r, 800, 40)};
    for (size_t i = 0; i < SETS; i++) {
        const struct rare *is = &data[i];
        const float *weight = rare_class_weights(is);
        const float *const score[ARMS] = {network_scores(is, NULL), trees_forest(is, NULL),
                                          trees_boosting(is, NULL), network_scores(is, weight),
                                          trees_forest(is, weight), trees_boosting(is, weight)};
        double metric[ARMS][RARE_METRICS];
        for (size_t arm = 0; arm < ARMS; arm++) {
            rare_judge(is, score[arm], NULL, metric[arm]);
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
