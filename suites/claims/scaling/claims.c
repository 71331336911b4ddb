// SPDX-License-Identifier: MIT
#include "../claim.h"

experiment unscaled_inputs, input_scale, standardized_or_min_max;

const struct claim scaling_claims[] = {
    {
        .id = "C-33",
        .name = "unscaled inputs",
        .version = 1,
        .sentence = "Inputs of very different scales make training slow or break it; scaling them "
                    "makes the loss surface rounder and training much faster.",
        .source = "004 G10; 000 Q14; 002 Q14",
        .predicts = "With an age of 0 to 100 and an income of 0 to 200000 as they are, the loss is "
                    "at least ten times as elongated, and training takes at least ten times as "
                    "many steps, as after standardization.",
        .protocol =
            "200 people of uniform age and income; class 1 where the income is above a parabola of "
            "the age. Condition number of the Hessian of logistic regression with a bias, at "
            "weights of 0. 2-16-2 with ReLU and He's normal weights, batches of 20, gradient "
            "descent or Adam: steps until 95 % of the training set are right (looked at every 5 "
            "steps), the fewest over the rates 1e-12, 1e-11 ... 10; 1500 at most, which also count "
            "where no rate gets there.",
        .effect = "decades by which condition number or steps are larger without scaling",
        .otherwise =
            "The condition number is true by construction: it follows from the two ranges, and no "
            "network is asked. Where no rate gets there, the effect is a lower bound. Features "
            "whose scales differ by less; batch normalization of the inputs.",
        .rule = RULE_ABOVE,
        .size = 1,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"condition number", "steps, descent", "steps, Adam"},
        .curve = {.x = "learning rate",
                  .y = "steps to 95 % (1500: not reached)",
                  .is_log_x = true,
                  .is_log_y = true,
                  .points = 14,
                  .at = {1e-12, 1e-11, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1,
                         1, 10},
                  .arm = {"descent, unscaled", "descent, standardized", "Adam, unscaled",
                          "Adam, standardized"}},
        .run = EXPERIMENT(unscaled_inputs),
    },
    {
        /* 2: the sentence said saturating activations, the document does not; rates go on */
        .id = "C-34",
        .name = "input scale",
        .version = 2,
        .sentence = "Xavier's initialization works best on inputs with mean 0 and variance 1; on "
                    "others training suffers.",
        .source = "004 G10",
        .predicts = "A network of tanh with Xavier's weights is more accurate on standardized "
                    "inputs than on inputs 100 or 10 times as small or large, or off centre.",
        .protocol =
            "64-32-32-10 with tanh and Glorot's normal weights; 500 digits for training, 400 for "
            "validation, 897 for the test; gradient descent, batches of 32, 10 epochs. Inputs "
            "standardized by the training set, then multiplied by 0.01, 0.1, 1, 10 or 100, or "
            "moved by 10. Each at the rate of 1e-5, 3e-5, 1e-4 ... 10 with the best validation "
            "accuracy. In the plot also ReLU with He's normal weights.",
        .effect = "points of test accuracy by which standardized inputs are ahead",
        .otherwise =
            "Not a matter of Xavier's weights or of tanh alone: see ReLU with He's in the plot. "
            "Longer training, in which weights can grow or shrink to suit the inputs; optimizers "
            "that scale their steps; weights drawn for the inputs' scale.",
        .rule = RULE_ABOVE,
        .size = 1,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"times 0.01", "times 0.1", "times 10", "times 100", "plus 10"},
        .curve = {.x = "inputs",
                  .y = "test accuracy (%)",
                  .points = 6,
                  .label = {"standardized", "times 0.01", "times 0.1", "times 10", "times 100",
                            "plus 10"},
                  .arm = {"tanh, Glorot", "ReLU, He"}},
        .run = EXPERIMENT(input_scale),
    },
    {
        /* 2: G10 says another thing; outliers, which are built to fail, plotted; rates go on */
        .id = "C-35",
        .name = "standardized or min max",
        .version = 2,
        .sentence = "Standardization and min-max scaling are two common ways to the same end.",
        .source = "000 Q14; 003 Q14",
        .predicts = "Either will do: networks are equally accurate after both.",
        .protocol =
            "Digits, and two moons (noise 0.2), circles (0.6, noise 0.1), spirals (one turn, noise "
            "0.02) whose second coordinate is multiplied by 1000; 400 samples for training, 400 "
            "for validation, 900 (digits: 997) for the test; scaled by what is learned from the "
            "training set. Two hidden layers of 32 with ReLU, He's normal weights, gradient "
            "descent, batches of 32, 40 epochs, each at the rate of 0.003, 0.01, 0.03 ... 10, 30 "
            "with the best validation accuracy. In the plot also with outliers: 8 training samples "
            "are multiplied by 50 beforehand.",
        .effect = "points of test accuracy after standardization less those after min-max scaling",
        .otherwise =
            "The documents list both, and do not say that it is all one: that is our reading. The "
            "outliers of the plot are built to spoil the range, and are not judged. Scaling that "
            "resists outliers, by median and quartiles; longer training.",
        .rule = RULE_EQUIVALENT,
        .size = 1,
        .replicas = 20,
        .part = {"digits", "moons", "circles", "spirals"},
        .curve = {.x = "data",
                  .y = "test accuracy (%)",
                  .points = 4,
                  .label = {"digits", "moons", "circles", "spirals"},
                  .arm = {"standardized", "min-max", "standardized, outliers",
                          "min-max, outliers"}},
        .run = EXPERIMENT(standardized_or_min_max),
    },
    {.id = NULL},
};
