// SPDX-License-Identifier: MIT
#include "../claim.h"

experiment almost_always_better, exact_zeros, shrinking_weights, selected_features,
    smooth_boundaries, penalty_or_decay, hidden_failure;

const struct claim penalties_claims[] = {
    {
        .id = "D-01",
        .name = "almost always better",
        .version = 1,
        .sentence = "The network with dropout and an L2 penalty will almost always have a higher "
                    "test accuracy than the same network without them.",
        .source = "004 C6",
        .predicts = "Whatever the sample and the start, the regularised network wins: in more than "
                    "nine of ten repetitions.",
        .protocol =
            "The document's program: 200 moons with noise 0.3, a random half for training, columns "
            "standardised by it; 2-512-512-1 with ReLU and a sigmoid, Glorot's uniform weights, "
            "binary cross-entropy, Adam at 0.001 with epsilon 1e-7, batch 32, 300 epochs. Arms: "
            "without; with dropout of 0.5 after both hidden layers and a penalty of 0.001 w^2 for "
            "their weights. Nothing is tuned, as in the document. Test: its 100 other moons, and "
            "10,000 fresh ones.",
        .effect = "1 if the regularised network's test accuracy is higher, 0 if it is equal or "
                  "lower",
        .otherwise = "On the document's own 100 test points ties and noise of four points hide "
                     "small differences, so either test may support it. It is about this program: "
                     "other penalties, sizes and noises may win more often.",
        .rule = RULE_SHARE,
        .size = 0.9,
        .replicas = 100,
        .needs = ANY_PART,
        .part = {"100 moons, as in the document", "10,000 fresh moons"},
        .curve = {.x = "epoch",
                  .y = "accuracy on 500 of the fresh moons",
                  .points = 15,
                  .at = {20, 40, 60, 80, 100, 120, 140, 160, 180, 200, 220, 240, 260, 280, 300},
                  .arm = {"without", "dropout and L2"}},
        .run = EXPERIMENT(almost_always_better),
    },
    /* 2: one document alone speaks of exact zeros, and of some */
    {
        .id = "D-02",
        .name = "exact zeros",
        .version = 2,
        .sentence = "An L1 penalty that is added to the loss can make some weights exactly zero.",
        .source = "004 T10",
        .predicts =
            "After training with the penalty at least one of twenty weights is exactly 0, with "
            "one optimizer or the other.",
        .protocol =
            "64-32-10 with ReLU on 1200 handwritten digits, He's normal weights, batch 32, 60 "
            "epochs, penalty 0.001 |w| of all weights, by its derivative (the sign; 0 at 0), as "
            "libraries do it. Gradient descent at 0.1; Adam at 0.003. For comparison: proximal "
            "steps (soft thresholds), and no penalty.",
        .effect = "share of the weights that are exactly 0 after training",
        .otherwise = "The sentence is true of the minimum of the penalised loss, and of methods "
                     "that go there, such as proximal steps: see their line. Gradients only come "
                     "near. Sparse up to a threshold, which is all that other documents promise, "
                     "they do become: see the line of weights below 0.001.",
        .rule = RULE_ALWAYS,
        .size = 0.05,
        .replicas = 20,
        .needs = ANY_PART,
        .part = {"gradient descent", "Adam"},
        .curve = {.x = "epoch",
                  .y = "share of the weights that are exactly 0",
                  .points = 60,
                  .arm = {"L1, gradient descent", "L1, Adam", "L1, proximal steps", "no penalty",
                          "L1, gradient descent: below 0.001"}},
        .run = EXPERIMENT(exact_zeros),
    },
    {
        .id = "D-03",
        .name = "shrinking weights",
        .version = 1,
        .sentence = "An L2 penalty makes weights smaller, but not zero.",
        .source = "000 Q19; 002 Q19; 003 Q19; 004 T10",
        .predicts = "Each stronger penalty ends with a smaller norm of the weights, and no weight "
                    "is exactly 0.",
        .protocol = "64-32-10 with ReLU on 600 handwritten digits, He's normal weights, gradient "
                    "descent at 0.1, batch 32, 30 epochs, the same start and order for every "
                    "strength c of the penalty c w^2 / 2: 0, 0.001, 0.004, 0.016, 0.064.",
        .effect = "the smallest relative fall of the norm of all weights from one strength to the "
                  "next; -1 if any weight is exactly 0",
        .otherwise = "Weights without any use decay geometrically and would be 0 once they are "
                     "below the smallest number of binary32, after a hundred times as many steps.",
        .rule = RULE_ALWAYS,
        .size = 0.01,
        .replicas = 20,
        .curve = {.x = "strength of the penalty",
                  .y = "norm over that without a penalty; share of zeros",
                  .points = 5,
                  .label = {"0", "0.001", "0.004", "0.016", "0.064"},
                  .arm = {"norm of the weights", "share of weights that are exactly 0"}},
        .is_quick = true,
        .run = EXPERIMENT(shrinking_weights),
    },
    /* 2: found nearly all features with either penalty; and some told the clouds nothing */
    {
        .id = "D-04",
        .name = "selected features",
        .version = 2,
        .sentence = "An L1 penalty selects the features that matter; an L2 penalty does not.",
        .source = "000 Q19; 002 Q19; 003 Q19; 004 T10",
        .predicts = "Among the ten features with the largest weights, more are informative with L1 "
                    "than with L2.",
        .protocol =
            "20 normal features, 10 of them informative, 60 training samples. Logistic regression "
            "for a linear rule (weights of 0.5 to 1.5 of either sign) with noise as large as its "
            "own values; 20-32-1 with ReLU for four unit clouds around random corners of an "
            "informative cube of side 1, two of each class, so that the classes have different "
            "means of each informative feature. Adam at 0.01, batch 32, 60 epochs. The strength, "
            "of 0.0001 to 0.3 in eight steps, is the one with the least loss on 200 validation "
            "samples, for either penalty. A feature's size is the norm of its weights in the "
            "first layer.",
        .effect = "share of informative features among the ten largest, with L1 less with L2",
        .otherwise = "The ranking is compared, not exact zeros (D-02). More noise features, or "
                     "correlated ones, may tell the penalties apart.",
        .rule = RULE_ABOVE,
        .size = 0.05,
        .replicas = 20,
        .part = {"logistic regression", "network"},
        .curve = {.x = "strength of the penalty",
                  .y = "share of informative features among the ten largest",
                  .is_log_x = true,
                  .points = 8,
                  .at = {0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3},
                  .arm = {"L1, logistic regression", "L2, logistic regression", "L1, network",
                          "L2, network"}},
        .run = EXPERIMENT(selected_features),
    },
    /* 2: the rate was tuned anew for each strength, and of equal accuracies the weakest won */
    {
        .id = "D-05",
        .name = "smooth boundaries",
        .version = 2,
        .sentence = "An L2 penalty gives smoother decision boundaries.",
        .source = "002 Q19",
        .predicts = "The boundary is shorter and the logit less steep with the penalty that "
                    "validation prefers than without one, and the more so the stronger it is.",
        .protocol = "2-64-64-1 with ReLU on 100 moons with noise 0.3, Adam, batch 32, 150 epochs; "
                    "rate 0.0001, 0.0003, 0.001, 0.003 or 0.01 by the loss on 200 validation "
                    "moons without a penalty, and the same with it; strength c of the penalty c "
                    "w^2 / 2 of 0.0001 to 0.1 in seven steps, chosen by the same. Length of the "
                    "boundary and slope of the logit on a grid of 120 x 120 points 0.03 apart "
                    "(length: sum of the sides of squares that it separates).",
        .effect = "relative fall, from the network without penalty to the one with the chosen "
                  "penalty; and its mean for each tenfold strength over all strengths (the slope "
                  "of least squares)",
        .otherwise = "A strong enough penalty straightens every boundary. Steepness is that of "
                     "the logit, of which the boundary is only where it is 0.",
        .rule = RULE_ABOVE,
        .size = 0.05,
        .replicas = 20,
        .part = {"length, chosen strength", "slope of the logit, chosen strength",
                 "length, by strength", "slope of the logit, by strength"},
        .curve = {.x = "strength of the penalty",
                  .y = "relative to the network without penalty",
                  .is_log_x = true,
                  .points = 7,
                  .at = {0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1},
                  .arm = {"length of the boundary", "slope of the logit"}},
        .run = EXPERIMENT(smooth_boundaries),
    },
    /* 2: the best factor of momentum was the last of the grid */
    {
        .id = "D-06",
        .name = "penalty or decay",
        .version = 2,
        .sentence = "An L2 penalty and weight decay are the same thing.",
        .source = "004 T10, G15, S4",
        .predicts =
            "Whatever the optimizer, decay with a suitable strength takes the weights where "
            "the penalty takes them.",
        .protocol =
            "64-32-10 with ReLU on 600 handwritten digits, batch 32, 100 steps: gradient descent "
            "at 0.1, momentum of 0.9 at 0.02, Adam at 0.003. The penalty is 0.01 w^2 / 2, a term "
            "of the gradient; decay multiplies weights by 1 - rate c before the step, with c of "
            "0.01 times 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500 or 1000, whichever "
            "ends nearest. The "
            "distance between both is taken relative to the distance between the penalty and none.",
        .effect = "decimal digits of agreement: - log10 of that relative distance, at most 7",
        .otherwise =
            "The document uses weight decay as a name of the penalty, and a name cannot be wrong. "
            "Tested is decoupled decay, which takes a share off the weights beside the step: "
            "whether it may stand in for the penalty. Equal iterates are asked for, not equal "
            "accuracy. Two digits leave room for the rounding of binary32.",
        .rule = RULE_ALWAYS,
        .size = 2,
        .replicas = 20,
        .part = {"gradient descent", "momentum", "Adam"},
        .curve = {.x = "step",
                  .y = "distance of decay from the penalty, over that of none",
                  .is_log_y = true,
                  .points = 10,
                  .at = {10, 20, 30, 40, 50, 60, 70, 80, 90, 100},
                  .arm = {"gradient descent", "momentum", "Adam"}},
        .run = EXPERIMENT(penalty_or_decay),
    },
    {
        .id = "D-32",
        .name = "hidden failure",
        .version = 1,
        .sentence =
            "Regularisation can keep a network from fitting its data: switch it off to find "
            "out why a network does not learn.",
        .source = "004 T33",
        .predicts = "With strong regularisation the training loss stays high, and without it the "
                    "same network fits.",
        .protocol = "64-64-64-10 with ReLU on 64 handwritten digits, Adam at 0.003, batch 32, 60 "
                    "epochs. Arms: without; dropout 0.5; L2 0.01 w^2 / 2; dropout 0.9; L2 w^2 / 2. "
                    "The loss is the cross-entropy that training shows, without the penalty.",
        .effect = "training loss in the last epoch with the strong regulariser less that without, "
                  "nats",
        .otherwise =
            "The regularisers were chosen to be too strong, so this could hardly fail: it "
            "shows that it happens, not how often. The moderate ones in the curve show how "
            "far usual ones hide a failure.",
        .rule = RULE_ABOVE,
        .size = 0.5,
        .replicas = 20,
        .part = {"dropout 0.9", "L2 of strength 1"},
        .curve = {.x = "epoch",
                  .y = "training loss, nats",
                  .is_log_y = true,
                  .points = 60,
                  .arm = {"without", "dropout 0.5", "L2 0.01", "dropout 0.9", "L2 1"}},
        .run = EXPERIMENT(hidden_failure),
    },
    {.id = NULL},
};
