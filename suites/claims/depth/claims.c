// SPDX-License-Identifier: MIT
#include "../claim.h"

experiment hundreds_of_layers, learning_identity, remedies;

const struct claim depth_claims[] = {
    {
        /* 2: plain networks failing at 50 layers is our own: plotted, not judged; rates go on */
        .id = "B-26",
        .name = "hundreds of layers",
        .version = 2,
        .sentence = "Residual connections keep gradients from vanishing, so that networks of "
                    "hundreds of layers can be trained.",
        .source = "004 T7, T12, S6",
        .predicts = "With shortcuts 200 layers learn, and without them they do not. Where "
                    "gradients vanish without shortcuts, they stay of one size with them.",
        .protocol =
            "Two moons (noise 0.1): 200 samples, 16 ReLUs in each hidden layer, Adam, batches of "
            "20, 15 epochs. Both arms have the rate of 0.0001, 0.0003, 0.001 ... 0.3 and the scale "
            "of He's weights, 1 or 1 / sqrt(layers), with the best accuracy on 200 samples; test "
            "on 500. A shortcut is around each hidden layer. Gradients: 50 layers of 16 sigmoids, "
            "Glorot's normal weights, before training.",
        .effect = "gradients: decades per layer between the gradients of the first and the last "
                  "hidden layer's outputs, without shortcuts less with; accuracies (shares of "
                  "one): test accuracy at 200 layers with shortcuts less that without, and less "
                  "that of a linear model",
        .otherwise = "The size is 0.05 decades per layer, two and a half over 50 layers, and five "
                     "points of accuracy. Without a smaller scale or normalization a sum of 200 "
                     "branches of He's weights overflows: the shortcut alone does not do it. Plain "
                     "ReLU networks from good weights may train at 50 layers too: see the plot.",
        .rule = RULE_ABOVE,
        .size = 0.05,
        .replicas = 20,
        .needs = ALL_PARTS,
        .part = {"gradients, 50 layers", "200 layers", "200 layers learn"},
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
        /* 3: normalization helps, as it says; Glorot's weights with tanh; rates go on */
        .id = "B-28",
        .name = "remedies",
        .version = 3,
        .sentence = "Vanishing gradients are largely solved: ReLU, better initial weights and "
                    "residual connections are solutions, and batch normalization helps.",
        .source = "004 T7, S6",
        .predicts = "A deep network that cannot be trained can with each of the three alone, and "
                    "with all four together, about as well as a shallow one; with normalization "
                    "alone it is better than without.",
        .protocol = "50 layers, 16 units in each hidden one, on 600 handwritten digits; to begin "
                    "with sigmoids, uniform weights within +-1 / sqrt(16), no shortcuts, no "
                    "normalization. Remedies: ReLU instead; a shortcut around each hidden layer; "
                    "batch normalization before each activation; all four, with He's normal "
                    "weights. Better weights alone are Glorot's normal ones with tanh, for which "
                    "the document has them. Adam, batches of 32, 20 epochs, the rate of 0.0001, "
                    "0.0004, 0.0015, 0.006, 0.025, 0.1 with the best accuracy on 400 digits; test "
                    "on 797. The shallow network has 3 layers and all remedies.",
        .effect = "test accuracy of the deep network, less that of the shallow one less 5 points; "
                  "normalization: less that of the deep network without any remedy",
        .otherwise = "Longer training or wider layers. The documents list the remedies one by one, "
                     "as solutions; that each must do alone is our reading, and a refutation is of "
                     "those that do not. Gates of recurrent networks are not asked.",
        .rule = RULE_ABOVE,
        .size = 0.01,
        .replicas = 20,
        .needs = ALL_PARTS,
        .part = {"ReLU", "initialization", "shortcuts", "normalization", "all four"},
        .curve = {.x = "remedy",
                  .y = "test accuracy",
                  .points = 8,
                  .label = {"none", "ReLU", "shortcuts", "normalization", "all four", "tanh",
                            "tanh, Glorot", "shallow, all four"},
                  .arm = {"best of the rates"}},
        .run = EXPERIMENT(remedies),
    },
    {.id = NULL},
};
