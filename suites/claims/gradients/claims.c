// SPDX-License-Identifier: MIT
#include "../claim.h"

experiment gradient_by_layer;

const struct claim gradients_claims[] = {
    {
        .id = "B-02",
        .name = "gradient by layer",
        .version = 1,
        .sentence = "In a deep network of sigmoids the gradient of the first layer is smaller than "
                    "that of the tenth by a small factor for every layer between them.",
        .source = "004 T7",
        .predicts = "The logarithm of the gradient's norm falls with each layer towards the input "
                    "by more than the logarithm of 4, the inverse of the largest derivative.",
        .protocol = "Ten layers of 64 sigmoids on 256 handwritten digits, Glorot's normal weights, "
                    "biases 0; one backward pass of the cross-entropy before any training.",
        .effect = "decades by which the norm of the weights' gradient shrinks per layer from the "
                  "ninth hidden layer to the first, less log10 4",
        .otherwise = "Weights much larger than Glorot's: the derivative's bound does not bound the "
                     "product of weight and derivative.",
        .rule = RULE_ABOVE,
        .size = 0.01,
        .replicas = 20,
        .curve = {.x = "layer",
                  .y = "norm of the gradient over that of the last hidden layer",
                  .is_log_y = true,
                  .points = 9,
                  .arm = {"sigmoid", "tanh"}},
        .is_quick = true,
        .run = EXPERIMENT(gradient_by_layer),
    },
    {.id = NULL},
};
