// SPDX-License-Identifier: MIT
#include "../claim.h"

experiment code_and_components, digit_clusters, pixels_as_probabilities;

const struct claim autoencoders_claims[] = {
    {
        .id = "H-04",
        .name = "digit clusters",
        .version = 1,
        .sentence = "An autoencoder with two ReLU units in the middle puts different digits into "
                    "distinct clusters of the plane.",
        .source = "004 C10",
        .predicts = "Neighbours in the plane show the same digit more often than in the plane of "
                    "the first two principal components, by five points or more.",
        .protocol =
            "Digits of 8 x 8 pixels: 1200 to train, 200 for validation, 397 to test. "
            "64-64-32-2-32-64-64, ReLU in all hidden layers, the code among them, Glorot's "
            "uniform weights, a sigmoid and binary cross-entropy, Adam, 1500 batches of 32, "
            "rate 0.001 or 0.003 by validation loss. Purity: of the five test images with the "
            "nearest codes, the share with the same digit. The same network with tanh, and "
            "principal components of the training images, beside it.",
        .effect = "purity of the codes less that of two principal components",
        .otherwise =
            "The document's images are larger, and fifty times as many. Purity says whether "
            "neighbours are alike, not whether gaps can be seen between clusters. A unit of "
            "the code that is 0 for every image leaves a line: how often is in the plot.",
        .rule = RULE_ABOVE,
        .size = 0.05,
        .replicas = 20,
        .curve = {.x = "of the codes of test images",
                  .y = "share",
                  .points = 2,
                  .label = {"neighbours with the same digit", "runs with a dead unit in the code"},
                  .arm = {"ReLU", "tanh", "principal components"}},
        .run = EXPERIMENT(digit_clusters),
    },
    {
        .id = "H-05",
        .name = "code and components",
        .version = 1,
        .sentence = "As they are not linear, autoencoders reduce dimensions better than principal "
                    "components do.",
        .source = "004 T31, C10",
        .predicts = "With equally many numbers, test images are rebuilt with a smaller error, and "
                    "neighbours among the codes are more often alike.",
        .protocol =
            "Digits of 8 x 8 pixels: 1200 to train, 200 for validation, 397 to test. "
            "64-64-32-k-32-64-64 with tanh, Glorot's uniform weights, squared error, Adam, "
            "1500 batches of 32, rate 0.001 or 0.003 by validation loss; principal components "
            "of the training images. k = 2, 6, 16. Purity: of the five test images with the "
            "nearest codes, the share with the same digit.",
        .effect = "reduction of the mean square error of test images, as a share; gain of purity",
        .otherwise =
            "More images, longer training: principal components are exact after none. A linear "
            "autoencoder can at best equal them.",
        .rule = RULE_ABOVE,
        .size = 0.02,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"error, 2 numbers", "purity, 2 numbers", "error, 6 numbers", "purity, 6 numbers",
                 "error, 16 numbers", "purity, 16 numbers"},
        .curve = {.x = "numbers in the code",
                  .y = "mean square error of test images",
                  .is_log_x = true,
                  .is_log_y = true,
                  .points = 3,
                  .at = {2, 6, 16},
                  .arm = {"autoencoder", "principal components"}},
        .run = EXPERIMENT(code_and_components),
    },
    {
        .id = "H-06",
        .name = "pixels as probabilities",
        .version = 1,
        .sentence = "Binary cross-entropy works well as the loss of an autoencoder for pixels "
                    "between 0 and 1.",
        .source = "004 C10",
        .predicts = "Test images are rebuilt about as exactly as by a network that was trained by "
                    "the squared error itself.",
        .protocol =
            "Digits of 8 x 8 pixels, which are mostly grey: 1200 to train, 200 for validation, "
            "397 to test. 64-64-32-k-32-64-64 with ReLU, Glorot's uniform weights, k = 2 as in "
            "the document, and 16; a sigmoid and binary cross-entropy, or linear outputs and "
            "squared error; Adam, 1500 batches of 32, rate 0.001 or 0.003 by validation loss.",
        .effect = "1 if the mean square error of test images after training by cross-entropy is at "
                  "most 1.05 times that after training by squared error; else 0",
        .otherwise =
            "A sigmoid belongs to the one and not to the other: with squared error behind a "
            "sigmoid it may be different. Images of black and white alone. Sharpness, the mean "
            "difference of horizontal neighbours over that of the originals, is in the plot.",
        .rule = RULE_SHARE,
        .size = 0.5,
        .replicas = 20,
        .needs = ALL_PARTS,
        .part = {"2 numbers", "16 numbers"},
        .curve = {.x = "of rebuilt test images",
                  .y = "value",
                  .points = 4,
                  .label = {"error, 2 numbers", "sharpness, 2 numbers", "error, 16 numbers",
                            "sharpness, 16 numbers"},
                  .arm = {"binary cross-entropy", "squared error"}},
        .run = EXPERIMENT(pixels_as_probabilities),
    },
    {.id = NULL},
};
