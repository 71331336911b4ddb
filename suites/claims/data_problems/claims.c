// SPDX-License-Identifier: MIT
#include "../claim.h"

experiment data_quality, dropped_rows, mean_imputation, missing_indicator, need_of_data,
    neighbour_imputation, traditional_methods;

const struct claim data_problems_claims[] = {
    {
        .id = "K-06",
        .name = "mean imputation",
        .version = 1,
        .sentence = "Where values are missing at random, the mean or the median of the column may "
                    "stand in for them.",
        .source = "000 Q43",
        .predicts = "With 30 % of the values missing in half of the columns, means, variances and "
                    "the accuracy of a network stay as they are, within 0.05.",
        .protocol =
            "Waves: eight columns sin(2 (u cos k pi/8 + v sin k pi/8) + k) with noise 0.1, of two "
            "hidden numbers, uniform in [-1,1]; class 1 where u v > 0. 400 samples "
            "to train, 200 for validation, 1000 to test, all with gaps, filled with the "
            "training set's means. At random, which is what the verdict is about: in even "
            "columns, where the next column is above its median, so that what is missing "
            "depends on what is known. For the plot also: in all columns by chance, or where "
            "the value itself is above its median; and medians. 8-32-32-2 with ReLU, Adam, 400 "
            "batches of 32, rate 0.001, 0.003 or 0.01 by validation, columns standardised "
            "after filling.",
        .effect = "distance of the column's mean from the true one, in standard deviations; share "
                  "of its variance that is lost (both as means over the columns with gaps); test "
                  "accuracy without gaps less that with them",
        .otherwise =
            "Fewer gaps; columns that do not depend on each other, where at random is by "
            "chance. What the documents call the assumption of this method is that values are "
            "missing at random and that the mean represents them: the second does not follow "
            "from the first.",
        .rule = RULE_EQUIVALENT,
        .size = 0.05,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"mean", "variance", "accuracy"},
        .curve = {.x = "share of values missing",
                  .y = "test accuracy lost",
                  .points = 3,
                  .at = {0.1, 0.3, 0.5},
                  .arm = {"by chance, mean", "by chance, median", "at random, mean",
                          "at random, median", "not at random, mean", "not at random, median"}},
        .run = EXPERIMENT(mean_imputation),
    },
    {
        .id = "K-08",
        .name = "neighbour imputation",
        .version = 1,
        .sentence = "Missing values are better filled in from the nearest neighbours than with the "
                    "column's mean.",
        .source = "001 Q43",
        .predicts = "Filled-in values are nearer to the true ones, and a network that learns from "
                    "them is more accurate.",
        .protocol =
            "Waves: eight columns sin(2 (u cos k pi/8 + v sin k pi/8) + k) with noise 0.1, of two "
            "hidden numbers, uniform in [-1,1]; class 1 where u v > 0. Digits. Of "
            "either 400 samples to train, 200 for validation, 1000 to test; 30 % of all values "
            "missing by chance. Filled with the mean of the training set, or the mean of the "
            "five training samples that are nearest by the columns that both know and have "
            "the value. D-32-32-K with ReLU, Adam, 400 batches of 32, rate 0.001, 0.003 or "
            "0.01 by validation, columns standardised after filling.",
        .effect = "reduction of the root mean square error of filled-in test values, as a share; "
                  "gain of test accuracy",
        .otherwise =
            "Columns that tell nothing of each other; more columns, where neighbours are far. "
            "MissForest, which the document calls more sophisticated, is not tried.",
        .rule = RULE_ABOVE,
        .size = 0.02,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"error, waves", "accuracy, waves", "error, digits", "accuracy, digits"},
        .curve = {.x = "share of values missing",
                  .y = "test accuracy",
                  .points = 3,
                  .at = {0.1, 0.3, 0.5},
                  .arm = {"mean, waves", "neighbours, waves", "mean, digits",
                          "neighbours, digits"}},
        .run = EXPERIMENT(neighbour_imputation),
    },
    {
        .id = "K-09",
        .name = "missing indicator",
        .version = 1,
        .sentence = "A column that says whether a value was missing lets a network make use of "
                    "that.",
        .source = "000 Q43",
        .predicts = "Where values are missing because they are large, the network with indicators "
                    "is at least three points more accurate.",
        .protocol =
            "Waves: eight columns sin(2 (u cos k pi/8 + v sin k pi/8) + k) with noise 0.1, of two "
            "hidden numbers, uniform in [-1,1]; class 1 where u v > 0. Digits. Of "
            "either 400 samples to train, 200 for validation, 1000 to test. A value above its "
            "column's median is missing with probability 0.6 (so about 30 % of all in waves), "
            "and filled with the mean of those that are known. With or without one more column "
            "for each, 1 where the value was missing. D-32-32-K with ReLU, Adam, 400 batches "
            "of 32, rate 0.001, 0.003 or 0.01 by validation, columns standardised after "
            "filling.",
        .effect = "test accuracy with indicators less without",
        .otherwise =
            "Values missing by chance, which say nothing; means far from the known values, "
            "which are an indicator themselves.",
        .rule = RULE_ABOVE,
        .size = 0.03,
        .replicas = 20,
        .needs = ALL_PARTS,
        .part = {"waves", "digits"},
        .curve = {.x = "half the probability that a value above the median is missing",
                  .y = "test accuracy",
                  .points = 3,
                  .at = {0.1, 0.3, 0.5},
                  .arm = {"without, waves", "with indicators, waves", "without, digits",
                          "with indicators, digits"}},
        .run = EXPERIMENT(missing_indicator),
    },
    {
        .id = "K-10",
        .name = "dropped rows",
        .version = 1,
        .sentence = "Dropping samples with missing values loses data, and so performance.",
        .source = "000 Q43",
        .predicts = "A network that learns from the whole samples alone is less accurate than one "
                    "that learns from all, with means in the gaps.",
        .protocol =
            "Waves: eight columns sin(2 (u cos k pi/8 + v sin k pi/8) + k) with noise 0.1, of two "
            "hidden numbers, uniform in [-1,1]; class 1 where u v > 0. Digits. Of "
            "either 400 samples to train, 200 for validation, 1000 to test; values missing by "
            "chance, 10 % of waves and an eighth of that of digits, which have eight times as "
            "many columns: so about 43 % of the training samples are whole. Validation and "
            "test are filled with the training set's means in both arms. D-32-32-K with ReLU, "
            "Adam, 400 batches of 32, rate 0.001, 0.003 or 0.01 by validation, columns "
            "standardised after filling.",
        .effect = "test accuracy with all samples, filled in, less that with the whole ones alone",
        .otherwise =
            "So few gaps that hardly any sample is lost, or values of which the mean is a bad "
            "guess: dropping shows the network nothing but true values.",
        .rule = RULE_ABOVE,
        .size = 0.01,
        .replicas = 20,
        .needs = ALL_PARTS,
        .part = {"waves", "digits"},
        .curve = {.x = "share of values missing in waves; an eighth of that in digits",
                  .y = "test accuracy",
                  .points = 5,
                  .at = {0.02, 0.05, 0.1, 0.15, 0.2},
                  .arm = {"all, waves", "whole samples, waves", "all, digits",
                          "whole samples, digits"}},
        .run = EXPERIMENT(dropped_rows),
    },
    {
        .id = "K-17",
        .name = "traditional methods",
        .version = 1,
        .sentence = "Deep learning is more accurate than traditional machine learning.",
        .source = "000 Q36, 001 Q36, 002 Q36, 003 Q36",
        .predicts = "On most of six sets of data a network has the higher accuracy.",
        .protocol =
            "Moons, circles, spirals, a checkerboard, the sign of a random network of 10 inputs, "
            "digits: 300 samples to train, 150 for validation, 1000 to test, standardised. "
            "Network: 1 or 3 hidden layers of 32 ReLU, Adam at 0.001, 0.003 or 0.01. Nearest "
            "neighbours: 1, 3, 5, 9 or 15. Logistic regression: Adam at 0.003, 0.01, 0.03 or 0.1; "
            "both 1000 batches of 32, and the epoch with the least validation loss. Forest: 25 "
            "trees of bootstrap samples, each split the best by Gini of about sqrt(D) features "
            "drawn anew, depth up to 2, 4 or 8. All settings, and which of the three traditional "
            "methods, by validation accuracy.",
        .effect = "test accuracy of the network less that of the traditional method that is best "
                  "on validation",
        .otherwise =
            "Large sets and other kinds of networks: the documents think of images, sound and "
            "text above all. The traditional side chooses among three methods, the network "
            "among two depths; each method alone is in the plot. Boosted trees and kernel "
            "machines are not tried.",
        .rule = RULE_ABOVE,
        .size = 0.01,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"moons", "circles", "spirals", "checkerboard", "random network", "digits"},
        .curve = {.x = "data",
                  .y = "test accuracy",
                  .points = 6,
                  .label = {"moons", "circles", "spirals", "checkerboard", "random network",
                            "digits"},
                  .arm = {"network", "nearest neighbours", "logistic regression", "forest"}},
        .run = EXPERIMENT(traditional_methods),
    },
    {
        .id = "K-18",
        .name = "need of data",
        .version = 1,
        .sentence = "Deep learning needs much more labelled data than traditional methods to do "
                    "well.",
        .source = "000-003 Q36, Q50",
        .predicts = "With 50 samples a network is behind traditional methods, and it catches up "
                    "with more of them.",
        .protocol =
            "Digits, a four by four checkerboard, the sign of a random network of 10 inputs; 50 "
            "to 1000 samples to train, the smaller sets parts of the larger, 297 for validation, "
            "500 or 1000 to test. Network: 2 hidden layers of 32 ReLU, Adam at 0.001, 0.003 or "
            "0.01. Traditional: nearest neighbours (1, 3, 5, 9 or 15) or logistic regression "
            "(Adam at 0.003, 0.01, 0.03 or 0.1), whichever is better on validation; both trained "
            "by 800 batches of 32, the epoch with the least validation loss. All other choices by "
            "validation accuracy.",
        .effect = "test accuracy of the traditional method less that of the network with 50 "
                  "samples; the same difference with 50 samples less that with 1000",
        .otherwise =
            "Forests or kernel machines as rivals, deeper networks, more than 1000 samples. "
            "Validation sets do not shrink with the training sets, so choices are better than "
            "50 samples would allow, alike in both arms.",
        .rule = RULE_ABOVE,
        .size = 0.01,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"behind, digits", "catches up, digits", "behind, checkerboard",
                 "catches up, checkerboard", "behind, random network",
                 "catches up, random network"},
        .curve = {.x = "training samples",
                  .y = "test accuracy",
                  .is_log_x = true,
                  .points = 4,
                  .at = {50, 100, 300, 1000},
                  .arm = {"network, digits", "traditional, digits", "network, checkerboard",
                          "traditional, checkerboard", "network, random network",
                          "traditional, random network"}},
        .run = EXPERIMENT(need_of_data),
    },
    {
        .id = "K-19",
        .name = "data quality",
        .version = 1,
        .sentence = "The quality of the data has a strong effect on how well a network does.",
        .source = "001 Q32; 002 Q32",
        .predicts = "Copies in place of samples, wrong labels and columns in other units each "
                    "cost accuracy.",
        .protocol =
            "Digits and the sign of a random network of 10 inputs; 400 samples to train, 200 "
            "for validation, 1000 to test. D-32-32-K with ReLU, Adam, 400 batches of "
            "32; rates 0.0003, 0.001, 0.003, 0.01 by validation accuracy, in every state of "
            "the data. Copies: the second half of the training set repeats the first. Wrong "
            "labels: 20 % in training and validation. Units: about a quarter of the columns "
            "times 100 in all samples; standardised afterwards for the plot.",
        .effect = "test accuracy with clean data less that with the defect",
        .otherwise =
            "Smaller doses of each defect; remedies, of which scaling is in the plot. The test "
            "set has right labels.",
        .rule = RULE_ABOVE,
        .size = 0.02,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"copies, digits", "wrong labels, digits", "units, digits",
                 "copies, random network", "wrong labels, random network", "units, random network"},
        .curve = {.x = "training data",
                  .y = "test accuracy",
                  .points = 5,
                  .label = {"clean", "half are copies", "20 % wrong labels", "other units",
                            "other units, standardised"},
                  .arm = {"digits", "random network"}},
        .run = EXPERIMENT(data_quality),
    },
    {.id = NULL},
};
