// SPDX-License-Identifier: MIT
#include "../claim.h"

experiment fooled_half_the_time, matches_the_data, modes_are_lost, zero_sum_gradient;

const struct claim generative_claims[] = {
    {
        .id = "H-09",
        .name = "fooled half the time",
        .version = 1,
        .sentence = "When a generative adversarial network is trained, the discriminator ends up "
                    "fooled half of the time.",
        .source = "004 G18, S2",
        .predicts =
            "Late in training the discriminator is right for about half of the samples, and "
            "its loss is about log 2.",
        .protocol =
            "The game of document 004 C8 (2-128-128-2 against 2-128-128-1, ReLU, Adam at "
            "0.001, 32 real and 32 generated samples, then 64 for the generator) on 5000 "
            "points normal around (2, 2) with deviation 0.5; 5000 iterations. Judged on the "
            "fresh samples of the last 1000, each before its update.",
        .effect = "1 if the discriminator's share of right answers is within 0.45 and 0.55 and its "
                  "mean loss within 0.05 of log 2; else 0",
        .otherwise = "Other data, rates or more iterations. It is about where training goes, not "
                     "about the equilibrium of the ideal game.",
        .rule = RULE_SHARE,
        .size = 0.5,
        .replicas = 20,
        .curve = {.x = "hundreds of iterations",
                  .y = "share of right answers; loss",
                  .points = 50,
                  .arm = {"right answers", "loss"}},
        .run = EXPERIMENT(fooled_half_the_time),
    },
    {
        .id = "H-10",
        .name = "matches the data",
        .version = 1,
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
    {
        .id = "H-11",
        .name = "modes are lost",
        .version = 1,
        .sentence = "Training a generative adversarial network is unstable: modes of the data are "
                    "lost.",
        .source = "004 C8, G18",
        .predicts = "A sizeable share of runs does not reach all of eight well separated modes.",
        .protocol =
            "The game of H-09 on a ring of eight normal clouds, radius 2, deviation 0.05; "
            "1000 generated points; a mode counts when at least 20 of them are within three "
            "deviations of its centre.",
        .effect = "1 if fewer than eight modes are reached, else 0",
        .otherwise = "Remedies (batch statistics, other losses, more noise) are not tried.",
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
        .sentence = "The generator that learns to have its samples called real plays the zero-sum "
                    "game.",
        .source = "004 G18, S2 with C8",
        .predicts = "Both goals give the generator the same gradient.",
        .protocol =
            "2-32-32-2 against 2-32-32-1, He's weights; the discriminator's last bias is set "
            "so that it believes 1 % of 64 generated samples. Gradient of the generator's "
            "second weights for -log D (the code) and log(1 - D) (the zero-sum game).",
        .effect = "decades between the two norms",
        .otherwise = "Both have the same fixed points; the sentence is about the game that is "
                     "played on the way.",
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
    {.id = NULL},
};
