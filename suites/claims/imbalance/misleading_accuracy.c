// SPDX-License-Identifier: MIT
#include "rare.h"

enum { FREQUENT = 1980, RARE = 20, TEST_FREQUENT = 3960, TEST_RARE = 40, METRICS = 5 };

/* In the order of the curve's points: accuracy, recall, precision, F1, AUC. */
static void draw(struct replica *r, size_t arm, const double metric[METRICS])
{
    for (size_t i = 0; i < METRICS; i++)
        replica_point(r, arm, i, metric[i]);
}

/* What the classifier reaches that always says class 0. */
static void blind(const struct rare *is, double metric[METRICS])
{
    const size_t T = is->test.count;
    struct ask *ask = ask_new(is->replica, "majority_baseline");
    ask_integers(ask, "label", 1, &is->train.count, is->train.label);
    ask_integers(ask, "truth", 1, &T, is->test.label);
    ask_number(ask, "classes", 2);
    ask_run(ask);
    metric[0] = (double)*ask_output(ask, "accuracy", 1);
    metric[1] = (double)ask_output(ask, "recall", 2)[1];
    metric[2] = (double)ask_output(ask, "precision", 2)[1];
    metric[3] = (double)ask_output(ask, "f1", 2)[1];
    metric[4] = rare_auc(is->replica, &is->test, lab_floats(is->replica, T)); /* all scores alike */
}

static void learned(const struct rare *is, const float *class_weight, double metric[METRICS])
{
    struct network *net = rare_trained(is, &is->train, class_weight);
    float *score = lab_floats(is->replica, is->test.count);
    double found[RARE_METRICS];
    rare_scores(net, &is->test, score);
    rare_judge(is, score, NULL, found);
    metric[0] = network_accuracy(net, &is->test);
    metric[1] = found[RARE_RECALL];
    metric[2] = found[RARE_PRECISION];
    metric[3] = found[RARE_F1];
    metric[4] = found[RARE_AUC];
    network_free(net);
}

void misleading_accuracy(struct replica *r)
{
    struct rare is = rare_clouds(r, 2, FREQUENT, RARE);
    double none[METRICS], plain[METRICS], weighted[METRICS];
    /* The test set in the shares of the training set, so that no sample needs a weight. */
    is.test = samples_part(&is.test, 4000 - TEST_FREQUENT, TEST_FREQUENT + TEST_RARE);
    for (size_t n = 0; n < is.test.count; n++)
        is.weight[n] = 1;
    blind(&is, none);
    learned(&is, NULL, plain);
    learned(&is, rare_class_weights(&is), weighted);
    draw(r, 0, none);
    draw(r, 1, plain);
    draw(r, 2, weighted);
    replica_effect(r, 0, none[0] - weighted[0]);
    replica_effect(r, 1, weighted[3] - none[3]);
    replica_effect(r, 2, weighted[4] - none[4]);
}
