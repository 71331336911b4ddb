// SPDX-License-Identifier: MIT
#include "../claim.h"

experiment half_of_variance, matching_weights, scale_of_weights, stable_signal, two_formulas,
    uniform_weights, unscaled_weights, variance_by_layer, zero_initialization;

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
        .otherwise = "With tanh it is arithmetic: hidden units that give 0 pass no gradient back, "
                     "and only the last biases learn. A model without hidden units learns from "
                     "zeros: its arm is in the plot. Dropout or noise breaks the symmetry.",
        .rule = RULE_ABOVE,
        .size = 0.5,
        .replicas = 20,
        .curve = {.x = "epoch",
                  .y = "test accuracy",
                  .points = 10,
                  .arm = {"zeros", "Glorot", "zeros, no hidden layer"}},
        .run = EXPERIMENT(zero_initialization),
    },
    {
        /* 2: gradients alone, as the sentence has it: a mean square doubled the decades */
        .id = "B-11",
        .name = "unscaled weights",
        .version = 2,
        .sentence =
            "Weights from a standard normal or uniform distribution, not scaled to the layer, "
            "make gradients vanish or explode in deep networks.",
        .source = "004 T13",
        .predicts = "In a deep network gradients differ by more than a factor of a thousand "
                    "between the first and the last hidden layer.",
        .protocol = "20 layers, 64 units in each hidden one, 128 handwritten digits, biases 0, "
                    "before training; weights normal with variance 1, or uniform in +-1. Norm of "
                    "the gradient with respect to the outputs of a layer.",
        .effect =
            "decades between the norms of the gradient at the first and the last hidden layer",
        .otherwise = "Sigmoids flatten what large weights make large. Narrower layers grow less: "
                     "the factor of a layer is about the root of its width. Activations grow as "
                     "well, and are not judged.",
        .rule = RULE_ABOVE,
        .size = 3,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"ReLU, normal", "ReLU, uniform", "tanh, normal", "tanh, uniform",
                 "sigmoid, normal", "sigmoid, uniform"},
        .curve = {.x = "layer",
                  .y = "norm of the gradient of its outputs, over that of the last hidden layer",
                  .is_log_y = true,
                  .points = 19,
                  .arm = {"ReLU, normal", "tanh, normal", "sigmoid, normal", "ReLU, He",
                          "tanh, Glorot"}},
        .run = EXPERIMENT(unscaled_weights),
    },
    {
        /* 2: the sentence no longer puts into the document's mouth that it works; rates go on */
        .id = "B-12",
        .name = "uniform weights",
        .version = 2,
        .sentence = "Drawing the initial weights uniformly between -1 and 1 is the simplest of the "
                    "common methods.",
        .source = "001 Q17",
        .predicts = "A method that is listed as common does about as well as others: to within two "
                    "points of He's weights.",
        .protocol =
            "ReLU networks of the six shapes of the plot (layers x units of each hidden one) on "
            "800 handwritten digits, Adam, batches of 32, 10 epochs; each arm has the rate of "
            "0.001, 0.003, 0.01, 0.03, 0.1, 0.3 with the best accuracy on 400 others; test on 597.",
        .effect = "test accuracy from uniform weights, less that from He's normal ones",
        .otherwise = "The document says simplest and common; that such weights work as well is our "
                     "reading. Shallow, narrow networks, normalization and Adam are kind to bad "
                     "weights; with gradient descent the difference may be larger.",
        .rule = RULE_EQUIVALENT,
        .size = 0.02,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"2 x 16", "2 x 64", "2 x 256", "4 x 16", "4 x 64", "8 x 32"},
        .curve = {.x = "layers x units",
                  .y = "test accuracy",
                  .points = 6,
                  .label = {"2 x 16", "2 x 64", "2 x 256", "4 x 16", "4 x 64", "8 x 32"},
                  .arm = {"uniform", "He"}},
        .run = EXPERIMENT(uniform_weights),
    },
    {
        .id = "B-13",
        .name = "variance by layer",
        .version = 1,
        .sentence = "Glorot's weights keep the variances of activations and of gradients near 1 in "
                    "all layers of networks with tanh or sigmoids.",
        .source = "004 T13",
        .predicts = "From inputs of variance 1, all variances are between a half and two.",
        .protocol =
            "Ten layers, 128 units in each hidden one, 256 normal inputs of variance 1 and "
            "labels by chance, Glorot's normal weights, biases 0, before training. Variance "
            "of the outputs of each hidden layer, and mean square of the gradient with "
            "respect to them over that of the last hidden layer.",
        .effect = "decades by which the variance farthest from 1, among the nine hidden layers, is "
                  "within a factor of two (below 0: beyond it)",
        .otherwise =
            "Activations of sigmoids cannot have it: between 0 and 1 a variance is at most 1/4, "
            "which is beyond the factor of two. The document recommends the weights for both. "
            "Linear layers keep both variances, which is what the weights were made for: see the "
            "plot. Equal variances are not needed to train.",
        .rule = RULE_ABOVE,
        .size = 0.05,
        .replicas = 20,
        .needs = ALL_PARTS,
        .part = {"tanh, activations", "tanh, gradients", "sigmoid, activations",
                 "sigmoid, gradients"},
        .curve = {.x = "layer",
                  .y = "variance",
                  .is_log_y = true,
                  .points = 9,
                  .arm = {"tanh, activations", "tanh, gradients", "sigmoid, activations",
                          "sigmoid, gradients", "linear, activations", "linear, gradients"}},
        .is_quick = true,
        .run = EXPERIMENT(variance_by_layer),
    },
    {
        /* 2: the prediction says that the mean over layers is meant */
        .id = "B-14",
        .name = "stable signal",
        .version = 2,
        .sentence = "He's weights keep the size of the signal in networks with ReLU.",
        .source = "004 T13",
        .predicts = "In the mean over fifty layers, the mean squares of activations and of "
                    "gradients change by less than a tenth from layer to layer.",
        .protocol =
            "50 hidden layers of 512 ReLUs on 32 handwritten digits, biases 0, He's normal "
            "weights, before training; mean square of the outputs of each hidden layer and of "
            "the gradient with respect to them.",
        .effect = "geometric mean of the factor per layer, less 1: forwards for activations, "
                  "backwards for gradients",
        .otherwise = "It is a mean over weights: in narrow networks the factors of a single draw "
                     "wander. Signals of different samples become alike with depth all the same.",
        .rule = RULE_EQUIVALENT,
        .size = 0.1,
        .replicas = 20,
        .needs = ALL_PARTS,
        .part = {"activations", "gradients"},
        .curve = {.x = "layer",
                  .y = "mean square, over the first (activations) or last (gradients)",
                  .is_log_y = true,
                  .points = 50,
                  .arm = {"He, activations", "He, gradients", "Glorot, activations",
                          "Glorot, gradients"}},
        .run = EXPERIMENT(stable_signal),
    },
    {
        .id = "B-15",
        .name = "half of variance",
        .version = 1,
        .sentence = "ReLU sets negative inputs to 0, which halves the variance of the outputs.",
        .source = "004 T13",
        .predicts = "The variance after a ReLU is 0.5 times that before it.",
        .protocol =
            "100000 normal numbers with mean 0; and the five hidden layers of 128 ReLUs of a "
            "network with He's normal weights on 256 handwritten digits, before training (all "
            "units and samples of a layer together, the mean over layers).",
        .effect = "variance of the outputs over that of the inputs, less 0.5",
        .otherwise =
            "The mean square is halved, since outputs have a mean: this is what He's weights "
            "need, and it is in the plot. A variance is 0.5 (1 - 1 / pi) of the inputs' for "
            "normal ones.",
        .rule = RULE_EQUIVALENT,
        .size = 0.05,
        .replicas = 20,
        .needs = ALL_PARTS,
        .part = {"normal numbers", "hidden layers"},
        .curve = {.x = "mean of the inputs, in their standard deviations",
                  .y = "after ReLU, over before",
                  .points = 9,
                  .at = {-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2},
                  .arm = {"variance", "mean square"}},
        .run = EXPERIMENT(half_of_variance),
    },
    {
        .id = "B-16",
        .name = "matching weights",
        .version = 1,
        .sentence = "The initialization should match the activation: Glorot's for tanh, He's for "
                    "ReLU.",
        .source = "000 Q17; 004 T13",
        .predicts = "In deep networks each activation classifies better from its own weights than "
                    "from the other's.",
        .protocol = "20 layers, 32 units in each hidden one, 800 handwritten digits, momentum 0.9, "
                    "batches of 32, 10 epochs; each of the four arms has the rate of 0.001, 0.003, "
                    "0.01, 0.03, 0.1 with the best accuracy on 400 others; test on 597.",
        .effect = "test accuracy from the activation's own weights, less that from the other's",
        .otherwise =
            "In shallow networks a factor of two in variance hardly matters; normalization "
            "takes it away altogether.",
        .rule = RULE_ABOVE,
        .size = 0.01,
        .replicas = 20,
        .needs = ALL_PARTS,
        .part = {"ReLU: He's", "tanh: Glorot's"},
        .curve = {.x = "epoch",
                  .y = "training loss",
                  .is_log_y = true,
                  .points = 10,
                  .arm = {"ReLU, He", "ReLU, Glorot", "tanh, He", "tanh, Glorot"}},
        .run = EXPERIMENT(matching_weights),
    },
    {
        /* 2: arithmetic, so judged as such; the sentence names both formulas */
        .id = "B-17",
        .name = "two formulas",
        .version = 2,
        .sentence =
            "A standard deviation of 1 / sqrt(n) in one document, and a variance of 2 / (fan_in + "
            "fan_out) in another, are both Xavier's initialization, as if they were one.",
        .source = "001 Q17; 004 T13",
        .predicts =
            "Bearing one name, both give signals of the same size, whatever the shape of a layer.",
        .protocol = "Weights of dense layers with 64 to 64, 256 to 16 and 16 to 256 units by both "
                    "formulas (n the inputs) from the same normal deviates; 256 normal inputs of "
                    "variance 1 forwards, 256 such gradients backwards.",
        .effect = "0.05 less the decades between the mean squares of the layer's outputs by both "
                  "formulas",
        .otherwise =
            "It is arithmetic: the ratio is (fan_in + fan_out) / (2 n) for any draw. With as many "
            "outputs as inputs the formulas agree exactly, and with n as the mean of both they "
            "always do. Document 001 does not say what n is, and none says that both are one.",
        .rule = RULE_ALWAYS,
        .size = 0,
        .replicas = 20,
        .needs = ALL_PARTS,
        .part = {"64 to 64", "256 to 16", "16 to 256"},
        .curve = {.x = "layer and direction",
                  .y = "mean square of what comes out",
                  .is_log_y = true,
                  .points = 6,
                  .label = {"64 to 64", "64 to 64, backwards", "256 to 16", "256 to 16, backwards",
                            "16 to 256", "16 to 256, backwards"},
                  .arm = {"1 / sqrt(n)", "2 / (fan_in + fan_out)"}},
        .run = EXPERIMENT(two_formulas),
    },
    {
        /* 2: rates go on at both ends, and are finer */
        .id = "B-18",
        .name = "scale of weights",
        .version = 2,
        .sentence =
            "Poorly chosen initial weights make training slow, or let it end in a bad optimum.",
        .source = "000 Q17; 003 Q17",
        .predicts = "From weights a hundred times too small, or ten times too large, a network "
                    "needs more epochs and ends with a higher loss.",
        .protocol = "64-32-32-32-10 with ReLU on 800 handwritten digits, He's normal weights times "
                    "the scales of the plot, momentum 0.9, batches of 32, 15 epochs. Each arm has, "
                    "for each of the two measures, the best of the rates 1e-7, 1e-6, 1e-5, 1e-4, "
                    "3e-4, 1e-3 ... 0.3, 1. Training loss, the mean over an epoch.",
        .effect = "epochs: 1 less the epochs to a loss below 0.1 from He's weights over those from "
                  "the poor ones, 15 if it is not reached; loss: the same of the last epoch's loss",
        .otherwise =
            "Where neither scale reaches a loss of 0.1, both count 15 epochs, and the parts of "
            "epochs are the same number. A high last loss can be a plateau, and need not be an "
            "optimum. It says nothing about test accuracy. Adam and normalization forgive more.",
        .rule = RULE_ABOVE,
        .size = 0.1,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"0.01: epochs", "0.01: loss", "10: epochs", "10: loss"},
        .curve = {.x = "scale of the initial weights",
                  .y = "epochs, and loss",
                  .is_log_x = true,
                  .is_log_y = true,
                  .points = 8,
                  .at = {0.001, 0.01, 0.1, 0.3, 1, 3, 10, 100},
                  .arm = {"epochs to a loss of 0.1", "loss of the last epoch"}},
        .run = EXPERIMENT(scale_of_weights),
    },
    {.id = NULL},
};
