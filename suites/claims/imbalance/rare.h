// SPDX-License-Identifier: MIT
/* rare.h - what experiments on unbalanced classes share: data, training and metrics.
 *
 * Class 1 is the rare one. Networks: D-32-2 with ReLU, Adam, batches of 32, 640 steps whatever the
 * number of samples; of the rates 0.001, 0.003 and 0.01, looked at after 160, 320 and 640 steps,
 * the parameters with the largest area under the ROC curve on validation are kept. So every arm is
 * tuned alike, and by a figure that knows neither shares of classes nor thresholds.
 */
#pragma once

#include "../lab/ask.h"
#include "../lab/fit.h"

/* Training and validation have the shares of the classes that are asked for. The test set may have
 * more of class 1, whose samples then count less: `weight` (test.count) restores the shares. */
struct rare {
    struct replica *replica;
    struct samples train, validation, test;
    float *weight;
};

/* Normal clouds of deviation 1 in five dimensions, the centres `distance` apart; `frequent` samples
 * of class 0 and `rare` ones of class 1 each in training and validation; test: 4000 and 1000. */
struct rare rare_clouds(struct replica *r, double distance, size_t frequent, size_t rare);

/* Digits: 8 against all others. `rare` of them among `frequent` others in training, half of either
 * in validation, and all that are left in the test set. */
struct rare rare_digits(struct replica *r, size_t frequent, size_t rare);

/* A network as above, trained on `train`; class_weight (2) or NULL. */
struct network *rare_trained(const struct rare *is, const struct samples *train,
                             const float *class_weight);

/* Balanced weights of the classes (2), of the technique class_weights. */
const float *rare_class_weights(const struct rare *is);

/* score (count): logit of class 1 less that of class 0; above 0 says class 1. */
void rare_scores(struct network *net, const struct samples *samples, float *score);

/* What is measured on the test set, at a threshold of 0, or of decisions (test.count). */
enum { RARE_RECALL, RARE_PRECISION, RARE_F1, RARE_AUC, RARE_METRICS };
void rare_judge(const struct rare *is, const float *score, const int *decided,
                double metric[RARE_METRICS]);

/* The area under the ROC curve. */
double rare_auc(struct replica *r, const struct samples *samples, const float *score);

/* Decisions (test.count) on `score` at the threshold that is best for F1 on validation, of which
 * `before` are the scores; of a network, which makes them itself. */
int *rare_decided(const struct rare *is, const float *before, const float *score);
int *rare_moved_threshold(const struct rare *is, struct network *net, const float *score);
