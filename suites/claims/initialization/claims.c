// SPDX-License-Identifier: MIT
#include "../claim.h"

experiment zero_initialization;

const struct claim initialization_claims[] = {
    {
        .id = "B-10",
        .name = "zero initialization",
        .version = 1,
        .sentence =
            "When all weights start at zero, the neurons of a layer stay alike and training "
            "fails.",
        .source = "004 T13",
        .predicts = "A network with a hidden layer that starts from zeros learns digits no better "
                    "than always naming the commonest class.",
        .protocol = "64-32-10 with tanh on 1200 digits, Adam at 0.01, batch 32, 10 epochs; test on "
                    "the other 597. Arms: zeros, Glorot's normal weights, and no hidden layer from "
                    "zeros (logistic regression).",
        .effect = "test accuracy of the network from Glorot's weights less that from zeros",
        .otherwise = "A model without hidden units learns from zeros: its arm is in the plot. "
                     "Dropout or noise breaks the symmetry.",
        .rule = RULE_ABOVE,
        .size = 0.5,
        .replicas = 20,
        .curve = {.x = "epoch",
                  .y = "test accuracy",
                  .points = 10,
                  .arm = {"zeros", "Glorot", "zeros, no hidden layer"}},
        .run = EXPERIMENT(zero_initialization),
    },
    {.id = NULL},
};
