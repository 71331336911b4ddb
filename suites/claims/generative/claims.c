// SPDX-License-Identifier: MIT
#include "../claim.h"

experiment anomalies, augmented_classes, fooled_half_the_time, matches_the_data, modes_are_lost,
    zero_sum_gradient;

const struct claim generative_claims[] = {
    /* 2: as many iterations as the document plays */
    {
        .id = "H-09",
        .name = "fooled half the time",
        .version = 2,
        .sentence = "When a generative adversarial network is trained, the discriminator ends up "
                    "fooled half of the time.",
        .source = "004 G18, S2",
        .predicts = "Late in training the discriminator is right for about half of the samples, "
                    "and its loss is about log 2.",
        .protocol =
            "The game of document 004 C8 (2-128-128-2 against 2-128-128-1, ReLU, Adam at 0.001, 32 "
            "real and 32 generated samples, then 64 for the generator) on 5000 points normal "
            "around (2, 2) with deviation 0.5; 10,000 iterations. Real samples are drawn with "
            "replacement, and each half of a batch has an update of its own. Judged on the samples "
            "of the last 1000 iterations, each half before its update.",
        .effect = "1 if the discriminator's share of right answers is within 0.45 and 0.55 and its "
                  "mean loss within 0.05 of log 2; else 0",
        .otherwise = "Other data, rates or more iterations. It is about where training goes, not "
                     "about the equilibrium of the ideal game.",
        .rule = RULE_SHARE,
        .size = 0.5,
        .replicas = 20,
        .curve = {.x = "iterations",
                  .y = "share of right answers; loss",
                  .points = 20,
                  .at = {500,  1000, 1500, 2000, 2500, 3000, 3500, 4000, 4500, 5000,
                         5500, 6000, 6500, 7000, 7500, 8000, 8500, 9000, 9500, 10000},
                  .arm = {"right answers", "loss"}},
        .run = EXPERIMENT(fooled_half_the_time),
    },
    /* 2: as H-09 */
    {
        .id = "H-10",
        .name = "matches the data",
        .version = 2,
        .sentence = "After training, the generator's points closely match the distribution of the "
                    "real data.",
        .source = "004 C8",
        .predicts = "The generated points have the mean and the spread of the data.",
        .protocol = "As H-09; then 2000 generated points.",
        .effect = "1 if the mean is within 0.1 of (2, 2), both standard deviations within 20 % of "
                  "0.5 and the correlation within 0.2 of 0; else 0",
        .otherwise = "Moments of order two alone are compared. The last iterate is judged; an "
                     "average of iterates may do better.",
        .rule = RULE_SHARE,
        .size = 0.5,
        .replicas = 20,
        .curve = {.x = "of the generated points",
                  .y = "value",
                  .points = 5,
                  .label = {"mean x", "mean y", "deviation x", "deviation y", "correlation"},
                  .arm = {"generated"}},
        .run = EXPERIMENT(matches_the_data),
    },
    /* 2: as H-09 */
    {
        .id = "H-11",
        .name = "modes are lost",
        .version = 2,
        .sentence =
            "Training a generative adversarial network is unstable: modes of the data are lost.",
        .source = "ours; 004 C8 says that such training is unstable",
        .predicts = "A sizeable share of runs does not reach all of eight well separated modes.",
        .protocol = "The game of H-09 on a ring of eight normal clouds, radius 2, deviation 0.05; "
                    "1000 generated points; a mode counts when at least 20 of them are within "
                    "three deviations of its centre.",
        .effect = "1 if fewer than eight modes are reached, else 0",
        .otherwise = "A mode that is met imprecisely, beyond three deviations, counts as lost too. "
                     "Remedies (batch statistics, other losses, more noise) are not tried.",
        .rule = RULE_SHARE,
        .size = 0.1,
        .replicas = 20,
        .curve = {.x = "modes reached",
                  .y = "share of runs",
                  .points = 9,
                  .label = {"0", "1", "2", "3", "4", "5", "6", "7", "8"},
                  .arm = {"runs"}},
        .run = EXPERIMENT(modes_are_lost),
    },
    {
        .id = "H-12",
        .name = "zero sum gradient",
        .version = 1,
        .sentence =
            "The generator that learns to have its samples called real plays the zero-sum game.",
        .source = "004 G18, S2 with C8",
        .predicts = "Both goals give the generator the same gradient.",
        .protocol =
            "2-32-32-2 against 2-32-32-1, He's weights; the discriminator's last bias is set so "
            "that it believes 1 % of 64 generated samples. Gradient of the generator's second "
            "weights for -log D (the code) and log(1 - D) (the zero-sum game).",
        .effect = "decades between the two norms",
        .otherwise =
            "1 % is what the discriminator believes at the mean of its logits. Both have the same "
            "fixed points; the sentence is about the game that is played on the way.",
        .rule = RULE_EQUIVALENT,
        .size = 0.02,
        .replicas = 20,
        .curve = {.x = "belief of the discriminator in generated samples",
                  .y = "norm of the generator's gradient",
                  .is_log_x = true,
                  .is_log_y = true,
                  .points = 9,
                  .at = {0.0001, 0.001, 0.01, 0.03, 0.1, 0.2, 0.5, 0.7, 0.9},
                  .arm = {"zero-sum: log(1 - D)", "non-saturating: -log D"}},
        .is_quick = true,
        .run = EXPERIMENT(zero_sum_gradient),
    },
    {
        .id = "H-13",
        .name = "augmented classes",
        .version = 1,
        .sentence = "Samples from a generative adversarial network fill up a rare class and make "
                    "the classifier better.",
        .source = "004 S2, T45",
        .predicts = "With generated samples of the rare class its F1 and the area under the ROC "
                    "curve (AUC) are higher than without.",
        .protocol =
            "Two classes in the plane, 50 to 1: moons with noise 0.25, or two normal clouds of "
            "deviation 0.6 whose centres are 2 apart; 1000 samples against 20 in training and "
            "in validation, 4000 and 1000 to test, weighted to the shares of training. "
            "Generator: the game of H-09 on the 20 rare samples, 1000 iterations; 980 points "
            "of it are added (generative_augmentation). Classifiers 2-32-2 with ReLU, Adam, "
            "batch 32, 640 steps in every arm; of the rates 0.001, 0.003, 0.01, after 160, 320 "
            "or 640 steps, the parameters with the largest AUC on validation. Arms: nothing; "
            "copies of the rare samples; SMOTE with 5 neighbours; generated samples. All "
            "decide for the more probable class.",
        .effect = "F1 of the rare class (or AUC) with generated samples less without",
        .otherwise =
            "Images, of which a generator may know more than 20 samples tell; other "
            "generators, and more than one setting of this one. AUC knows no threshold: where "
            "F1 alone changes, the threshold has moved. Copies and SMOTE, which are in the "
            "plot, say what a generator adds to even classes.",
        .rule = RULE_ABOVE,
        .size = 0.01,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"F1, moons", "AUC, moons", "F1, clouds", "AUC, clouds"},
        .curve = {.x = "metric of the rare class",
                  .y = "value",
                  .points = 8,
                  .label = {"recall, moons", "precision, moons", "F1, moons", "AUC, moons",
                            "recall, clouds", "precision, clouds", "F1, clouds", "AUC, clouds"},
                  .arm = {"nothing", "copies", "SMOTE", "generated samples"}},
        .run = EXPERIMENT(augmented_classes),
    },
    {
        .id = "H-14",
        .name = "anomalies",
        .version = 1,
        .sentence = "Generative adversarial networks can be used to detect anomalies, as "
                    "autoencoders are.",
        .source = "000 Q34; 002 Q34",
        .predicts = "The discriminator, trained on normal samples alone, tells anomalies about as "
                    "well as the reconstruction error of an autoencoder.",
        .protocol =
            "Waves (K-08), eight columns that depend on two hidden numbers: 400 to learn from, 500 "
            "more and 500 whose columns come from different waves to test. Digits: 120 images "
            "of one digit, the next one in each replica; the rest of them and 500 other digits "
            "to test. The game of H-09 (noise of 2 and of 8 inputs), 1000 iterations; an "
            "anomaly is what its discriminator holds for generated (anomaly_score, critic). "
            "Autoencoder D-128-k-128-D, tanh, k = 2 and 8, squared error, as many batches of "
            "32, error of reconstruction. Both with Adam at 0.001, neither tuned, as there "
            "are no anomalies to tune by.",
        .effect = "1 if the discriminator's area under the ROC curve (AUC) is at least the "
                  "autoencoder's less 0.05; else 0",
        .otherwise =
            "Other scores of the same game: AnoGAN's search for the nearest sample that the "
            "generator can make is not tried, nor are games that are made for the purpose. "
            "At the game's equilibrium a discriminator knows nothing: it is judged as it is "
            "at the end. The distance to the nearest normal sample is in the plot.",
        .rule = RULE_SHARE,
        .size = 0.5,
        .replicas = 20,
        .needs = ALL_PARTS,
        .part = {"waves", "digits"},
        .curve = {.x = "normal samples",
                  .y = "area under the ROC curve",
                  .points = 2,
                  .label = {"waves", "one digit"},
                  .arm = {"discriminator", "autoencoder", "distance to the nearest"}},
        .run = EXPERIMENT(anomalies),
    },
    {.id = NULL},
};
