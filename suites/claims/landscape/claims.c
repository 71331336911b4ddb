// SPDX-License-Identifier: MIT
#include "../claim.h"

experiment weight_and_influence, final_losses, saddle_and_plateau, bias_and_variance, turning_point,
    gap_by_depth, wrong_labels;

const struct claim landscape_claims[] = {
    {
        /* 2: the document speaks of one neuron: units and a hidden layer are plotted */
        .id = "A-14",
        .name = "weight and influence",
        .version = 2,
        .sentence = "The larger the weight of an input of a neuron, the more influence it has on "
                    "the output.",
        .source = "004 G1",
        .predicts = "Ordering the inputs by the size of their weights orders them by how much "
                    "worse the predictions get when an input is permuted.",
        .protocol = "12 normal features, labels by a neuron of random weights with noise; 1000 "
                    "samples for training, 1000 for measuring. Adam, rate 0.01, batch 50, 40 "
                    "epochs. A neuron on features of variance 1; a neuron on features of variance "
                    "1 whose neighbours correlate by 0.9. In the plot also: the first neuron when "
                    "each feature is told in a unit of its own, by a factor from 0.1 to 10, so "
                    "that its weight is divided by it and its output stays; the first of two "
                    "layers (16 ReLUs), whose weights of an input are averaged in size.",
        .effect = "Spearman's rank correlation, over the 12 inputs, of the size of the weight with "
                  "the rise of the test loss when the input is permuted",
        .otherwise = "The document speaks of one neuron, and not of the units of its inputs: with "
                     "units of their own, and for the first layer of a network, the plot shows "
                     "less order. Influence can be measured by other means than the loss.",
        .rule = RULE_ABOVE,
        .size = 0.7,
        .replicas = 20,
        .part = {"variance 1", "correlated"},
        .curve = {.x = "rank of the weight, the largest first",
                  .y = "share of the influence",
                  .points = 12,
                  .arm = {"variance 1", "correlated", "own units", "hidden layer"}},
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
        /* 2: leaving by y alone, which x's ringing does not touch; s = 1, not 10; finer rates */
        .id = "A-16",
        .name = "saddle and plateau",
        .version = 2,
        .sentence = "Momentum and Adam help to leave saddle points and plateaus.",
        .source = "004 T14",
        .predicts = "From beside a saddle point, and from a plateau, momentum and Adam need at "
                    "most half the steps of gradient descent.",
        .protocol = "The surface s x^2 - y^2 + y^4 with s = 1 from x in [0.5, 1.5), y in [0.5, "
                    "1.5) 1e-6, until |y| is 1/2, at most 3000 steps, with the rate of 2, 1.6, "
                    "1.28 ... 0.0005 that gets there first; a run counts if 1000 steps later it is "
                    "near a minimum (height below -0.2; they are at -0.25). And 64-32-32-32-10 "
                    "with tanh from a tenth of Glorot's normal weights, 100 digits, all at once, "
                    "until the loss is half of the first, at most 1000 steps, with the fastest of "
                    "the rates 4, 3, 2.25 ... 0.005. Momentum 0.9; Adam 0.9, 0.999.",
        .effect = "octaves (log2) by which gradient descent needs more steps than the method",
        .otherwise =
            "How steep the other direction is: it limits the rate, and so how fast descent can "
            "leave; the plot has it up to s = 100. Adam's first step is as long as its rate, "
            "however small the gradient. Noise of mini-batches, which also leaves saddles. Whether "
            "saddles or minima are the obstacle is not asked here: A-15 asks what minima cost.",
        .rule = RULE_ABOVE,
        .size = 1,
        .replicas = 20,
        .part = {"saddle, momentum", "saddle, Adam", "plateau, momentum", "plateau, Adam"},
        .curve = {.x = "steepness s across the saddle",
                  .y = "steps to leave the saddle",
                  .is_log_x = true,
                  .is_log_y = true,
                  .points = 5,
                  .at = {1, 3, 10, 30, 100},
                  .arm = {"gradient descent", "momentum", "Adam"}},
        .run = EXPERIMENT(saddle_and_plateau),
    },
    {
        /* 2: one rate for all, as tuned ones regularised; variance from a width that fits */
        .id = "A-17",
        .name = "bias and variance",
        .version = 2,
        .sentence = "The more complex a network, the smaller its bias and the larger its variance.",
        .source = "000 Q42; 003 Q42; 004 T9",
        .predicts = "The squared bias is smaller with 256 hidden units than with one, and the "
                    "variance is larger than with 8, which fit the curve.",
        .protocol =
            "sin 6x on [-1, 1] with noise 0.3, 12 training sets of 40 samples, each with an "
            "initialisation of its own. One hidden layer of 1 to 256 tanh units, He, Adam on all "
            "samples for 2000 steps, rate 0.01. Squared bias and variance of the 12 networks on "
            "100 even places, by the technique bias_variance_decomposition.",
        .effect = "decades from the squared bias of 256 units up to that of one; decades from the "
                  "variance of 8 units, by which the bias has fallen, up to that of 256",
        .otherwise =
            "Training longer, or to the end: what 2000 steps leave undone keeps wide networks "
            "smooth. With fewer than 8 units, too few for the curve, runs end in different places, "
            "and that is variance too: see the plot. Complexity by depth.",
        .rule = RULE_ABOVE,
        .size = 0.1,
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
        /* 2: what is lost after a turn, not how often there is one; the document's network */
        .id = "A-18",
        .name = "turning point",
        .version = 2,
        .sentence = "When the validation loss rises while the training loss falls on, the network "
                    "overfits and gets worse on new data.",
        .source = "001 Q20; 004 G15",
        .predicts = "Where large networks on few noisy samples show that turn, they are less "
                    "accurate on the test at the end than at the turn.",
        .protocol = "The document's program: 2-512-512-1 (ReLU, Glorot's uniform weights, Adam "
                    "0.001, batch 32, 300 epochs) on 100 moons (noise 0.3), standardized, with 300 "
                    "for validation and 1000 for the test. And 64-64-64-10 (He's normal weights, "
                    "100 epochs) the same way on 300 digits, 400 for validation, 1097 for the "
                    "test; a fifth of the labels of the digits' training and validation samples "
                    "are wrong. The turn is the epoch of the least validation loss.",
        .effect = "test accuracy at the turn less that of the last epoch; 0 where the last "
                  "validation loss is not at least 5 % above the least, or the training loss is "
                  "not below that of the turn",
        .otherwise =
            "The loss can rise because wrong answers get more certain, while as many are right as "
            "before: that is why accuracy is judged. A replica without a turn says nothing of the "
            "sentence, and its 0 counts against it. Regularised training need not turn.",
        .rule = RULE_ABOVE,
        .size = 0.01,
        .replicas = 20,
        .part = {"moons", "digits"},
        .curve = {.x = "epoch",
                  .y = "loss",
                  .is_log_x = true,
                  .is_log_y = true,
                  .points = 20,
                  .at = {1,  2,  3,  4,  5,  7,   10,  14,  20,  25,
                         30, 40, 50, 60, 80, 100, 140, 180, 240, 300},
                  .arm = {"moons, training", "moons, validation", "digits, training",
                          "digits, validation"}},
        .run = EXPERIMENT(turning_point),
    },
    {
        /* 2: 003 Q36 compares with other methods than shallow networks; rates go on */
        .id = "A-19",
        .name = "gap by depth",
        .version = 2,
        .sentence = "Deep networks overfit more than shallow ones.",
        .source = "001 Q23",
        .predicts = "With as many parameters, six hidden layers have a larger gap between training "
                    "and test accuracy than one.",
        .protocol =
            "Circles (radii 1 and 0.6, noise 0.15; 100 training samples), four by four checkers "
            "(400), a random teacher of ten ReLUs on ten features (200), digits (150); 300 for "
            "validation, 1000 for the test. Hidden layers of equal width, the widest with at most "
            "2000 parameters (digits 5000), ReLU, He, Adam, batch 25, 100 epochs, rate of {0.0003, "
            "0.001, 0.003, 0.01, 0.03, 0.1, 0.3} chosen on validation for each depth.",
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
