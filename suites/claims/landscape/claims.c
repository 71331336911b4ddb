// SPDX-License-Identifier: MIT
#include "../claim.h"

experiment weight_and_influence, final_losses, saddle_and_plateau, bias_and_variance, turning_point,
    gap_by_depth, wrong_labels;

const struct claim landscape_claims[] = {
    {
        .id = "A-14",
        .name = "weight and influence",
        .version = 1,
        .sentence = "The larger the weight of an input, the more influence it has on the output.",
        .source = "004 G1",
        .predicts = "Ordering the inputs by the size of their weights orders them by how much "
                    "worse the predictions get when an input is permuted.",
        .protocol = "12 normal features, labels by a neuron of random weights with noise; 1000 "
                    "samples for training, 1000 for measuring. Adam, rate 0.01, batch 50, 40 "
                    "epochs. A neuron on features of variance 1; the same neuron when each feature "
                    "is told in a unit of its own, by a factor from 0.1 to 10, so that its weight "
                    "is divided by it and its output stays; a neuron on features whose neighbours "
                    "correlate by 0.9; the first of two layers (16 ReLUs), whose weights of an "
                    "input are averaged in size.",
        .effect = "Spearman's rank correlation, over the 12 inputs, of the size of the weight with "
                  "the rise of the test loss when the input is permuted",
        .otherwise = "Influence can be measured by other means. The document does not say in which "
                     "units inputs are: with features of one scale, the first part stands alone.",
        .rule = RULE_ABOVE,
        .size = 0.7,
        .replicas = 20,
        .part = {"variance 1", "own units", "correlated", "hidden layer"},
        .curve = {.x = "rank of the weight, the largest first",
                  .y = "share of the influence",
                  .points = 12,
                  .arm = {"variance 1", "own units", "correlated", "hidden layer"}},
        .is_quick = true,
        .run = EXPERIMENT(weight_and_influence),
    },
    {
        .id = "A-15",
        .name = "final losses",
        .version = 1,
        .sentence = "Most local minima of a network's loss are nearly as low as the global one.",
        .source = "004 T14",
        .predicts = "Runs from random weights end at nearly the lowest loss that any of them "
                    "finds; the more so the wider the network.",
        .protocol = "A sine with noise 0.1, moons (noise 0.2) and spirals of one turn, 60 "
                    "training samples. One hidden layer of 2 to 64 tanh units, standard normal "
                    "weights from 10 starts, Adam on all samples for 800 steps, the rate falling "
                    "from 0.03 to 0. The lowest of the 10 stands for the global minimum, the loss "
                    "of the best constant answer for no learning.",
        .effect = "median final training loss of 10 starts less the lowest, as a share of the loss "
                  "of the best constant answer, at 64 hidden units",
        .otherwise = "Where runs end need not be a minimum, and the lowest of 10 need not be the "
                     "global one. Narrow networks are in the plot, and are not what the sentence "
                     "is of. It is of training loss.",
        .rule = RULE_EQUIVALENT,
        .size = 0.05,
        .replicas = 20,
        .part = {"sine", "moons", "spirals"},
        .curve = {.x = "hidden units",
                  .y = "excess of the median final loss, share of the constant answer's",
                  .is_log_x = true,
                  .points = 5,
                  .at = {2, 4, 8, 16, 64},
                  .arm = {"sine", "moons", "spirals"}},
        .run = EXPERIMENT(final_losses),
    },
    {
        .id = "A-16",
        .name = "saddle and plateau",
        .version = 1,
        .sentence = "Saddle points and plateaus are what slows training down, and momentum and "
                    "Adam are made to leave them sooner.",
        .source = "004 T14",
        .predicts = "From beside a saddle point, and from a plateau, momentum and Adam need at "
                    "most half the steps of gradient descent.",
        .protocol = "The surface 10 x^2 - y^2 + y^4 from x in [0.5, 1.5), y in [0.5, 1.5) 1e-6, "
                    "until the height is below -0.2 (the minima are at -0.25) for 50 steps, at "
                    "most 3000. And 64-32-32-32-10 with tanh from a tenth of Glorot's normal "
                    "weights, 100 digits, all at once, until the loss is half of the first, at "
                    "most 1000 steps. Each method with the one of eight rates that gets there "
                    "first: 0.003 to 0.6 on the surface, 0.003 to 4 for the network. Momentum "
                    "0.9; Adam 0.9, 0.999.",
        .effect = "octaves (log2) by which gradient descent needs more steps than the method",
        .otherwise = "Finer rates; noise of mini-batches, which also leaves saddles. That saddles "
                     "rather than minima are the obstacle in general is not asked here: A-15 asks "
                     "what minima cost.",
        .rule = RULE_ABOVE,
        .size = 1,
        .replicas = 20,
        .part = {"surface, momentum", "surface, Adam", "network, momentum", "network, Adam"},
        .curve = {.x = "step",
                  .y = "training loss of the network",
                  .is_log_x = true,
                  .points = 20,
                  .at = {1,  2,  3,   5,   7,   10,  15,  20,  30,  40,
                         60, 80, 110, 150, 200, 300, 400, 600, 800, 1000},
                  .arm = {"gradient descent", "momentum", "Adam"}},
        .run = EXPERIMENT(saddle_and_plateau),
    },
    {
        .id = "A-17",
        .name = "bias and variance",
        .version = 1,
        .sentence = "The more complex a network, the smaller its bias and the larger its variance.",
        .source = "000 Q42; 003 Q42; 004 T9",
        .predicts = "With the number of hidden units the squared bias falls and the variance "
                    "rises.",
        .protocol = "sin 6x on [-1, 1] with noise 0.3, 20 training sets of 40 samples, each with "
                    "an initialisation of its own. One hidden layer of 1 to 256 tanh units, He, "
                    "Adam on all samples for 800 steps, rate of {0.003, 0.01, 0.03} chosen for "
                    "each width on samples of their own. Squared bias and variance of the 20 "
                    "networks on 100 even places, by the technique bias_variance_decomposition.",
        .effect = "Spearman's rank correlation of the width with the squared bias, negated; and "
                  "with the variance",
        .otherwise = "Complexity by depth, or by training longer. Widths beyond those; the plot "
                     "shows whether variance falls again where there are more parameters than "
                     "samples.",
        .rule = RULE_ABOVE,
        .size = 0.5,
        .replicas = 20,
        .part = {"bias falls", "variance rises"},
        .curve = {.x = "hidden units",
                  .y = "mean squared error of the prediction",
                  .is_log_x = true,
                  .is_log_y = true,
                  .points = 7,
                  .at = {1, 2, 4, 8, 16, 64, 256},
                  .arm = {"squared bias", "variance", "sum"}},
        .run = EXPERIMENT(bias_and_variance),
    },
    {
        .id = "A-18",
        .name = "turning point",
        .version = 1,
        .sentence = "When the validation loss rises while the training loss falls on, the network "
                    "overfits and gets worse on new data.",
        .source = "001 Q20; 004 G15",
        .predicts = "Large networks on few noisy samples show that turn, and are less accurate "
                    "on the test at the end than at the turn.",
        .protocol = "The document's network 2-512-512-2 (ReLU, Adam 0.001, batch 32) on 100 moons "
                    "(noise 0.3), 300 for validation, 1000 for the test; and 64-64-64-10, the same "
                    "way, on 300 digits, 400 for validation, both with a fifth of the labels "
                    "wrong, and 1097 with right labels for the test. 100 epochs. The turn is the "
                    "epoch of the least validation loss.",
        .effect = "1 if the last validation loss is at least 5 % above the least and the training "
                  "loss is below that of the turn, else 0; 1 if the test accuracy at the end is "
                  "below that at the turn, else 0",
        .otherwise = "The loss can rise because wrong answers get more certain, while as many are "
                     "right as before: that is what the second parts ask. Regularised training "
                     "need not turn.",
        .rule = RULE_SHARE,
        .size = 0.65,
        .replicas = 20,
        .part = {"moons: turns", "moons: worse at the end", "digits: turns",
                 "digits: worse at the end"},
        .curve = {.x = "epoch",
                  .y = "loss",
                  .is_log_y = true,
                  .points = 20,
                  .at = {5,  10, 15, 20, 25, 30, 35, 40, 45, 50,
                         55, 60, 65, 70, 75, 80, 85, 90, 95, 100},
                  .arm = {"moons, training", "moons, validation", "digits, training",
                          "digits, validation"}},
        .run = EXPERIMENT(turning_point),
    },
    {
        .id = "A-19",
        .name = "gap by depth",
        .version = 1,
        .sentence = "Deep networks overfit more than shallow ones.",
        .source = "001 Q23; 003 Q36",
        .predicts = "With as many parameters, six hidden layers have a larger gap between "
                    "training and test accuracy than one.",
        .protocol = "Circles (radii 1 and 0.6, noise 0.15; 100 training samples), four by four "
                    "checkers (400), a random teacher of ten ReLUs on ten features (200), digits "
                    "(150); 300 for validation, 1000 for the test. Hidden layers of equal width, "
                    "the widest with at most 2000 parameters (digits 5000), ReLU, He, Adam, batch "
                    "25, 100 epochs, rate of {0.001, 0.003, 0.01} chosen on validation for each "
                    "depth.",
        .effect = "gap (training less test accuracy) of six hidden layers less that of one",
        .otherwise = "More layers with more parameters; regularisation; much larger data, where "
                     "deep networks are used.",
        .rule = RULE_ABOVE,
        .size = 0.01,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"circles", "checkers", "teacher", "digits"},
        .curve = {.x = "hidden layers",
                  .y = "training less test accuracy",
                  .points = 4,
                  .at = {1, 2, 4, 6},
                  .arm = {"circles", "checkers", "teacher", "digits"}},
        .run = EXPERIMENT(gap_by_depth),
    },
    {
        .id = "A-20",
        .name = "wrong labels",
        .version = 1,
        .sentence = "Networks are sensitive to noise in the data: they learn it, and do worse on "
                    "new data.",
        .source = "001 Q50",
        .predicts = "With 40 % of the labels wrong a network loses more accuracy than the vote of "
                    "15 neighbours and than logistic regression.",
        .protocol = "Moons (noise 0.2) and digits, 400 samples for training, 300 for validation "
                    "(the same share of their labels wrong), 1000 with right labels for the test. "
                    "Network: two hidden layers of 64 ReLUs; it and logistic regression with Adam, "
                    "batch 32, 60 epochs, rate of {0.001, 0.003, 0.01, 0.03} chosen on validation. "
                    "No regularisation.",
        .effect = "test accuracy that the network loses from no wrong labels to 40 %, less what "
                  "the other method loses",
        .otherwise = "Regularisation or early stopping, which the tuning has only by its choice "
                     "of the rate; noise in the inputs instead of the labels; more samples.",
        .rule = RULE_ABOVE,
        .size = 0.01,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"moons, neighbours", "moons, logistic", "digits, neighbours", "digits, logistic"},
        .curve = {.x = "share of wrong labels",
                  .y = "test accuracy",
                  .points = 5,
                  .at = {0, 0.1, 0.2, 0.3, 0.4},
                  .arm = {"moons, network", "moons, neighbours", "moons, logistic",
                          "digits, network", "digits, neighbours", "digits, logistic"}},
        .run = EXPERIMENT(wrong_labels),
    },
    {.id = NULL},
};
