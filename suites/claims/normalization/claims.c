// SPDX-License-Identifier: MIT
#include "../claim.h"

experiment covariate_shift, normalized_steps, cost_of_normalization, normalized_rates,
    normalized_starts, running_statistics, undone_normalization, normalization_gap,
    smoother_landscape, less_regularization;

const struct claim normalization_claims[] = {
    {
        .id = "D-21",
        .name = "normalized steps",
        .version = 1,
        .sentence = "Batch normalization speeds up training.",
        .source = "000 Q16; 002 Q16; 003 Q16; 004 G3",
        .predicts = "A network with normalized layers needs fewer steps to a good accuracy.",
        .protocol =
            "Hidden layers of 32 units, normalized before the activation or not: on 800 digits 3 "
            "layers with ReLU, 8 with ReLU, 8 with sigmoids, to 93 %; on 800 moons with noise "
            "0.15 4 layers with ReLU, to 95 %. He's normal weights for ReLU, Glorot's for "
            "sigmoids; momentum 0.9, batches of 32, at most 300 steps; running statistics for "
            "accuracies, which are taken after every fifth step. Each arm has the rate, of the six "
            "in the plot, with the fewest steps on 300 validation samples; counted are its steps "
            "to the same accuracy on 497 test digits or 1000 moons.",
        .effect = "1 less the steps with normalization over those without; a run that does not get "
                  "there counts as 300 steps",
        .otherwise = "Steps are not time: for what one costs see D-22. With running statistics of "
                     "momentum 0.1 a network cannot be good before they have settled, some 20 "
                     "steps. Convolutional networks are not tried.",
        .rule = RULE_ABOVE,
        .size = 0.1,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"digits, 3 layers", "digits, 8 layers", "digits, 8 layers of sigmoids",
                 "moons, 4 layers"},
        .curve = {.x = "learning rate",
                  .y = "steps to the accuracy on test samples",
                  .is_log_x = true,
                  .is_log_y = true,
                  .points = 6,
                  .at = {0.003, 0.01, 0.03, 0.1, 0.3, 1},
                  .arm = {"3 layers, without", "3 layers, with", "8 layers, without",
                          "8 layers, with", "8 of sigmoids, without", "8 of sigmoids, with"}},
        .run = EXPERIMENT(normalized_steps),
    },
    /* 2: which widths are drawn decided whether it was 5 %; the document says no figure */
    {
        .id = "D-22",
        .name = "cost of normalization",
        .version = 2,
        .sentence = "Batch normalization costs computation and memory in training.",
        .source = "001 Q16",
        .predicts = "A step takes more arithmetic and memory with it, whatever the network.",
        .protocol =
            "One step of momentum on a network of 64 inputs, 1 to 6 hidden layers of ReLU, each of "
            "16, 32, ... or 512 units, 10 outputs, batches of 16, 32, ... or 256, all by chance. "
            "Arithmetic: sums, products, quotients and roots of dense layers, ReLU, optimizer and, "
            "counted as they are done, of normalization forwards and backwards (its results are "
            "compared with the engine's). Memory: all values, gradients and what is kept between "
            "the passes, as the engine allocates them, three numbers for each parameter, and "
            "running statistics.",
        .effect = "share by which a step's arithmetic, and its memory, are larger with "
                  "normalization before every hidden activation",
        .otherwise = "That normalization is not free is a matter of counting and cannot fail: how "
                     "much it costs is in the plot. The arithmetic of a dense layer grows with "
                     "the square of its width, that of normalization with the width: see the "
                     "plot. Arithmetic is not time: normalization waits for memory more than "
                     "products of matrices do. An engine that normalizes in place needs less "
                     "memory.",
        .rule = RULE_ALWAYS,
        .size = 0,
        .replicas = 40,
        .part = {"arithmetic", "memory"},
        .curve = {.x = "units of each of 3 hidden layers",
                  .y = "additional share, batches of 32",
                  .is_log_x = true,
                  .is_log_y = true,
                  .points = 7,
                  .at = {8, 16, 32, 64, 128, 256, 512},
                  .arm = {"arithmetic", "memory"}},
        .is_quick = true,
        .run = EXPERIMENT(cost_of_normalization),
    },
    {
        .id = "D-23",
        .name = "normalized rates",
        .version = 1,
        .sentence = "Batch normalization allows higher learning rates without divergence.",
        .source = "002 Q16; 004 G3",
        .predicts = "The largest rate that trains is at least three times as high.",
        .protocol =
            "3 and 8 layers with 32 ReLU units in each hidden one, normalized before the "
            "activation or not, on 800 digits; He's normal weights, gradient descent, batches of "
            "32, 5 epochs at each of the rates of the plot. Converges: the loss stays a number and "
            "is lower in the last epoch than at the first step. Learns: accuracy on 497 test "
            "digits, with running statistics, is at least nine tenths of the best that this "
            "network gets at any rate.",
        .effect = "decades from the largest rate without to the largest one with normalization "
                  "(half of the smallest, if none is low enough)",
        .otherwise = "Converging asks for little: also a network whose units have all died, and "
                     "which says the same of all images, ends with a lower loss than it began; "
                     "learning asks for more. A normalized layer does not change when its weights "
                     "grow, so a rate that is too high for others only makes its steps relatively "
                     "smaller. What is allowed is not what is best: see D-21.",
        .rule = RULE_ABOVE,
        .size = 0.477,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"converges, 3 layers", "learns, 3 layers", "converges, 8 layers",
                 "learns, 8 layers"},
        .curve = {.x = "learning rate",
                  .y = "test accuracy (diverged: 0.1)",
                  .is_log_x = true,
                  .points = 14,
                  .at = {0.015625, 0.03125, 0.0625, 0.125, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 128},
                  .arm = {"3 layers, without", "3 layers, with", "8 layers, without",
                          "8 layers, with"}},
        .run = EXPERIMENT(normalized_rates),
    },
    {
        .id = "D-24",
        .name = "normalized starts",
        .version = 1,
        .sentence = "Batch normalization makes a network less sensitive to its initial weights.",
        .source = "001 Q16; 003 Q16; 004 G3",
        .predicts = "Accuracy varies less than half as much with the scale of the initial weights.",
        .protocol =
            "64-32-32-32-10 with ReLU, normalized before the activation or not, on 800 digits; "
            "He's normal weights times each of the seven scales of the plot; momentum 0.9, batches "
            "of 32, 4 epochs; rates 0.01, 0.03 and 0.1: the best at scale 1 for all scales, or "
            "the best at each, by the accuracy on 300 validation digits; 497 test digits.",
        .effect = "1 less the standard deviation of test accuracy over scales with normalization "
                  "over that without",
        .otherwise = "The last layer, which nothing normalizes, is scaled as well. Longer training "
                     "brings bad starts nearer.",
        .rule = RULE_ABOVE,
        .size = 0.5,
        .replicas = 20,
        .part = {"one rate for all scales", "a rate for each scale"},
        .curve = {.x = "scale of the initial weights",
                  .y = "test accuracy",
                  .is_log_x = true,
                  .points = 7,
                  .at = {0.01, 0.03, 0.1, 0.3, 1, 3, 10},
                  .arm = {"without, one rate", "with, one rate", "without, own rates",
                          "with, own rates"}},
        .run = EXPERIMENT(normalized_starts),
    },
    /* 2: that the means of units stay is true by construction */
    {
        .id = "D-25",
        .name = "covariate shift",
        .version = 2,
        .sentence = "Batch normalization reduces internal covariate shift: what a layer is given "
                    "changes less while the layers before it learn.",
        .source = "000 Q16; 002 Q16; 003 Q16; 004 G3",
        .predicts = "The steps of earlier layers change the gradient of a later one less.",
        .protocol =
            "Digits, 6 layers with 32 units in each hidden one, normalized before the activation "
            "or not, tanh with Glorot's or ReLU with He's normal weights; gradient descent, "
            "batches of 32 of 800 digits, 200 steps, rate 0.03, 0.1, 0.3, 1 or 3 by the accuracy "
            "on 300 others. Every twentieth step, over 256 training digits (with their "
            "statistics): the relative change of the fourth layer's gradient when the layers "
            "before it alone take a step. The plot: by how much a step moved the means of hidden "
            "units, over the root of the layer's mean variance, the mean over layers.",
        .effect = "decades by which it is smaller with normalization, the mean over ten looks",
        .otherwise =
            "That the means of units move less is what normalization is, so the plot shows it and "
            "the verdict does not count it; it asks what a later layer has of it. Each network "
            "has its own best rate, and a higher one moves more. Whether less shift is why "
            "training is faster (D-21) is another question, which needs networks with "
            "normalization and shift: not asked here.",
        .rule = RULE_ABOVE,
        .size = 0.1,
        .replicas = 20,
        .part = {"tanh", "ReLU"},
        .curve = {.x = "step",
                  .y = "shift of the units' means in a step, standard deviations",
                  .is_log_y = true,
                  .points = 10,
                  .at = {20, 40, 60, 80, 100, 120, 140, 160, 180, 200},
                  .arm = {"tanh, without", "tanh, with", "ReLU, without", "ReLU, with"}},
        .run = EXPERIMENT(covariate_shift),
    },
    /* 2: gap and test were one number where labels were right; more rates */
    {
        .id = "D-26",
        .name = "normalization gap",
        .version = 2,
        .sentence = "Batch normalization acts as a regulariser: it reduces overfitting and makes a "
                    "network better on new data.",
        .source = "000 Q16; 001 Q16; 002 Q16; 003 Q16; 004 G3, S4",
        .predicts = "At the same training loss a normalized network has a smaller gap between "
                    "training and test accuracy, and a higher test accuracy.",
        .protocol =
            "64-64-64-10 with ReLU, normalized before the activation or not, on 128 digits, with "
            "right labels or a fifth of wrong ones; Adam, rate 0.0003, 0.001, 0.003, 0.01 or 0.03 "
            "by the accuracy on 300 validation digits (wrong labels alike); batches of 32, for "
            "the plot also of 4, 16 and 64. Each run ends after the epoch in which the training "
            "loss, with running statistics, is at most 0.1, or after 1500 steps. 497 test digits "
            "with right labels; the gap is to what the test accuracy means for labels that are "
            "wrong as often.",
        .effect =
            "the smaller one of two differences in accuracy: gap without normalization less gap "
            "with it; test accuracy with it less without",
        .otherwise = "Where all labels are right and all are fitted, gap and test are one number. "
                     "In the plot, batches of 4 and 16 at a low rate may not come to that loss in "
                     "1500 steps, and have a smaller gap for it. "
                     "The noise of a batch's statistics is larger in small batches: see the plot. "
                     "Early stopping and longer training are not tried. A batch of 64 is half of "
                     "the training set.",
        .rule = RULE_ABOVE,
        .size = 0.01,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"right labels", "a fifth wrong"},
        .curve = {.x = "samples of a batch",
                  .y = "gap between training and test accuracy",
                  .is_log_x = true,
                  .points = 4,
                  .at = {4, 16, 32, 64},
                  .arm = {"without", "with", "without, wrong labels", "with, wrong labels"}},
        .run = EXPERIMENT(normalization_gap),
    },
    /* 2: a grid of two rates has no inside */
    {
        .id = "D-27",
        .name = "less regularization",
        .version = 2,
        .sentence = "With batch normalization there is less need for dropout and for penalties.",
        .source = "000 Q16; 001 Q16; 004 G3",
        .predicts =
            "The best of these regularisers adds less test accuracy to a normalized network.",
        .protocol = "64-64-64-10 with ReLU, normalized before the activation or not, on 128 "
                    "digits, with right labels or a fifth of wrong ones; Adam, batches of 32, 300 "
                    "steps. None, dropout of 0.2 or 0.5, or the penalty c w^2 / 2 with c 0.01 or "
                    "0.1; which of them, and rate 0.0003, 0.001, 0.003 or 0.01 for each, by the "
                    "accuracy on 300 validation digits (wrong labels alike); 497 test digits with "
                    "right labels.",
        .effect = "test accuracy that the chosen regulariser adds without normalization less what "
                  "it adds with it",
        .otherwise = "Less need may also mean the same accuracy with a weaker regulariser: see the "
                     "plot. A network that nothing helps has no need either way.",
        .rule = RULE_ABOVE,
        .size = 0.01,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"right labels", "a fifth wrong"},
        .curve = {.x = "regulariser",
                  .y = "test accuracy",
                  .points = 5,
                  .label = {"none", "dropout 0.2", "dropout 0.5", "L2 0.01", "L2 0.1"},
                  .arm = {"without", "with", "without, wrong labels", "with, wrong labels"}},
        .run = EXPERIMENT(less_regularization),
    },
    /* 2: words: the scale that undoes it has the epsilon in it */
    {
        .id = "D-28",
        .name = "undone normalization",
        .version = 2,
        .sentence = "By its scale and shift, which are learnt, a network can undo batch "
                    "normalization.",
        .source = "004 G3",
        .predicts =
            "With what the batch is divided by as scale and its mean as shift the layer gives "
            "what it is given; and gradient descent finds them.",
        .protocol =
            "8 normal channels with means and standard deviations of their own. Set, from batches "
            "of 2 to 256 samples: the root of variance plus 1e-5, which is the layer's epsilon, "
            "as scale, the mean as shift. Learnt: 200 steps of gradient descent at 0.05 on the "
            "mean of (y - x)^2 / 2, a fresh batch of 256 each; then with running statistics on "
            "new samples. The distance of output from input is the root of its mean square, in "
            "standard deviations of the channel.",
        .effect = "decades by which the distance is below 1e-6 (set, the largest over sizes of "
                  "batches), and below 0.1 (learnt)",
        .otherwise = "In training only for one batch: scale and shift do not follow the statistics "
                     "of the next: see its line, the mean of 50 batches.",
        .rule = RULE_ALWAYS,
        .size = 0,
        .replicas = 20,
        .part = {"set", "learnt"},
        .curve = {.x = "samples of a batch",
                  .y = "distance of output from input, standard deviations",
                  .is_log_x = true,
                  .is_log_y = true,
                  .points = 8,
                  .at = {2, 4, 8, 16, 32, 64, 128, 256},
                  .arm = {"the batch of scale and shift", "another batch"}},
        .run = EXPERIMENT(undone_normalization),
    },
    /* 2: the document says that they are used, not that nothing changes: better is no refutation */
    {
        .id = "D-29",
        .name = "running statistics",
        .version = 2,
        .sentence = "At inference moving averages of the batches' means and variances can stand in "
                    "for those of a batch.",
        .source = "004 G3",
        .predicts =
            "Accuracy on the same samples is not a point lower with running statistics than "
            "with those of batches, as in training.",
        .protocol =
            "64-32-32-32-10 with ReLU, normalized before the activation, on 896 digits; Adam at "
            "0.003, 1000 steps with batches of 2, 8, 32 or 128; running statistics move by 0.1 "
            "towards each batch's. 384 test digits, in random batches of the size of training, or "
            "with running statistics.",
        .effect =
            "test accuracy with running statistics less that with batches' own, plus the point "
            "that it may be lower",
        .otherwise = "Small batches: their own statistics are the poorer ones. After few steps the "
                     "running ones are still those of the start: see the plot.",
        .rule = RULE_ABOVE,
        .size = 0.005,
        .replicas = 20,
        .part = {"batches of 2", "batches of 8", "batches of 32", "batches of 128"},
        .curve = {.x = "steps",
                  .y = "test accuracy",
                  .is_log_x = true,
                  .points = 8,
                  .at = {1, 3, 10, 30, 100, 200, 400, 1000},
                  .arm = {"batches of 2, their own", "batches of 2, running",
                          "batches of 8, their own", "batches of 8, running",
                          "batches of 32, their own", "batches of 32, running"}},
        .run = EXPERIMENT(running_statistics),
    },
    /* 2: the range of gradients was judged with sigmoids alone */
    {
        .id = "D-31",
        .name = "smoother landscape",
        .version = 2,
        .sentence = "Batch normalization keeps the gradients of deep networks in a healthy range, "
                    "which helps against vanishing ones, and makes the loss smoother.",
        .source = "002 Q16; 004 S6",
        .predicts =
            "In a deep normalized network the gradients of the first and the last hidden layer are "
            "nearer to each other; and a gradient changes less along a step in its direction.",
        .protocol =
            "Digits, 32 units in each hidden layer, normalized before the activation or not, "
            "Glorot's normal weights (ReLU: He's). Range: 20 layers of sigmoids, tanh or ReLU, "
            "one backward pass of 256 digits before training; norms of the weights' gradients. "
            "Smooth: 6 layers, momentum 0.9 with batches of 64 on 800 digits, rate 0.003, 0.01, "
            "0.03, 0.1, 0.3 or 1 by the accuracy on 300 others after 100 steps; after every "
            "twentieth step the gradient of 256 training digits (with their statistics) at the "
            "weights and at the end of a step along it whose length is 1 % of the norm of all "
            "parameters; the norm of their difference over that of the first.",
        .effect = "range: decades between the two layers' gradients without normalization less "
                  "those with it; smooth: decades by which the relative change of the gradient is "
                  "smaller with normalization, the mean over five looks",
        .otherwise =
            "Steps of the same absolute length compare differently, because normalized weights "
            "may have any size. Gradients of tanh and ReLU with their usual weights do not vanish "
            "to begin with; weights too small for them are not tried. Gradients that grow count "
            "like those that vanish: the plot shows which.",
        .rule = RULE_ABOVE,
        .size = 0.1,
        .replicas = 20,
        .part = {"range, sigmoid", "range, tanh", "range, ReLU", "smooth, tanh", "smooth, ReLU"},
        .curve = {.x = "layer",
                  .y = "norm of the gradient over that of the last hidden layer",
                  .is_log_y = true,
                  .points = 19,
                  .arm = {"sigmoid, without", "sigmoid, with", "tanh, without", "tanh, with",
                          "ReLU, without", "ReLU, with"}},
        .run = EXPERIMENT(smoother_landscape),
    },
    {.id = NULL},
};
