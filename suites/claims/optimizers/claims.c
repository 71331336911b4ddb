// SPDX-License-Identifier: MIT
#include "../claim.h"

experiment speed_of_adam, range_of_rates, generalization_against_adam, memory_of_adam,
    rates_of_weights, one_rate_for_all, cyclical_rates_at_saddles, noise_of_one_sample;

const struct claim optimizers_claims[] = {
    /* 2: looks after every step: 5 were a quarter of what blobs need. */
    {
        .id = "C-08",
        .name = "speed of adam",
        .version = 2,
        .sentence = "Adam converges much faster than plain stochastic gradient descent.",
        .source = "004 T27, G5",
        .predicts = "At its best rate Adam needs less than half the steps of gradient descent at "
                    "its own best rate.",
        .protocol =
            "Six tasks: 600 digits (64-32-10), 240 moons (noise 0.2), circles (factor 0.5, noise "
            "0.1), blobs (6 classes, distance 1, noise 0.25) and values of sin(3a) + ab (noise "
            "0.1), each 2-16-16, and spirals (1.5 turns, noise 0.02) 2-32-32; ReLU, He, batch 16. "
            "Steps until the loss of 100 training samples is at most 0.05, 0.1, 0.03, 0.2, 0.02 "
            "and 0.1, looked at after each, at most 3000. Each arm: 7 rates from 0.003 to 3; the "
            "one that is fastest in three runs from other weights, all of which must arrive.",
        .effect = "log2 of the steps of gradient descent over those of Adam",
        .otherwise =
            "Momentum is in the plot: what it already gains is not Adam's own. Steps, not time: "
            "one of Adam's costs more. Harder problems (badly scaled ones: C-13) may differ.",
        .rule = RULE_ABOVE,
        .size = 1,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"digits", "moons", "circles", "spirals", "blobs", "regression"},
        .curve = {.x = "task",
                  .y = "steps to the target's loss",
                  .is_log_y = true,
                  .points = 6,
                  .label = {"digits", "moons", "circles", "spirals", "blobs", "regression"},
                  .arm = {"gradient descent", "momentum", "Adam"}},
        .run = EXPERIMENT(speed_of_adam),
    },
    {
        .id = "C-09",
        .name = "range of rates",
        .version = 1,
        .sentence = "Adam is insensitive to the learning rate, compared with gradient descent.",
        .source = "004 T27",
        .predicts = "The range of rates that do nearly as well as the best is wider for Adam.",
        .protocol =
            "300 digits (64-32-10, 15 epochs), 240 moons, circles (2-16-16-2) and spirals "
            "(2-32-32-2; 30 epochs); ReLU, He, batch 16, fixed rates. 16 rates from 0.0001 to 10, "
            "three in each decade, for each arm.",
        .effect = "decades of rates within 2 points of the arm's own best test accuracy: those of "
                  "Adam less those of gradient descent",
        .otherwise = "Where the range lies is another question: Adam's good rates may be nearer to "
                     "the default of a library, and alike on more tasks. Longer training widens "
                     "both ranges at the lower end.",
        .rule = RULE_ABOVE,
        .size = 0.3,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"digits", "moons", "circles", "spirals"},
        .curve = {.x = "rate",
                  .y = "test accuracy on digits",
                  .is_log_x = true,
                  .points = 16,
                  .at = {0.0001, 0.000215, 0.000464, 0.001, 0.00215, 0.00464, 0.01, 0.0215, 0.0464,
                         0.1, 0.215, 0.464, 1, 2.15, 4.64, 10},
                  .arm = {"gradient descent", "momentum", "Adam"}},
        .run = EXPERIMENT(range_of_rates),
    },
    {
        .id = "C-10",
        .name = "generalization against adam",
        .version = 1,
        .sentence = "Gradient descent with momentum, well tuned, can generalise slightly better "
                    "than Adam.",
        .source = "004 G5",
        .predicts = "On at least one of the problems its test accuracy is half a point higher.",
        .protocol =
            "600 digits, 150 digits, and 300 digits with 20 % wrong labels; perceptrons "
            "64-32-32-10 (not the convolutional network of the catalogue), ReLU, He, batch 32, 600 "
            "steps, the rate falling in a straight line to 0. Both arms: 8 rates from 0.0003 to "
            "1, the one with the best accuracy on 300 validation digits; test on the other 897. "
            "Momentum 0.9, Adam with 0.9 and 0.999.",
        .effect = "test accuracy with momentum less that with Adam",
        .otherwise = "Small images and networks; large ones, long training and weight decay are "
                     "not shown.",
        .rule = RULE_ABOVE,
        .size = 0.005,
        .replicas = 30,
        .needs = ANY_PART,
        .part = {"600 digits", "150 digits", "wrong labels"},
        .curve = {.x = "first rate",
                  .y = "test accuracy",
                  .is_log_x = true,
                  .points = 8,
                  .at = {0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1},
                  .arm = {"600: momentum", "600: Adam", "150: momentum", "150: Adam",
                          "wrong labels: momentum", "wrong labels: Adam"}},
        .run = EXPERIMENT(generalization_against_adam),
    },
    /* 2: numbers per weight; the threshold before was ours, and was met or not by chance. */
    {
        .id = "C-11",
        .name = "memory of adam",
        .version = 2,
        .sentence = "Adam needs little memory.",
        .source = "004 T27 (and against it 004 G5)",
        .predicts = "For each weight Adam keeps no more numbers than the usual one of the other "
                    "optimizers.",
        .protocol =
            "Numbers that are kept for each weight: the weight, its gradient, and what the "
            "optimizer hands from one step to the next (asked of the engine's own techniques, for "
            "random perceptrons 64-(16 to 256)-10 of 2 to 5 layers). Besides, in the plot: with "
            "activations of a batch of 32 and their gradients before and after each layer.",
        .effect = "the median of such numbers for gradient descent, momentum, Adagrad, RMSProp and "
                  "Adadelta, less that for Adam",
        .otherwise =
            "This is counted, and the same for all networks. The document names no measure of "
            "little; against methods that keep a matrix for all pairs of weights any of these is "
            "little, which may be what was meant once. Where activations outweigh weights (large "
            "batches, convolutions) the optimizer matters less.",
        .rule = RULE_ALWAYS,
        .size = 0,
        .replicas = 20,
        .curve = {.x = "optimizer",
                  .y = "numbers kept for each weight",
                  .points = 6,
                  .label = {"gradient descent", "momentum", "Adagrad", "RMSProp", "Adadelta",
                            "Adam"},
                  .arm = {"weights, gradient, state", "with activations"}},
        .is_quick = true,
        .run = EXPERIMENT(memory_of_adam),
    },
    /* 2: sizes from other batches; those of the same ones are Adam's formula. */
    {
        .id = "C-12",
        .name = "rates of weights",
        .version = 2,
        .sentence = "Adam gives a smaller rate to weights whose gradients are large.",
        .source = "004 T27",
        .predicts = "Ordered by the size of their gradients, weights are ordered by their rate the "
                    "other way round.",
        .protocol =
            "600 digits (64-32-10) and 240 values of sin(3a) + ab (2-16-16-1), ReLU, He; 600 steps "
            "of Adam at 0.003, batch 32 drawn with replacement. Rate of a weight: 1 over the root "
            "of the corrected mean of squared gradients, at the end; size of its gradients: mean "
            "absolute value over 600 other batches, one at each step, which Adam does not see. "
            "Weights that never had a gradient are left out.",
        .effect = "Spearman's correlation of rates and sizes, with the sign turned",
        .otherwise = "The rate is not the step: the plot shows steps of the last 100 as well. "
                     "Gradients that change their size in training would part the two.",
        .rule = RULE_ABOVE,
        .size = 0.9,
        .replicas = 20,
        .needs = ALL_PARTS,
        .part = {"digits", "regression"},
        .curve = {.x = "weights of digits by the size of their gradients, in tenths",
                  .y = "mean over that of all weights",
                  .is_log_y = true,
                  .points = 10,
                  .arm = {"rate", "step", "gradient"}},
        .run = EXPERIMENT(rates_of_weights),
    },
    /* 2: slopes are not exact and runs must not leave the bowl, since one huge step told all
     * curvatures to Adagrad and RMSProp; and half of the parts are not aligned. */
    {
        .id = "C-13",
        .name = "one rate for all",
        .version = 2,
        .sentence = "One rate for all weights is a limitation: gradient descent is slow and very "
                    "sensitive to it; optimizers with a rate for each weight are not.",
        .source = "004 T27",
        .predicts =
            "On problems of very different curvatures, Adagrad, RMSProp and Adam need half the "
            "steps or fewer, and the range of rates that do nearly as well is twice as wide.",
        .protocol =
            "Quadratics of 8 axes with curvatures from 1 to 1/10,000, evenly spread in the "
            "logarithm at random; each slope is off by a random factor of 0.5 to 1.5 in each step; "
            "a run has failed when the value is ten times the first one; start 0.5 to 1 along each "
            "axis, times its (curvature 10,000)^-a with a from 0 to 1/2 in each replica; steps "
            "until all coordinates are a tenth or less of what they were and stay so for 20 steps. "
            "Mixed: the weights are not the axes, but their images in a random mirror. 37 rates "
            "from 0.00001 to 10, six in each decade. Network: digits (64-32-10, batch 16), pixels "
            "times factors from 1 to 1/100; steps to a training loss of 0.2, at most 3000, with "
            "the best of 9 rates (0.001 to 10) in three other runs.",
        .effect = "decades: steps, log10 of those of gradient descent over those of the other, "
                  "both at their best rates; rates, the decades of rates that need at most ten "
                  "times the steps of the arm's own best, less those of gradient descent",
        .otherwise =
            "When the axes are mixed, a rate for each weight is no rate for each direction; "
            "networks are somewhere between. With a fixed number of steps instead of ten times the "
            "arm's own best, a faster method has more good rates. More networks: C-08, C-09.",
        .rule = RULE_ABOVE,
        .size = 0.3,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"steps: Adagrad", "steps: RMSProp", "steps: Adam", "rates: Adam",
                 "steps, mixed: RMSProp", "steps, mixed: Adam", "rates, mixed: Adam",
                 "steps, network: Adam"},
        .curve = {.x = "rate",
                  .y = "steps",
                  .is_log_x = true,
                  .is_log_y = true,
                  .points = 37,
                  .at = {1e-5,      1.468e-5,  2.154e-5,  3.162e-5,  4.642e-5,  6.813e-5, 0.0001,
                         0.0001468, 0.0002154, 0.0003162, 0.0004642, 0.0006813, 0.001,    0.001468,
                         0.002154,  0.003162,  0.004642,  0.006813,  0.01,      0.01468,  0.02154,
                         0.03162,   0.04642,   0.06813,   0.1,       0.1468,    0.2154,   0.3162,
                         0.4642,    0.6813,    1,         1.468,     2.154,     3.162,    4.642,
                         6.813,     10},
                  .arm = {"gradient descent", "Adagrad", "RMSProp", "Adam", "RMSProp, mixed",
                          "Adam, mixed"}},
        .run = EXPERIMENT(one_rate_for_all),
    },
    /* 2: at the same mean the two are equal by arithmetic: no part, but in the plot. */
    {
        .id = "C-16",
        .name = "cyclical rates at saddles",
        .version = 2,
        .sentence = "Rates that go up and down in cycles help to get away from saddle points and "
                    "to explore the landscape.",
        .source = "004 T15",
        .predicts = "With cyclical rates saddles are left in fewer steps, and training ends at a "
                    "lower loss.",
        .protocol = "Saddles of 6 axes: curvatures 0.1 to 1 and one of -0.01 to -0.1, start 0.001 "
                    "along it; steps until 1, the others being no further than at first; best of "
                    "24 fixed rates (0.1 to 2.4) against best of 8 tops (0.5 to 4) times 3 periods "
                    "(10, 40, 160 steps). Digits: 64-32-32-10 with tanh from Glorot's weights / "
                    "100, near the saddle at 0: steps to a training loss of 2, each arm with the "
                    "best of 9 mean rates (0.03 to 3.2) in three other runs; 64-32-10, ReLU, 20 "
                    "epochs: test loss, rate by validation loss. Batch 16; a cycle is triangular, "
                    "from a quarter of its top; 40 steps, and 4 epochs for the loss.",
        .effect = "decades: log10 of steps (or test loss) with a fixed rate over those with "
                  "cyclical rates",
        .otherwise = "At the same mean rate a saddle takes as long with and without cycles (in the "
                     "plot): it is left at the pace of the mean. Against the lower end of the "
                     "cycle as a fixed rate (in the plot) the cycle wins, because it is larger: "
                     "that is a matter of the rate, not of cycles.",
        .rule = RULE_ABOVE,
        .size = 0.0458,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"saddle, best rates", "network near zero", "loss on digits"},
        .curve = {.x = "mean rate times the largest curvature",
                  .y = "steps to leave the saddle",
                  .is_log_y = true,
                  .points = 10,
                  .at = {0.1, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.25},
                  .arm = {"fixed", "cyclical", "fixed at the cycle's lower end"}},
        .run = EXPERIMENT(cyclical_rates_at_saddles),
    },
    {
        .id = "C-20",
        .name = "noise of one sample",
        .version = 1,
        .sentence = "The noise of single samples helps gradient descent to leave poor minima, "
                    "while descent on all samples converges smoothly.",
        .source = "004 S3",
        .predicts = "With one sample at a time more runs leave the poorer of two wells and end in "
                    "the better one; the training loss rises after more of the steps.",
        .protocol =
            "100 functions of two wells (w^2 - 1)^2 - tilt w (tilt 0.2 to 1.2, rate times "
            "curvature 0.02 to 0.2), each the mean of 64 with other slopes, so different that one "
            "at a time has a temperature of 1 to 1/8 of the barrier; 2000 steps with 1 to 64 (all) "
            "of them, from the bottom of the poorer well and from anywhere in [-1.8,1.8]. 200 "
            "digits (64-32-10) and 200 moons (2-16-16-2), ReLU, He: 100 steps of each batch size, "
            "with the rate of 5 (0.01 to 1) whose last training loss is lowest.",
        .effect = "share of wells that are left, of runs that end in the better well, and of steps "
                  "after which the loss of all samples is higher: one sample less all samples",
        .otherwise = "Equal numbers of steps, not of epochs. In the wells the noise was chosen to "
                     "be large enough, so the first two parts show that there is such noise, not "
                     "that single samples have it: less does not help, more forgets which is "
                     "better. That networks have poor minima to leave is another claim.",
        .rule = RULE_ABOVE,
        .size = 0.1,
        .replicas = 20,
        .needs = ALL_PARTS,
        .part = {"leaves the poorer well", "ends in the better well", "digits: loss rises",
                 "moons: loss rises"},
        .curve = {.x = "samples at a time",
                  .y = "share",
                  .points = 7,
                  .label = {"1", "2", "4", "8", "16", "32", "all"},
                  .arm = {"leaves the poorer well", "ends in the better well, from anywhere",
                          "digits: steps after which the loss rises",
                          "moons: steps after which the loss rises", "leaves the better well"}},
        .run = EXPERIMENT(noise_of_one_sample),
    },
    {.id = NULL},
};
