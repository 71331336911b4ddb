// SPDX-License-Identifier: MIT
#include "../claim.h"

experiment hundreds_of_layers, learning_identity, remedies;

const struct claim depth_claims[] = {
    {
        .id = "B-26",
        .name = "hundreds of layers",
        .version = 1,
        .sentence =
            "Residual connections keep gradients from vanishing, so that networks of hundreds "
            "of layers can be trained.",
        .source = "004 T7, T12, S6",
        .predicts =
            "With shortcuts 200 layers learn; without them 50 do not. Where gradients vanish "
            "without shortcuts, they stay of one size with them.",
        .protocol =
            "Two moons (noise 0.1): 200 samples, 16 ReLUs in each hidden layer, Adam, batches "
            "of 20, 15 epochs. Both arms have the rate of 0.001, 0.003, 0.01 and the scale of "
            "He's weights, 1 or 1 / sqrt(layers), with the best accuracy on 200 samples; test "
            "on 500. A shortcut is around each hidden layer. Gradients: 50 layers of 16 "
            "sigmoids, Glorot's normal weights, before training.",
        .effect = "gradients: decades per layer between the gradients of the first and the last "
                  "hidden layer's outputs, without shortcuts less with; accuracies: test accuracy "
                  "with shortcuts less that without, and at 200 layers less that of a linear model",
        .otherwise =
            "Without a smaller scale or normalization a sum of 200 branches of He's weights "
            "overflows: the shortcut alone does not do it. Plain ReLU networks from good "
            "weights may train at 50 layers too.",
        .rule = RULE_ABOVE,
        .size = 0.05,
        .replicas = 20,
        .needs = ALL_PARTS,
        .part = {"gradients, 50 layers", "50 layers", "200 layers", "200 layers learn"},
        .curve = {.x = "layers",
                  .y = "test accuracy",
                  .is_log_x = true,
                  .points = 5,
                  .at = {10, 20, 50, 100, 200},
                  .arm = {"plain", "with shortcuts", "linear model"}},
        .run = EXPERIMENT(hundreds_of_layers),
    },
    {
        .id = "B-27",
        .name = "learning identity",
        .version = 1,
        .sentence = "The identity is easier to learn with residual blocks than without.",
        .source = "004 T12",
        .predicts =
            "A deep network with shortcuts that learns to give back its input has less than a "
            "tenth of the error of the same one without.",
        .protocol =
            "Ten hidden layers of 16 ReLUs and 16 linear outputs on 1000 normal samples of 16 "
            "values, which are their own targets; Adam, batches of 50, 500 steps. Each arm "
            "has the rate of 0.0003, 0.001, 0.003, 0.01, 0.03 and the scale of He's normal "
            "weights, 1 or 1 / sqrt(11), with the lowest squared error on 250 samples; test "
            "on 250.",
        .effect =
            "decades by which the squared error on the test samples is smaller with shortcuts",
        .otherwise =
            "Blocks of one layer, and outputs that have to be learnt too. Linear layers from "
            "the identity need no shortcut.",
        .rule = RULE_ABOVE,
        .size = 1,
        .replicas = 20,
        .curve = {.x = "steps / 25",
                  .y = "squared error on the test samples",
                  .is_log_y = true,
                  .points = 20,
                  .arm = {"plain", "with shortcuts"}},
        .run = EXPERIMENT(learning_identity),
    },
    {
        /* Version 2 says the sentence with "by" and "or": the first one, which spoke of all four
         * together, was not what these parts decide. Nothing else was changed. */
        .id = "B-28",
        .name = "remedies",
        .version = 2,
        .sentence =
            "Vanishing gradients are solved by ReLU, by better initial weights, by residual "
            "connections or by batch normalization.",
        .source = "004 T7, S6",
        .predicts =
            "A deep network that cannot be trained can with most of these remedies alone, and "
            "with all of them, about as well as a shallow one.",
        .protocol =
            "50 layers, 16 units in each hidden one, on 600 handwritten digits; to begin with "
            "sigmoids, uniform weights within +-1 / sqrt(16), no shortcuts, no normalization. "
            "Remedies: ReLU instead; Glorot's normal weights (He's with ReLU); a shortcut "
            "around each hidden layer; batch normalization before each activation. Adam, "
            "batches of 32, 20 epochs, the rate of 0.001, 0.003, 0.01 with the best accuracy "
            "on 400 digits; test on 797. The shallow network has 3 layers and all remedies.",
        .effect = "test accuracy of the deep network, less that of the shallow one less 5 points",
        .otherwise =
            "Longer training or wider layers. The remedies were not made to be used alone; "
            "gates of recurrent networks are not asked.",
        .rule = RULE_ABOVE,
        .size = 0.01,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"ReLU", "initialization", "shortcuts", "normalization", "all four"},
        .curve = {.x = "epoch",
                  .y = "training loss",
                  .is_log_y = true,
                  .points = 20,
                  .arm = {"none", "ReLU", "initialization", "shortcuts", "normalization",
                          "all four"}},
        .run = EXPERIMENT(remedies),
    },
    {.id = NULL},
};
