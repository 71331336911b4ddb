// SPDX-License-Identifier: MIT
#include "../claim.h"

experiment scaled_inference, kept_expectations, thinned_networks, lost_units,
    dropout_and_overfitting, most_effective;

const struct claim dropout_claims[] = {
    {
        .id = "D-07",
        .name = "scaled inference",
        .version = 1,
        .sentence = "After training with dropout, activations are scaled down by the dropout rate, "
                    "so that their means stay as they were in training.",
        .source = "004 T11",
        .predicts = "Units times the dropout rate are the mean of the units while training, at any "
                    "rate.",
        .protocol = "16 positive units (magnitudes of normal numbers) under 20,000 masks of plain "
                    "dropout (kept units stay as they are); the sum over units of the mean over "
                    "masks, against the sum of the units times the rate. The plot: 4,000 masks.",
        .effect = "1 less the relative distance of the scaled sum from the mean in training",
        .otherwise = "Meant may be the share that is kept, 1 less the rate, which fits at every "
                     "rate: see its line. Both are the same at a rate of 0.5.",
        .rule = RULE_ALWAYS,
        .size = 0.95,
        .replicas = 20,
        .part = {"rate 0.2", "rate 0.25", "rate 0.5"},
        .curve = {.x = "dropout rate",
                  .y = "relative to the units without dropout",
                  .points = 9,
                  .at = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9},
                  .arm = {"mean in training", "scaled by the rate", "scaled by 1 less the rate"}},
        .is_quick = true,
        .run = EXPERIMENT(scaled_inference),
    },
    {
        .id = "D-08",
        .name = "kept expectations",
        .version = 1,
        .sentence = "Inverted dropout, which scales in training, keeps the mean of the units: "
                    "nothing is to be scaled afterwards.",
        .source = "004 T11",
        .predicts = "The mean over masks is the output at inference.",
        .protocol = "16 positive units (magnitudes of normal numbers) under 20,000 masks of "
                    "inverted dropout; the sum over units of the mean over masks, against that at "
                    "inference. The plot: 4,000 masks, and 64 rectified units that read these 16 "
                    "with normal weights.",
        .effect = "1 less the relative distance of the sum at inference from the mean in training",
        .otherwise = "The mean is kept where dropout is applied and by linear layers after it, not "
                     "by a ReLU: see the line of the next layer. 1 % leaves room for chance.",
        .rule = RULE_ALWAYS,
        .size = 0.99,
        .replicas = 20,
        .part = {"rate 0.2", "rate 0.5"},
        .curve = {.x = "dropout rate",
                  .y = "mean in training over the output at inference",
                  .points = 9,
                  .at = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9},
                  .arm = {"the units", "rectified units of the next layer"}},
        .run = EXPERIMENT(kept_expectations),
    },
    {
        .id = "D-09",
        .name = "thinned networks",
        .version = 1,
        .sentence = "The network that dropout leaves approximates the average of exponentially "
                    "many thinned networks.",
        .source = "003 Q21; 004 T11",
        .predicts = "It predicts as well as the mean of the thinned networks' probabilities.",
        .protocol =
            "600 handwritten digits, dropout 0.5 of hidden units, Adam at 0.001, 0.003 or 0.01 by "
            "the accuracy on 300 validation digits, batch 32, 1500 steps; 497 test digits. "
            "64-10-10 with ReLU: the mean over all 1024 thinned networks. 64-64-64-10: the mean "
            "over 256 of them, drawn anew for each digit.",
        .effect = "scaled network less average: of accuracy in points; of the log-likelihood "
                  "relative to the loss, in steps of 5 %",
        .otherwise = "Equal accuracy does not mean that training optimised the average. With one "
                     "hidden layer the scaled network is the normalised geometric mean of the "
                     "thinned ones, which is surer than their arithmetic mean; with more, it is "
                     "neither.",
        .rule = RULE_EQUIVALENT,
        .size = 1,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"accuracy, 10 units, all networks", "loss, 10 units, all networks",
                 "accuracy, 64-64 units", "loss, 64-64 units"},
        .curve = {.x = "thinned networks in the mean",
                  .y = "test accuracy",
                  .is_log_x = true,
                  .points = 9,
                  .at = {1, 2, 4, 8, 16, 32, 64, 128, 256},
                  .arm = {"mean, 10 units", "mean, 64-64 units", "scaled network, 10 units",
                          "scaled network, 64-64 units", "mean of all, 10 units"}},
        .run = EXPERIMENT(thinned_networks),
    },
    {
        .id = "D-10",
        .name = "lost units",
        .version = 1,
        .sentence = "Dropout keeps units from depending on each other: they become redundant, and "
                    "the network robust to their loss.",
        .source = "000 Q21; 002 Q21; 003 Q21; 004 T10, T11",
        .predicts = "When half of the hidden units are silenced after training, a network trained "
                    "with dropout loses less accuracy; and its units are less correlated.",
        .protocol =
            "64-64-64-10 with ReLU on 800 handwritten digits, with dropout 0.5 and without; Adam "
            "at 0.001, 0.003 or 0.01 by the accuracy on 300 validation digits, batch 32, 1500 "
            "steps; 497 test digits. Half of the units of both hidden layers at random, the mean "
            "of 10 draws, without any scaling of the rest. Correlation: mean magnitude over pairs "
            "of units of the last hidden layer on the test digits.",
        .effect = "points of accuracy lost without dropout less those lost with it; hundredths of "
                  "correlation without less with it",
        .otherwise =
            "Redundancy and independence are not the same: redundant units are correlated. "
            "Both are claimed, so both are asked for.",
        .rule = RULE_ABOVE,
        .size = 1,
        .replicas = 20,
        .part = {"accuracy lost with half of the units", "correlation of units"},
        .curve = {.x = "share of hidden units that are silenced",
                  .y = "test accuracy",
                  .points = 6,
                  .at = {0, 0.1, 0.2, 0.3, 0.4, 0.5},
                  .arm = {"without dropout", "with dropout"}},
        .run = EXPERIMENT(lost_units),
    },
    /* 2: gap and test were one number where labels were right; more rates */
    {
        .id = "D-11",
        .name = "dropout and overfitting",
        .version = 2,
        .sentence = "Dropout reduces overfitting and makes networks better on new data.",
        .source = "000 Q21; 001 Q21; 002 Q21; 003 Q21; 004 T11",
        .predicts = "With dropout the gap between training and test accuracy is smaller, and the "
                    "test accuracy higher.",
        .protocol =
            "Two hidden layers of 128 ReLU units; 200 handwritten digits with right labels or a "
            "fifth of wrong ones, or 100 moons with noise 0.3 and a fifth of wrong labels. Adam, "
            "batch 32, 600 steps; rate 0.0001, 0.0003, 0.001, 0.003 or 0.01 at every dropout rate, "
            "and "
            "the dropout rate of 0.2, 0.5 and 0.8, by the accuracy on 300 validation samples. "
            "Tests of 497 digits and 1000 moons, with right labels; the gap is to what the test "
            "accuracy means for labels that are wrong as often.",
        .effect =
            "the smaller one of two differences in accuracy: gap without dropout less gap with "
            "it; test accuracy with dropout less without",
        .otherwise =
            "A network that fits nothing has no gap, so a better test is asked for as well. "
            "Where all labels are right and all are fitted, both are one number. Larger networks, "
            "longer training.",
        .rule = RULE_ABOVE,
        .size = 0.01,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"digits", "digits, wrong labels", "moons, wrong labels"},
        .curve = {.x = "dropout rate",
                  .y = "accuracy: gap between training and test; test",
                  .points = 4,
                  .label = {"0", "0.2", "0.5", "0.8"},
                  .arm = {"gap, digits", "test, digits", "gap, wrong digits", "test, wrong digits",
                          "gap, wrong moons", "test, wrong moons"}},
        .run = EXPERIMENT(dropout_and_overfitting),
    },
    /* 2: a grid of two rates has no inside */
    {
        .id = "D-12",
        .name = "most effective",
        .version = 2,
        .sentence = "Dropout is the most effective regulariser.",
        .source = "004 S4",
        .predicts = "A network with dropout has a higher test accuracy than the same with an L2 "
                    "penalty, an L1 penalty or early stopping.",
        .protocol =
            "200 handwritten digits, with right labels or a fifth of wrong ones; 64-64-64-10 with "
            "ReLU, Adam, batch 32, 600 steps. Each arm: rate 0.0003, 0.001, 0.003 or 0.01, and "
            "three strengths, by the accuracy on 300 validation digits: dropout 0.2, 0.5, 0.7; L2 "
            "c w^2 / 2 with c 0.001, 0.01, 0.1; L1 c |w| with c 0.0001, 0.001, 0.01; patience 3, "
            "10, 30 with the best parameters taken back; and, for the plot, turns by up to 5, 10 "
            "or 20 degrees. 497 test digits with right labels.",
        .effect = "test accuracy with dropout less that with the other regulariser",
        .otherwise = "It is about these sizes; what is commonest cannot be tested here. Networks "
                     "of another kind may rank them otherwise.",
        .rule = RULE_ABOVE,
        .size = 0.01,
        .replicas = 20,
        .part = {"L2", "L1", "early stopping", "L2, wrong labels", "L1, wrong labels",
                 "early stopping, wrong labels"},
        .curve = {.x = "labels",
                  .y = "test accuracy",
                  .points = 2,
                  .label = {"right", "a fifth wrong"},
                  .arm = {"none", "dropout", "L2", "L1", "early stopping", "augmentation"}},
        .run = EXPERIMENT(most_effective),
    },
    {.id = NULL},
};
