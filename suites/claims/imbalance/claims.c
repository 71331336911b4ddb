// SPDX-License-Identifier: MIT
#include "../claim.h"

experiment confident_errors, folds, majority_bias, misleading_accuracy, monitored_test_set,
    outliers, imbalance_remedies, trees_against_networks;

const struct claim imbalance_claims[] = {
    {
        .id = "K-01",
        .name = "misleading accuracy",
        .version = 1,
        .sentence = "On unbalanced classes accuracy misleads; precision and recall, F1 and the "
                    "area under the ROC curve tell more.",
        .source = "000 Q40, 004 G8",
        .predicts = "A classifier that never looks at its input is more accurate than one that "
                    "finds most of the rare class, and F1 and AUC put them the other way round.",
        .protocol =
            "Two classes, 99 to 1: normal clouds of deviation 1 in five dimensions, centres 2 "
            "apart; 1980 samples against 20 in training and in validation, 3960 against 40 to "
            "test. Networks D-32-2 with ReLU, Adam, batch 32, 640 steps in every arm; of the rates "
            "0.001, 0.003, 0.01, after 160, 320 or 640 steps, the parameters with the largest area "
            "under the ROC curve (AUC) on validation. Arms: always the frequent class; a network; "
            "a network whose loss weights the classes evenly.",
        .effect = "accuracy of the blind classifier less that of the weighted network; the "
                  "weighted network's F1 less the blind one's; the same in AUC",
        .otherwise =
            "Whether a user should prefer the weighted network depends on what errors cost; that a "
            "metric changes with the threshold is no fault of accuracy alone: F1 is low in all "
            "arms. What never says the rare class has an F1 of 0 and an AUC of 1/2 by definition, "
            "so of the three parts accuracy alone could have turned out otherwise.",
        .rule = RULE_ABOVE,
        .size = 0.05,
        .replicas = 20,
        .needs = ALL_PARTS,
        .part = {"accuracy prefers the blind", "F1 prefers the network", "AUC prefers the network"},
        .curve = {.x = "metric, of the rare class where it is of one",
                  .y = "value",
                  .points = 5,
                  .label = {"accuracy", "recall", "precision", "F1", "AUC"},
                  .arm = {"always the frequent class", "network", "network with class weights"}},
        .is_quick = true,
        .run = EXPERIMENT(misleading_accuracy),
    },
    {
        .id = "K-02",
        .name = "majority bias",
        .version = 1,
        .sentence = "Networks that learn from unbalanced classes favour the frequent class at the "
                    "expense of the rare one.",
        .source = "000 Q40, 001 Q40, 002 Q40, 003 Q40",
        .predicts = "The frequent class has the higher recall, the more so the rarer the other one "
                    "is, on easy data as well.",
        .protocol =
            "Three problems: normal clouds of deviation 1 in five dimensions whose centres "
            "are 2 apart (they overlap) or 5 apart (nearly separable), 800 samples in "
            "training and in validation; digits, 8 against all others, up to 720 others in "
            "training and half as many in validation. Ratios 1 to 100. Networks D-32-2 with "
            "ReLU, Adam, batch 32, 640 steps in every arm; of the rates 0.001, 0.003, 0.01, "
            "after 160, 320 or 640 steps, the parameters with the largest area under the ROC "
            "curve (AUC) on validation. No remedy; the more probable class is decided for.",
        .effect = "recall of the frequent class less recall of the rare one on the test set",
        .otherwise =
            "A gap is what least errors demand when classes overlap; a gap on separable data "
            "is bias. Where the gap comes from few samples and where from shares is not told "
            "apart.",
        .rule = RULE_ABOVE,
        .size = 0.05,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"overlapping, 1:10", "overlapping, 1:100", "nearly separable, 1:10",
                 "nearly separable, 1:100", "digits, 1:10", "digits, 1:100"},
        .curve = {.x = "frequent samples for each rare one",
                  .y = "recall of the frequent class less that of the rare one",
                  .is_log_x = true,
                  .points = 5,
                  .at = {1, 3, 10, 30, 100},
                  .arm = {"overlapping", "nearly separable", "digits"}},
        .run = EXPERIMENT(majority_bias),
    },
    {
        .id = "K-03",
        .name = "imbalance remedies",
        .version = 1,
        .sentence =
            "Weighting the classes in the loss makes a network find more of the rare class, "
            "and improves it.",
        .source = "000 Q40, 001 Q40, 002 Q40, 003 Q40",
        .predicts = "With weights both the recall and the F1 of the rare class are higher.",
        .protocol =
            "Clouds: normal clouds of deviation 1 in five dimensions, centres 2 apart, 1000 "
            "samples against 20 in training and in validation. Digits: 8 against all others, "
            "40 among 800 in training, half of either in validation. Test: 4000 and 1000 "
            "samples, or the digits that are left, weighted to the shares of training. "
            "Networks D-32-2 with ReLU, Adam, batch 32, 640 steps in every arm; of the rates "
            "0.001, 0.003, 0.01, after 160, 320 or 640 steps, the parameters with the largest "
            "area under the ROC curve (AUC) on validation. Arms: nothing; class weights in "
            "the loss (balanced); the decision threshold moved to the best F1 on validation; "
            "random oversampling, SMOTE with 5 neighbours, random undersampling, each to even "
            "classes. All but the third decide for the more probable class.",
        .effect = "recall of the rare class with class weights less without; the same for F1",
        .otherwise =
            "F1 is one way to count both errors; with other costs more recall can be worth "
            "more. Moving the threshold is the arm that says whether weights do more than "
            "that.",
        .rule = RULE_ABOVE,
        .size = 0.01,
        .replicas = 20,
        .needs = ALL_PARTS,
        .part = {"recall, clouds", "recall, digits", "F1, clouds", "F1, digits"},
        .curve = {.x = "metric of the rare class",
                  .y = "value",
                  .points = 8,
                  .label = {"recall, clouds", "precision, clouds", "F1, clouds", "AUC, clouds",
                            "recall, digits", "precision, digits", "F1, digits", "AUC, digits"},
                  .arm = {"nothing", "class weights", "threshold moved", "oversampling", "SMOTE",
                          "undersampling"}},
        .run = EXPERIMENT(imbalance_remedies),
    },
    {
        .id = "K-04",
        .name = "imbalance remedies",
        .version = 1,
        .sentence =
            "Oversampling, SMOTE or undersampling improves what a network makes of unbalanced "
            "classes.",
        .source = "000 Q40, 001 Q40, 002 Q40, 003 Q40",
        .predicts = "F1 and AUC are higher after each of them than without.",
        .protocol =
            "Clouds: normal clouds of deviation 1 in five dimensions, centres 2 apart, 1000 "
            "samples against 20 in training and in validation. Digits: 8 against all others, "
            "40 among 800 in training, half of either in validation. Test: 4000 and 1000 "
            "samples, or the digits that are left, weighted to the shares of training. "
            "Networks D-32-2 with ReLU, Adam, batch 32, 640 steps in every arm; of the rates "
            "0.001, 0.003, 0.01, after 160, 320 or 640 steps, the parameters with the largest "
            "area under the ROC curve (AUC) on validation. Arms: nothing; class weights in "
            "the loss (balanced); the decision threshold moved to the best F1 on validation; "
            "random oversampling, SMOTE with 5 neighbours, random undersampling, each to even "
            "classes. All but the third decide for the more probable class.",
        .effect = "F1 (and AUC) after resampling less without, each the mean of the two sets of "
                  "data",
        .otherwise =
            "AUC knows no threshold: where F1 gains and AUC does not, resampling has moved "
            "the threshold and nothing else. Recall gains in either case: see the curve.",
        .rule = RULE_ABOVE,
        .size = 0.01,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"oversampling, F1", "oversampling, AUC", "SMOTE, F1", "SMOTE, AUC",
                 "undersampling, F1", "undersampling, AUC"},
        .curve = {.x = "metric of the rare class",
                  .y = "value",
                  .points = 8,
                  .label = {"recall, clouds", "precision, clouds", "F1, clouds", "AUC, clouds",
                            "recall, digits", "precision, digits", "F1, digits", "AUC, digits"},
                  .arm = {"nothing", "class weights", "threshold moved", "oversampling", "SMOTE",
                          "undersampling"}},
        .run = EXPERIMENT(imbalance_remedies),
    },
    /* 2: thresholds are tuned, and all arms choose among nine candidates; 3: up to 800 rounds of
     * boosting, of which 200 were often the best */
    {
        .id = "K-05",
        .name = "trees against networks",
        .version = 3,
        .sentence = "Ensembles of decision trees, by bagging or boosting, handle unbalanced "
                    "classes better than networks do.",
        .source = "000 Q40",
        .predicts = "Without any remedy a random forest and boosted stumps reach a higher F1 and "
                    "AUC for the rare class than a network.",
        .protocol =
            "Clouds: normal clouds of deviation 1 in five dimensions, centres 2 apart, 1000 "
            "samples against 20 in training and in validation. Digits: 8 against all others, 40 "
            "among 800 in training, half of either in validation. Test: 4000 and 1000 samples, or "
            "the digits that are left, weighted to the shares of training. Networks D-32-2 with "
            "ReLU, Adam, batch 32, 640 steps in every arm; of the rates 0.001, 0.003, 0.01, after "
            "160, 320 or 640 steps, the parameters with the largest area under the ROC curve (AUC) "
            "on validation. Forest: 100 trees of bootstrap samples, each split the best by Gini of "
            "about sqrt(D) features drawn anew, depth up to 1, 2, 3, 4, 5, 6, 8, 10 or 12. "
            "Boosting: discrete AdaBoost (SAMME) of stumps, after 10, 25, 50, 100, 200, 300, 400, "
            "600 or 800 rounds. Of these nine settings, as of the nine of networks, the best by "
            "AUC on validation. All arms decide at the threshold that is best for F1 on "
            "validation. Arms with class weights are in the curve.",
        .effect =
            "F1 (or AUC) of the ensemble without weights less that of the network without weights",
        .otherwise = "Other data: features of mixed kinds, which trees are made for. Gradient "
                     "boosting which the document names, is not tried: AdaBoost stands for it.",
        .rule = RULE_ABOVE,
        .size = 0.01,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"forest, F1, clouds", "forest, AUC, clouds", "boosting, F1, clouds",
                 "boosting, AUC, clouds", "forest, F1, digits", "forest, AUC, digits",
                 "boosting, F1, digits", "boosting, AUC, digits"},
        .curve = {.x = "metric of the rare class",
                  .y = "value",
                  .points = 8,
                  .label = {"recall, clouds", "precision, clouds", "F1, clouds", "AUC, clouds",
                            "recall, digits", "precision, digits", "F1, digits", "AUC, digits"},
                  .arm = {"network", "forest", "boosting", "network, weighted", "forest, weighted",
                          "boosting, weighted"}},
        .run = EXPERIMENT(trees_against_networks),
    },
    {
        .id = "K-13",
        .name = "outliers",
        .version = 1,
        .sentence = "Squared error punishes large errors hard, absolute error is robust against "
                    "outliers, and Huber's loss lies between them.",
        .source = "001 Q9, 002 Q9, 003 Q9, 004 G8",
        .predicts = "With outliers in the targets, training by absolute error stays closest to the "
                    "truth, by squared error furthest from it, and Huber's loss is in between.",
        .protocol =
            "sin 2x on [-3, 3] with normal noise of deviation 0.3; a tenth of the 200 "
            "training and 100 validation targets is 5 too high. 1-32-32-1 with tanh, Glorot's "
            "normal weights, Adam, batch 32, 60 epochs, rate of 0.003, 0.01, 0.03 by the "
            "median distance on validation. Huber's delta is 1. Test: 500 points of the wave "
            "without noise.",
        .effect = "1 less the ratio of mean distances from the wave: absolute over squared, Huber "
                  "over squared, absolute over Huber",
        .otherwise =
            "Outliers on both sides, which cancel in the mean; a smaller delta, with which "
            "Huber's loss comes nearer to the absolute one. Without outliers see the curve.",
        .rule = RULE_ABOVE,
        .size = 0.05,
        .replicas = 20,
        .needs = ALL_PARTS,
        .part = {"absolute against squared", "Huber against squared", "absolute against Huber"},
        .curve = {.x = "share of outliers",
                  .y = "mean distance from the truth",
                  .points = 6,
                  .at = {0, 0.02, 0.05, 0.1, 0.15, 0.2},
                  .arm = {"squared error", "Huber", "absolute error"}},
        .run = EXPERIMENT(outliers),
    },
    {
        .id = "K-14",
        .name = "confident errors",
        .version = 1,
        .sentence = "Logarithmic loss punishes a classifier for being confident and wrong.",
        .source = "004 G8",
        .predicts =
            "Of two models that are wrong on the same samples, the one that is surer of its "
            "errors has the larger logarithmic loss.",
        .protocol =
            "200 random predictions of two classes, 5 to 30 % of them wrong. Right ones have "
            "a probability of 0.51 to 0.99, alike in both models; wrong ones have 0.51 to 0.7 "
            "for the wrong class in the one, 0.9 to 0.999 in the other. The curve moves the "
            "confidence of all wrong predictions.",
        .effect = "logarithmic loss of the surer model over that of the other, less 1",
        .otherwise = "One pair of models of equal accuracy of which the surer one has the smaller "
                     "loss. It is mathematics, and says nothing of how networks are trained.",
        .rule = RULE_ALWAYS,
        .size = 0.05,
        .replicas = 20,
        .curve = {.x = "confidence of wrong predictions",
                  .y = "value",
                  .points = 10,
                  .at = {0.51, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99, 0.999},
                  .arm = {"logarithmic loss", "Brier score", "share of errors"}},
        .run = EXPERIMENT(confident_errors),
    },
    {
        .id = "K-15",
        .name = "folds",
        .version = 1,
        .sentence = "On small data k-fold cross-validation gives a more reliable estimate of "
                    "performance than a single split.",
        .source = "004 G15",
        .predicts = "The mean accuracy over five folds is closer to the true accuracy than that of "
                    "one split of a fifth.",
        .protocol =
            "50 moons with noise 0.3; 2-16-2 with ReLU, Adam at 0.01, batch 10, 60 epochs; no "
            "tuning. The split is the first of the five folds. True accuracy: that of the "
            "network that learned all 50, on 4000 fresh samples.",
        .effect =
            "distance of the split's accuracy from the true one less the distance of the mean "
            "over five folds",
        .otherwise = "More samples: see the curve. Five folds cost five trainings; a split that is "
                     "repeated as often is not compared.",
        .rule = RULE_ABOVE,
        .size = 0.01,
        .replicas = 200,
        .curve = {.x = "samples",
                  .y = "distance of the estimate from the true accuracy",
                  .is_log_x = true,
                  .points = 4,
                  .at = {30, 50, 100, 200},
                  .arm = {"one split of a fifth", "5 folds", "10 folds"}},
        .run = EXPERIMENT(folds),
    },
    /* 3: the documents watch the test set, and choose nothing by it */
    {
        .id = "K-16",
        .name = "monitored test set",
        .version = 3,
        .sentence = "A test set that was watched during training, and by which the best epoch or "
                    "model was taken, still gives a fair score.",
        .source = "ours; 004 C5, C9, C10 watch the test set, and choose nothing by it",
        .predicts = "The best score on the watched set is that on fresh samples, within a point.",
        .protocol = "Moons with noise 0.3: 200 to train, 100 that are watched, 4000 fresh ones. "
                    "Best of 100 epochs of a 2-32-2 network with ReLU (Adam at 0.01, batch 20); or "
                    "best of 100 networks of 8 to 32 hidden units, other starts and rates of 0.005 "
                    "to 0.03, after 20 epochs. Of equal scores the latest.",
        .effect = "accuracy on the watched set less that on fresh samples, of the candidate that "
                  "is best on the watched set",
        .otherwise = "The fewer the candidates and the larger the set, the less is gained by "
                     "looking: one candidate is no choice, and its score is fair (see the curve).",
        .rule = RULE_EQUIVALENT,
        .size = 0.01,
        .replicas = 100,
        .needs = ALL_PARTS,
        .part = {"best epoch", "best model"},
        .curve = {.x = "candidates",
                  .y = "score on the watched set less that on fresh samples",
                  .is_log_x = true,
                  .points = 7,
                  .at = {1, 2, 5, 10, 20, 50, 100},
                  .arm = {"epochs", "models"}},
        .run = EXPERIMENT(monitored_test_set),
    },
    {.id = NULL},
};
