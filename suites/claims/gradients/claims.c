// SPDX-License-Identifier: MIT
#include "../claim.h"

experiment change_by_layer, clipped_direction, dying_units, explosion_and_rate, gradient_by_layer,
    growth_with_depth, operations_per_unit, overflow, saturation, sigmoid_slope,
    signal_through_relu, steps_to_accuracy, tanh_and_sigmoid;

const struct claim gradients_claims[] = {
    {
        .id = "B-01",
        .name = "sigmoid slope",
        .version = 1,
        .sentence = "The derivative of the sigmoid is above 0 and at most a quarter.",
        .source = "004 T7",
        .predicts = "No input has a derivative above 0.25 or not above 0, and that of 0 is 0.25.",
        .protocol =
            "The engine's sigmoid and its derivative in binary32 at 20000 random inputs within "
            "+-15, 10000 within +-0.01, and 0.",
        .effect =
            "at most a quarter: 0.25 less the largest derivative; above 0: the smallest, or -1 "
            "if that is not above 0; a quarter at 0: the derivative there less 0.25",
        .otherwise =
            "Beyond +-17 the sigmoid rounds to 1 in binary32 and its derivative to 0, which "
            "mathematics does not have: the inputs end before.",
        .rule = RULE_ALWAYS,
        .size = 0,
        .replicas = 20,
        .part = {"at most a quarter", "above 0", "a quarter at 0"},
        .curve = {.x = "input",
                  .y = "derivative",
                  .points = 61,
                  .at = {-15,  -14.5, -14,  -13.5, -13,  -12.5, -12,  -11.5, -11,  -10.5, -10,
                         -9.5, -9,    -8.5, -8,    -7.5, -7,    -6.5, -6,    -5.5, -5,    -4.5,
                         -4,   -3.5,  -3,   -2.5,  -2,   -1.5,  -1,   -0.5,  0,    0.5,   1,
                         1.5,  2,     2.5,  3,     3.5,  4,     4.5,  5,     5.5,  6,     6.5,
                         7,    7.5,   8,    8.5,   9,    9.5,   10,   10.5,  11,   11.5,  12,
                         12.5, 13,    13.5, 14,    14.5, 15},
                  .arm = {"sigmoid", "tanh", "ReLU"}},
        .run = EXPERIMENT(sigmoid_slope),
    },
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
    {
        .id = "B-03",
        .name = "change by layer",
        .version = 1,
        .sentence = "Where gradients vanish, the weights of the early layers are hardly updated.",
        .source = "003 Q12; 004 T7, S6",
        .predicts = "In a deep network of sigmoids a hundred steps of training change the first "
                    "layer's weights less than a thousandth as much as the last layer's.",
        .protocol =
            "Ten layers, 64 units in each hidden one, 1200 handwritten digits, 100 steps of "
            "gradient descent at 0.1 with batches of 32; Glorot's normal weights (ReLU: "
            "He's). The change is the norm of the sum of a layer's steps, added in binary64, "
            "over the norm of its initial weights. Adam at 0.001 besides.",
        .effect =
            "decades by which the relative change of the last layer's weights exceeds that of "
            "the first layer's, with sigmoids and gradient descent",
        .otherwise =
            "Adam divides each gradient by its own size: its arm shows how much of this is "
            "the optimizer's. The rate hardly matters, since it multiplies all layers' steps.",
        .rule = RULE_ABOVE,
        .size = 3,
        .replicas = 20,
        .curve = {.x = "layer",
                  .y = "change of the weights over their norm",
                  .is_log_y = true,
                  .points = 10,
                  .arm = {"sigmoid", "tanh", "ReLU", "sigmoid, Adam"}},
        .run = EXPERIMENT(change_by_layer),
    },
    /* 2: gradients and accuracy each by a size of its own; a wider grid of rates. */
    {
        .id = "B-04",
        .name = "tanh and sigmoid",
        .version = 2,
        .sentence = "Tanh suffers from vanishing gradients too, but less than the sigmoid, and is "
                    "the better hidden activation.",
        .source = "002 Q15; 004 T5",
        .predicts = "With tanh the gradient of the first layer falls with depth, with sigmoids it "
                    "falls faster, and networks with tanh classify better.",
        .protocol = "Handwritten digits, 32 units in each hidden layer, Glorot's normal weights. "
                    "Gradients: of the first layer's weights before training, 256 digits, 2 to 20 "
                    "layers. Accuracy: 2, 6 and 12 layers, 1000 digits, momentum 0.9, batches of "
                    "32, 8 epochs, the rate of 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3 with the "
                    "best accuracy on 297 others; test on 500.",
        .effect = "in units of the smallest effect that matters: decades per layer by which the "
                  "norm of the first layer's gradient is smaller at 20 layers than at 2, with "
                  "tanh, over 0.1; the sigmoid's less tanh's, over 0.1; and points of test "
                  "accuracy of tanh less that of the sigmoid, the mean over the three depths",
        .otherwise = "A tenth of a decade per layer is a factor of ten in ten layers; who calls "
                     "less than that vanishing will judge otherwise. Large weights saturate tanh, "
                     "and then its gradients behave otherwise. With few layers the two may be "
                     "alike: the mean is over shallow and deep.",
        .rule = RULE_ABOVE,
        .size = 1,
        .replicas = 20,
        .needs = ALL_PARTS,
        .part = {"tanh vanishes", "sigmoid vanishes faster", "accuracy"},
        .curve = {.x = "layers",
                  .y = "norm of the first layer's gradient",
                  .is_log_y = true,
                  .points = 8,
                  .at = {2, 4, 6, 8, 10, 12, 16, 20},
                  .arm = {"tanh", "sigmoid", "ReLU"}},
        .run = EXPERIMENT(tanh_and_sigmoid),
    },
    /* 2: Glorot's weights, which 004 does not recommend for ReLU, are in the plot alone. */
    {
        .id = "B-05",
        .name = "signal through ReLU",
        .version = 2,
        .sentence = "With ReLU gradients do not shrink systematically from layer to layer, since "
                    "its derivative is 1 for positive inputs.",
        .source = "004 T7, S6",
        .predicts = "The gradient that reaches a layer has about the same size everywhere in a "
                    "deep network of ReLUs with the weights that 004 S6 recommends for them, He's.",
        .protocol = "50 layers, 64 units in each hidden one, 128 handwritten digits, biases 0; one "
                    "backward pass before any training; the gradient with respect to the outputs "
                    "of each hidden layer. He's normal weights; in the plot Glorot's too.",
        .effect = "decades by which the gradient's norm grows per layer from the last hidden layer "
                  "to the first (below 0: it shrinks)",
        .otherwise = "The derivative is 0 for half of the inputs, which He's weights make up for, "
                     "as they were designed to, and Glorot's do not: there the gradient shrinks "
                     "with every layer (see the plot). So the derivative of 1 alone is not the "
                     "reason. The gradients of weights are the product of this signal and the "
                     "inputs of a layer. Before training only.",
        .rule = RULE_EQUIVALENT,
        .size = 0.05,
        .replicas = 20,
        .part = {"He's weights"},
        .curve = {.x = "layer",
                  .y = "norm of the gradient of its outputs, over that of the last hidden layer",
                  .is_log_y = true,
                  .points = 49,
                  .arm = {"ReLU, Glorot", "ReLU, He", "tanh, Glorot", "sigmoid, Glorot"}},
        .run = EXPERIMENT(signal_through_relu),
    },
    /* 2: measures gradients; the share where ReLU is flat followed from the definition of flat. */
    {
        .id = "B-06",
        .name = "saturation",
        .version = 2,
        .sentence =
            "ReLU does not saturate as the sigmoid does, so gradients do not become very small.",
        .source = "001 Q12",
        .predicts = "On the way back from the last hidden layer to the first the gradient loses "
                    "less of its size with ReLU than with sigmoids.",
        .protocol = "64-64-64-64-10 on 1200 handwritten digits, Adam at 0.003, batches of 32, 10 "
                    "epochs; He's weights for ReLU, Glorot's else. The gradient of the loss of 256 "
                    "digits with respect to the outputs of the first hidden layer, over that of "
                    "the third (norms). In the plot: the share of pairs of unit and sample whose "
                    "derivative is below a hundredth of the activation's largest one.",
        .effect = "decades by which that ratio is larger with ReLU than with sigmoids",
        .otherwise =
            "ReLU is flat by definition wherever its input is negative, which is for about half of "
            "all pairs (see the plot): what does not saturate is its positive side. Gradients as a "
            "whole become small with any activation when the loss does; the ratio leaves that out.",
        .rule = RULE_ABOVE,
        .size = 0.3,
        .replicas = 20,
        .needs = ALL_PARTS,
        .part = {"before training", "after training"},
        .curve = {.x = "epoch",
                  .y = "share where the derivative is (nearly) 0",
                  .points = 11,
                  .at = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10},
                  .arm = {"ReLU", "tanh", "sigmoid", "ReLU, units that are 0 for all samples"}},
        .run = EXPERIMENT(saturation),
    },
    /* 2: a unit without gradient because the next layer is dead is not dead itself. */
    {
        .id = "B-07",
        .name = "dying units",
        .version = 2,
        .sentence = "ReLU units can die, stuck at 0 for every sample; Leaky ReLU avoids that.",
        .source = "001 Q15; 004 T5",
        .predicts = "At some learning rate more than a fifth of the ReLU units is dead for good, "
                    "and at the same rate far fewer units of Leaky ReLU are.",
        .protocol = "2-32-32-2 on 300 samples of two moons (noise 0.2), He's normal weights, "
                    "gradient descent with batches of 32: 20 epochs at each of the ten rates of "
                    "the plot, then 20 epochs at 0.01, in which units can recover. Dead: its input "
                    "is negative or 0 on all training samples, and the gradient of its weights and "
                    "bias is exactly 0 over all of them. Rates at which a network overflows do not "
                    "count for it. Slope of Leaky ReLU 0.01.",
        .effect = "share of hidden units that are dead with ReLU, at the rate with most of them; "
                  "and at the rate with most of them where both networks are finite, that share "
                  "less the one with Leaky ReLU",
        .otherwise = "Leaky ReLU has no derivative of 0, so that none of its units is dead follows "
                     "from its definition. The rate is the worst, not the one a user would choose: "
                     "the plot has the accuracy at each. A unit of Leaky ReLU that is negative on "
                     "all samples is alive but linear: the plot has these too.",
        .rule = RULE_ABOVE,
        .size = 0.2,
        .replicas = 20,
        .needs = ALL_PARTS,
        .part = {"ReLU units die", "fewer with Leaky ReLU"},
        .curve = {.x = "learning rate",
                  .y = "share",
                  .is_log_x = true,
                  .points = 10,
                  .at = {0.01, 0.03, 0.1, 0.3, 0.5, 1, 1.5, 2, 3, 10},
                  .arm = {"dead, ReLU", "dead, Leaky ReLU", "negative on all, ReLU",
                          "negative on all, Leaky ReLU", "test accuracy, ReLU",
                          "test accuracy, Leaky ReLU"}},
        .run = EXPERIMENT(dying_units),
    },
    {
        .id = "B-08",
        .name = "operations per unit",
        .version = 1,
        .sentence = "ReLU is computationally cheaper than the sigmoid and tanh.",
        .source = "002 Q15; 004 T5",
        .predicts = "A sigmoid or tanh takes at least three times the arithmetic of a ReLU.",
        .protocol =
            "Each activation by its textbook formula, the exponential by reducing its argument to "
            "+-ln 2 / 2 and Taylor's polynomial of the smallest degree that gives 1000 random "
            "values within +-8 to 2^-24; operations are counted as they are done (addition, "
            "product, quotient, comparison, rounding, scaling: one each).",
        .effect = "operations per value, over those of ReLU",
        .otherwise =
            "Operations are not time: a quotient takes longer than a comparison, and a "
            "processor waits for memory. Tables and coarser approximations need fewer. In a "
            "layer the products and sums of a unit's inputs come to it: see the plot.",
        .rule = RULE_ALWAYS,
        .size = 3,
        .replicas = 20,
        .part = {"sigmoid", "tanh"},
        .curve = {.x = "inputs of a unit",
                  .y = "operations of the whole unit, over those of one with ReLU",
                  .is_log_x = true,
                  .points = 11,
                  .at = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024},
                  .arm = {"sigmoid", "tanh"}},
        .run = EXPERIMENT(operations_per_unit),
    },
    /* 2: a wider grid: the best rate was at an end of it in some arms. */
    {
        .id = "B-09",
        .name = "steps to accuracy",
        .version = 2,
        .sentence = "ReLU makes training faster than the sigmoid and tanh.",
        .source = "002 Q15",
        .predicts = "Networks with ReLU need fewer steps to a good accuracy.",
        .protocol = "2 and 8 layers with 32 units in each hidden one on 1000 handwritten digits, "
                    "He's normal weights for ReLU, Glorot's else; momentum 0.9, batches of 32, at "
                    "most 15 epochs; accuracies after every fifth step. Each arm has the rate, of "
                    "the eight in the plot, with the fewest steps to 93 % on 200 other digits; "
                    "counted are its steps to 93 % on the 300 of the test.",
        .effect = "1 less the steps with ReLU over the steps with the other activation; a run that "
                  "does not get there counts as 480 steps",
        .otherwise = "Normalization or Adam, which help the sigmoid; steps are not time (B-08).",
        .rule = RULE_ABOVE,
        .size = 0.1,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"sigmoid, 2 layers", "tanh, 2 layers", "sigmoid, 8 layers", "tanh, 8 layers"},
        .curve = {.x = "learning rate",
                  .y = "steps to 93 % of the test samples",
                  .is_log_x = true,
                  .is_log_y = true,
                  .points = 8,
                  .at = {0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3},
                  .arm = {"ReLU, 2", "sigmoid, 2", "tanh, 2", "ReLU, 8", "sigmoid, 8", "tanh, 8"}},
        .run = EXPERIMENT(steps_to_accuracy),
    },
    /* 2: "too large" is not the double alone. */
    {
        .id = "B-19",
        .name = "growth with depth",
        .version = 2,
        .sentence = "Gradients explode in deep networks whose weights are initialised too large.",
        .source = "004 T8",
        .predicts = "With weights that are large enough the gradient of the first layer grows by a "
                    "factor with every layer of depth, and with the usual ones it does not.",
        .protocol = "64 units in each hidden layer, 128 handwritten digits, biases 0, before "
                    "training; He's normal weights for ReLU and Glorot's for tanh and sigmoid, as "
                    "they are and times 2, 4 and 8; depths of the plot.",
        .effect =
            "slope of the line of least squares through the decades of the norm of the first "
            "layer's gradient over depth, in decades per layer: the slope with larger weights, or "
            "its excess over the usual weights' if this is less; the largest of the three sizes",
        .otherwise = "A sigmoid's derivative is at most 1/4, so nothing can grow before the "
                     "weights are about four times as large, and then most units are flat. An "
                     "activation that flattens large inputs takes the growth away again. A slope "
                     "of c in a linear or ReLU layer is the same as weights c times as large.",
        .rule = RULE_ABOVE,
        .size = 0.05,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"ReLU", "tanh", "sigmoid"},
        .curve = {.x = "layers",
                  .y = "norm of the first layer's gradient",
                  .is_log_y = true,
                  .points = 10,
                  .at = {2, 4, 6, 8, 10, 12, 14, 16, 18, 20},
                  .arm = {"ReLU", "ReLU, times 8", "tanh", "tanh, times 8", "sigmoid",
                          "sigmoid, times 8"}},
        .run = EXPERIMENT(growth_with_depth),
    },
    /* 2: the document says that a rate can be the cause, not that it is the only one. */
    {
        .id = "B-20",
        .name = "explosion and rate",
        .version = 2,
        .sentence = "Gradients can explode because the learning rate is too high, and a lower one "
                    "can cure that.",
        .source = "001 Q11",
        .predicts = "At a high rate the gradient soon is a hundred times what it was at first; at "
                    "some lower one it stays in bounds, and the network learns.",
        .protocol = "Ten layers of 32 ReLUs on 1000 handwritten digits, gradient descent with "
                    "batches of 32, 50 steps at each rate of the plot; He's normal weights "
                    "(ordinary), and the same doubled (large). Cause: with ordinary weights, at "
                    "the highest rate, some gradient's norm is more than 100 times the first one. "
                    "Cured: at some rate of the plot none is more than 10 times the first one, and "
                    "the loss of all samples is lower after the 50 steps than before.",
        .effect = "1 for yes: cause, with ordinary weights; cure, with ordinary weights; cure, "
                  "with large ones",
        .otherwise = "The gradient of a step depends on weights and samples alone; the rate acts "
                     "on the next one. So with large weights gradients are large from the first "
                     "step on, at any rate: the cure only keeps them from growing further, and "
                     "does not say that the network learns as well as from ordinary weights.",
        .rule = RULE_SHARE,
        .size = 0.5,
        .replicas = 20,
        .needs = ALL_PARTS,
        .part = {"cause", "cure, ordinary weights", "cure, large weights"},
        .curve = {.x = "learning rate",
                  .y = "norm of the gradient",
                  .is_log_x = true,
                  .is_log_y = true,
                  .points = 7,
                  .at = {1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10},
                  .arm = {"ordinary, first step", "ordinary, largest", "large, first step",
                          "large, largest"}},
        .run = EXPERIMENT(explosion_and_rate),
    },
    {
        .id = "B-21",
        .name = "overflow",
        .version = 1,
        .sentence = "Exploding gradients exceed the range of floating-point numbers, and that ends "
                    "the training.",
        .source = "004 T8",
        .predicts = "At a rate that is too high the loss soon is no finite number; in a wider "
                    "format it still is one at that step; and it never becomes one again.",
        .protocol = "4 and 8 layers, 16 ReLUs in each hidden one, He's normal weights, squared "
                    "error of 64 handwritten digits, gradient descent on all of them for 100 steps "
                    "at the eight rates of the plot; in binary32 by the engine and in binary64 by "
                    "plain loops. The lowest rate that overflows in binary32 counts.",
        .effect = "1 for yes: there is such a rate; the loss in binary64 is finite at the step "
                  "where it first is not in binary32; it is not finite at any later step",
        .otherwise = "Losses whose gradient is bounded (cross-entropy after a softmax) overflow "
                     "later. A run can explode and yet stay finite, when all its units die: the "
                     "engine's ReLU gives 0 for what is no number, so that a run can come back.",
        .rule = RULE_SHARE,
        .size = 0.5,
        .replicas = 20,
        .needs = ALL_PARTS,
        .part = {"4 layers: overflows", "4 layers: by the format", "4 layers: ends",
                 "8 layers: overflows", "8 layers: by the format", "8 layers: ends"},
        .curve = {.x = "learning rate",
                  .y = "first step whose loss is not finite (100: none)",
                  .is_log_x = true,
                  .points = 8,
                  .at = {0.1, 0.3, 1, 3, 10, 30, 100, 300},
                  .arm = {"binary32, 4", "binary64, 4", "binary32, 8", "binary64, 8"}},
        .run = EXPERIMENT(overflow),
    },
    {
        .id = "B-23",
        .name = "clipped direction",
        .version = 1,
        .sentence = "Clipping a gradient by its norm keeps its direction.",
        .source = "004 T25",
        .predicts = "The cosine between a gradient and the clipped one is 1, whatever the limit.",
        .protocol =
            "The gradient of a 64-32-32-10 network with ReLU and He's weights on 64 "
            "handwritten digits, clipped by the norm of all parameters together to the shares "
            "of it in the plot. Beside it: by the norm of each tensor, and by value with "
            "limits that are the same shares of the largest entry.",
        .effect = "the smallest cosine over all limits, by the norm of all parameters",
        .otherwise = "Libraries that clip each tensor by its own norm, or each value, turn the "
                     "gradient: see the plot.",
        .rule = RULE_ALWAYS,
        .size = 0.999999,
        .replicas = 20,
        .curve = {.x = "limit, as a share of the norm or of the largest entry",
                  .y = "cosine between the gradient and the clipped one",
                  .is_log_x = true,
                  .points = 8,
                  .at = {0.003, 0.01, 0.03, 0.1, 0.2, 0.4, 0.7, 0.9},
                  .arm = {"norm of all", "norm of each tensor", "value"}},
        .run = EXPERIMENT(clipped_direction),
    },
    {.id = NULL},
};
