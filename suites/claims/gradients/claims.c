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
    {
        .id = "B-04",
        .name = "tanh and sigmoid",
        .version = 1,
        .sentence =
            "Tanh suffers from vanishing gradients too, but less than the sigmoid, and is the "
            "better hidden activation.",
        .source = "002 Q15; 004 T5",
        .predicts = "With tanh the gradient of the first layer falls with depth, with sigmoids it "
                    "falls faster, and networks with tanh classify better.",
        .protocol =
            "Handwritten digits, 32 units in each hidden layer, Glorot's normal weights. "
            "Gradients: of the first layer's weights before training, 256 digits, 2 to 20 "
            "layers. Accuracy: 2, 6 and 12 layers, 1000 digits, momentum 0.9, batches of 32, "
            "8 epochs, the rate of 0.003, 0.01, 0.03, 0.1, 0.3 with the best accuracy on 297 "
            "others; test on 500.",
        .effect =
            "decades per layer by which the norm of the first layer's gradient is smaller at 20 "
            "layers than at 2, with tanh; the sigmoid's less tanh's; and test accuracy of tanh "
            "less that of the sigmoid, the mean over the three depths",
        .otherwise =
            "Large weights saturate tanh, and then its gradients behave otherwise. With few "
            "layers the two may be alike: the mean is over shallow and deep.",
        .rule = RULE_ABOVE,
        .size = 0.01,
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
    {
        .id = "B-05",
        .name = "signal through ReLU",
        .version = 1,
        .sentence = "ReLU prevents gradients from shrinking layer by layer, because its derivative "
                    "is 1.",
        .source = "000 Q12; 001 Q12; 004 T7, S6",
        .predicts =
            "The gradient that reaches a layer has about the same size everywhere in a deep "
            "network of ReLUs, with either usual initialization.",
        .protocol =
            "50 layers, 64 units in each hidden one, 128 handwritten digits, biases 0; one "
            "backward pass before any training; the gradient with respect to the outputs of "
            "each hidden layer.",
        .effect =
            "decades by which the gradient's norm grows per layer from the last hidden layer to "
            "the first (below 0: it shrinks)",
        .otherwise =
            "The derivative is 0 for half of the inputs, which He's weights make up for and "
            "Glorot's do not. The gradients of weights are the product of this signal and "
            "the inputs of a layer, so with ReLU they are alike in all layers, and together "
            "small in deep networks. It does not say that ReLU is not better than sigmoids: "
            "see the plot.",
        .rule = RULE_EQUIVALENT,
        .size = 0.05,
        .replicas = 20,
        .needs = ALL_PARTS,
        .part = {"Glorot's weights", "He's weights"},
        .curve = {.x = "layer",
                  .y = "norm of the gradient of its outputs, over that of the last hidden layer",
                  .is_log_y = true,
                  .points = 49,
                  .arm = {"ReLU, Glorot", "ReLU, He", "tanh, Glorot", "sigmoid, Glorot"}},
        .run = EXPERIMENT(signal_through_relu),
    },
    {
        .id = "B-06",
        .name = "saturation",
        .version = 1,
        .sentence = "ReLU does not saturate, so its gradients do not become very small.",
        .source = "001 Q12",
        .predicts = "Fewer hidden units of a network with ReLU than of one with sigmoids are where "
                    "the activation is flat.",
        .protocol = "64-64-64-64-10 on 1200 handwritten digits, Adam at 0.003, batches of 32, 10 "
                    "epochs; He's weights for ReLU, Glorot's else. Flat: the derivative is below a "
                    "hundredth of the activation's largest one; counted over 256 digits and all "
                    "hidden units.",
        .effect = "share of flat pairs of unit and sample with sigmoids, less that with ReLU",
        .otherwise =
            "On the positive side ReLU has the derivative 1 everywhere. A unit that is 0 for "
            "one sample may learn from another: units that are 0 for all are in the plot.",
        .rule = RULE_ABOVE,
        .size = 0.01,
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
    {
        .id = "B-07",
        .name = "dying units",
        .version = 1,
        .sentence = "ReLU units can die, stuck at 0 for every sample; Leaky ReLU avoids that.",
        .source = "001 Q15; 004 T5",
        .predicts =
            "At some learning rate more than a fifth of the ReLU units is dead for good, and at "
            "the same rate far fewer units of Leaky ReLU are.",
        .protocol =
            "2-32-32-2 on 300 samples of two moons (noise 0.2), He's normal weights, gradient "
            "descent with batches of 32: 20 epochs at each of the ten rates of the plot, "
            "then 20 epochs at 0.01, in which units can recover. Dead: the gradient of a "
            "unit's weights and bias is exactly 0 over all training samples. Rates at which "
            "a network overflows do not count for it. Slope of Leaky ReLU 0.01.",
        .effect =
            "share of hidden units that are dead with ReLU, at the rate with most of them; and "
            "at the rate with most of them where both networks are finite, that share less the "
            "one with Leaky ReLU",
        .otherwise =
            "The rate is the worst, not the one a user would choose: the plot has the "
            "accuracy at each. A unit of Leaky ReLU that is negative on all samples is alive "
            "but linear: the plot has these too.",
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
    {
        .id = "B-09",
        .name = "steps to accuracy",
        .version = 1,
        .sentence = "ReLU makes training faster than the sigmoid and tanh.",
        .source = "002 Q15",
        .predicts = "Networks with ReLU need fewer steps to a good accuracy.",
        .protocol =
            "2 and 8 layers with 32 units in each hidden one on 1000 handwritten digits, He's "
            "normal weights for ReLU, Glorot's else; momentum 0.9, batches of 32, at most 15 "
            "epochs; accuracies after every fifth step. Each arm has the rate, of the five in "
            "the plot, with the fewest steps to 93 % on 200 other digits; counted are its "
            "steps to 93 % on the 300 of the test.",
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
                  .points = 5,
                  .at = {0.01, 0.03, 0.1, 0.3, 1},
                  .arm = {"ReLU, 2", "sigmoid, 2", "tanh, 2", "ReLU, 8", "sigmoid, 8", "tanh, 8"}},
        .run = EXPERIMENT(steps_to_accuracy),
    },
    {
        .id = "B-19",
        .name = "growth with depth",
        .version = 1,
        .sentence = "Gradients explode in deep networks whose weights are initialised too large.",
        .source = "004 T8",
        .predicts =
            "With weights of twice the usual size the gradient of the first layer grows by a "
            "factor with every layer of depth, and with the usual ones it does not.",
        .protocol = "64 units in each hidden layer, 128 handwritten digits, biases 0, before "
                    "training; He's normal weights for ReLU and Glorot's for tanh and sigmoid, as "
                    "they are and doubled; depths of the plot.",
        .effect = "slope of the line of least squares through the decades of the norm of the first "
                  "layer's gradient over depth, with doubled weights: that, or its excess over the "
                  "usual weights' slope if this is less; decades per layer",
        .otherwise =
            "An activation that flattens large inputs takes the growth away again. A slope "
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
                  .arm = {"ReLU", "ReLU, doubled", "tanh", "tanh, doubled", "sigmoid",
                          "sigmoid, doubled"}},
        .run = EXPERIMENT(growth_with_depth),
    },
    {
        .id = "B-20",
        .name = "explosion and rate",
        .version = 1,
        .sentence =
            "Gradients explode because the learning rate is too high, and a lower one cures "
            "that.",
        .source = "001 Q11",
        .predicts =
            "Whatever the weights, gradients explode at high rates and not at low ones, and "
            "at some low rate the network learns as it should.",
        .protocol =
            "Ten layers of 32 ReLUs on 1000 handwritten digits, gradient descent with batches "
            "of 32; He's normal weights (ordinary), and the same doubled (large). Exploding: "
            "within 50 steps some gradient's norm is 100 times that of the first step with "
            "ordinary weights. Cured: at the rate of the plot that is best on 297 digits, 10 "
            "epochs come within 5 points of the test accuracy of ordinary weights.",
        .effect =
            "cause: 1 if gradients explode at the highest rate and not at the lowest; cure: 1 "
            "if the network with large weights is cured by some rate",
        .otherwise =
            "The gradient of a step depends on weights and samples alone; the rate acts on "
            "the next one. So where it explodes from the start, no rate is the cause.",
        .rule = RULE_SHARE,
        .size = 0.5,
        .replicas = 20,
        .needs = ALL_PARTS,
        .part = {"cause, ordinary weights", "cause, large weights", "cure, large weights"},
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
        .predicts =
            "At a rate that is too high the loss soon is no finite number; in a wider format "
            "it still is one at that step; and it never becomes one again.",
        .protocol =
            "4 and 8 layers, 16 ReLUs in each hidden one, He's normal weights, squared error "
            "of 64 handwritten digits, gradient descent on all of them for 100 steps at the "
            "eight rates of the plot; in binary32 by the engine and in binary64 by plain "
            "loops. The lowest rate that overflows in binary32 counts.",
        .effect =
            "1 for yes: there is such a rate; the loss in binary64 is finite at the step where "
            "it first is not in binary32; it is not finite at any later step",
        .otherwise = "Losses whose gradient is bounded (cross-entropy after a softmax) overflow "
                     "later. A run can explode and yet stay finite, when all its units die.",
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
