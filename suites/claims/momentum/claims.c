// SPDX-License-Identifier: MIT
#include "../claim.h"

experiment speed_of_momentum, oscillation, leaving_wells, generalization_of_momentum, deepest_basin,
    nesterov, moving_average;

const struct claim momentum_claims[] = {
    {
        .id = "C-01",
        .name = "speed of momentum",
        .version = 1,
        .sentence = "Momentum makes gradient descent converge faster.",
        .source = "000-003 Q18, 004 T26",
        .predicts = "With momentum, fewer steps are needed, the more so the worse the condition.",
        .protocol =
            "Quadratics of 10 axes with condition numbers 10 to 10,000 (curvatures 1 to 1 / "
            "condition, random between), normal start; steps until the value is 1e-6 of the "
            "first; 36 trials for each arm: 36 rates from 2/37 to 72/37, or 6 rates (0.5 to 3.5) "
            "times 6 momenta (0.25 to 0.98). Four networks (digits 64-32-10, moons and regression "
            "2-16-16, spirals 2-32-32; ReLU, He), batch 16: steps to a training loss of 0.05, 0.1, "
            "0.02, 0.1; momentum 0.9; for both arms 7 rates from 0.003 to 3, the one that was "
            "fastest in three runs from other weights; at most 3000 steps.",
        .effect = "log2 of steps without momentum over steps with it",
        .otherwise =
            "A momentum that is too large for a well-conditioned problem slows it. Steps "
            "of both cost the same but for one multiplication and sum per weight. At equal "
            "rates momentum takes larger steps: here both arms have their own best rate.",
        .rule = RULE_ABOVE,
        .size = 0.152,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"condition 10", "condition 100", "condition 1000", "condition 10000", "digits",
                 "moons", "spirals", "regression"},
        .curve = {.x = "problem",
                  .y = "steps to the target",
                  .is_log_y = true,
                  .points = 8,
                  .label = {"condition 10", "100", "1000", "10000", "digits", "moons", "spirals",
                            "regression"},
                  .arm = {"gradient descent", "momentum"}},
        .run = EXPERIMENT(speed_of_momentum),
    },
    {
        .id = "C-02",
        .name = "oscillation",
        .version = 1,
        .sentence = "Momentum dampens oscillation in directions where the gradient alternates.",
        .source = "000 Q18, 003 Q18, 004 T26",
        .predicts = "Where gradient descent swings to and fro, momentum of 0.9 makes the path in "
                    "that direction shorter.",
        .protocol =
            "100 coordinates with rate times curvature drawn from 1-1.5, 1.5-1.9 or 1.9-2, where "
            "gradient descent overshoots in each step, and from 0.1-1 with standard normal noise "
            "on the gradients; 300 steps from 1; momentum 0.9, once with the same rate and once "
            "with a tenth of it, 1 - momentum, so that both go equally far on a steady slope.",
        .effect = "decades by which the distance travelled in all steps is shorter than that of "
                  "gradient descent, mean over coordinates",
        .otherwise = "Paths count both how often and how far a coordinate swings; counting changes "
                     "of sign alone would favour slow swings. Beyond rate times curvature = 2 "
                     "gradient descent diverges, and anything that does not is better.",
        .rule = RULE_ABOVE,
        .size = 0.0458,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"rate 1 to 1.5", "rate 1.5 to 1.9", "rate 1.9 to 2", "noise",
                 "rate 1 to 1.5, a tenth", "rate 1.5 to 1.9, a tenth", "rate 1.9 to 2, a tenth",
                 "noise, a tenth"},
        .curve = {.x = "momentum",
                  .y = "decades by which the path is longer than without",
                  .points = 12,
                  .at = {0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99},
                  .arm = {"rate 1 to 1.5", "rate 1.5 to 1.9", "rate 1.9 to 2",
                          "rate 1 to 1.5, times 1 - momentum",
                          "rate 1.5 to 1.9, times 1 - momentum",
                          "rate 1.9 to 2, times 1 - momentum"}},
        .run = EXPERIMENT(oscillation),
    },
    {
        .id = "C-03",
        .name = "leaving wells",
        .version = 1,
        .sentence = "Momentum helps to get out of poor local minima.",
        .source = "000-003 Q18, 004 T26",
        .predicts = "Of runs that would stay in the poorer of two wells, momentum leads many to "
                    "the better one.",
        .protocol =
            "400 functions (w^2 - 1)^2 - tilt w, tilts 0.2 to 1.2, rates times curvature 0.02 to "
            "0.2; begun on the outer slope of the poorer well (1.2 to 2.2 from the middle), or at "
            "its bottom with noise on the gradient whose temperature is 1/3 to 1/12 of the "
            "barrier; 1000 steps, then a slow descent tells the well. Momentum 0.9 with the same "
            "rate, and with a tenth of it. A run that diverges has not got out.",
        .effect = "share of the poorer wells that are left with momentum, less that without",
        .otherwise = "Momentum also leaves the better well (its line in the plot): see C-05. At "
                     "the same rate its steps are ten times as long in the end; a larger rate does "
                     "something like it. One variable; networks have many.",
        .rule = RULE_ABOVE,
        .size = 0.1,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"rolling in", "rolling in, a tenth of the rate", "noise",
                 "noise, a tenth of the rate"},
        .curve = {.x = "momentum",
                  .y = "share of wells that are left",
                  .points = 7,
                  .at = {0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99},
                  .arm = {"rolling in: poorer", "rolling in: better",
                          "rolling in: poorer, rate times 1 - momentum", "noise: poorer",
                          "noise: better", "noise: poorer, rate times 1 - momentum"}},
        .run = EXPERIMENT(leaving_wells),
    },
    /* 2: more rates and time: momentum was best at the lowest, descent did not get there at it. */
    {
        .id = "C-04",
        .name = "generalization of momentum",
        .version = 2,
        .sentence = "Training with momentum leads to better generalisation.",
        .source = "003 Q18",
        .predicts = "At the same training loss, networks that were trained with momentum are right "
                    "more often on new samples.",
        .protocol =
            "300 digits (64-32-10), the same with 20 % wrong labels, and 240 moons (noise 0.2; "
            "2-16-16-2); ReLU, He, batch 16. Trained until the loss of all training samples is at "
            "most 0.1 (wrong labels: 0.5), looked at every 10 steps, at most 3000. Both arms: 8 "
            "rates from 0.001 to 3, of those that get there the one with the best accuracy on 300 "
            "(400) validation samples then; test on 897 (1000) others. Momentum 0.9.",
        .effect = "test accuracy with momentum less that without, at equal training loss",
        .otherwise = "At an equal number of steps momentum is further on, which is C-01. It says "
                     "nothing of long training beyond that loss.",
        .rule = RULE_ABOVE,
        .size = 0.005,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"digits", "digits with wrong labels", "moons"},
        .curve = {.x = "rate",
                  .y = "test accuracy at the target's loss",
                  .is_log_x = true,
                  .points = 8,
                  .at = {0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3},
                  .arm = {"digits: momentum", "digits: descent", "wrong labels: momentum",
                          "wrong labels: descent", "moons: momentum", "moons: descent"}},
        .run = EXPERIMENT(generalization_of_momentum),
    },
    {
        .id = "C-05",
        .name = "deepest basin",
        .version = 1,
        .sentence = "Momentum leads towards the global optimum.",
        .source = "002 Q18",
        .predicts = "On a landscape with several basins, more starts end in the deepest one with "
                    "momentum than without.",
        .protocol =
            "One random landscape for each replica: a shallow bowl 0.02 (x^2 + y^2) with 8 "
            "Gaussian wells (depth 0.5 to 1.5, width 0.4 to 0.9, centres in [-3,3]^2); 100 starts "
            "in [-4,4]^2; 500 steps, then 500 small ones without momentum. Deepest: within 0.01 of "
            "the lowest end of 100 other starts. Momentum 0.9 at the same rate (0.05), at a tenth "
            "of it, and both arms with the best of 6 rates (0.01 to 1) by 100 other starts.",
        .effect = "share of the starts that end in the deepest basin, with momentum less without",
        .otherwise = "No noise: descent ends in the basin where it starts unless its steps are "
                     "long. Higher dimensions are not shown.",
        .rule = RULE_ABOVE,
        .size = 0.05,
        .replicas = 20,
        .needs = MOST_PARTS,
        .part = {"same rate", "a tenth of the rate", "best rate of each"},
        .curve = {.x = "rate",
                  .y = "share of starts that end in the deepest basin",
                  .is_log_x = true,
                  .points = 6,
                  .at = {0.01, 0.03, 0.05, 0.1, 0.3, 1},
                  .arm = {"gradient descent", "momentum 0.5", "momentum 0.9", "momentum 0.99"}},
        .run = EXPERIMENT(deepest_basin),
    },
    /* 2: a tenth counts as equal; swings instead of the known limit of the rate. */
    {
        .id = "C-06",
        .name = "nesterov",
        .version = 2,
        .sentence = "Nesterov's momentum is more stable than ordinary momentum and often faster.",
        .source = "004 T26",
        .predicts = "In more than half of all settings it needs fewer steps; it swings less, and "
                    "fails in fewer of them.",
        .protocol =
            "Quadratics of 10 axes with a condition of 10 to 1000: 6 momenta (0.5 to 0.99) times "
            "16 rates (0.05 to 3.5 over the largest curvature), steps until the value is 1e-6 of "
            "the first, at most 5000; swings: all rises of the value on the way, added up. 600 "
            "digits (64-32-10, batch 16): 3 momenta (0.5, 0.9, 0.99) times 6 rates (0.01 to 3), "
            "steps to a training loss of 0.05, looked at after each; fails: not within 500.",
        .effect = "faster, swings less: share of the settings in which both arrive where it needs "
                  "fewer steps (swings less), counting half where they differ by a tenth or less, "
                  "less 0.5; fails less: share of settings in which only ordinary momentum fails, "
                  "less those in which only Nesterov's does",
        .otherwise = "If stable means that no rate diverges, Nesterov's is the less stable form on "
                     "a quadratic, as is known: its largest rate is 2 (1 + momentum) / (1 + 2 "
                     "momentum) over the largest curvature, against 2 (1 + momentum): its lines in "
                     "the plot end earlier. The grids decide how many settings lie where.",
        .rule = RULE_ABOVE,
        .size = 0.05,
        .replicas = 20,
        .needs = ALL_PARTS,
        .part = {"quadratics: faster", "quadratics: swings less", "digits: faster",
                 "digits: fails less"},
        .curve = {.x = "rate times the largest curvature",
                  .y = "steps on quadratics, where it arrives",
                  .is_log_y = true,
                  .points = 16,
                  .at = {0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.2, 1.5, 1.8, 2.2, 2.6, 3,
                         3.5},
                  .arm = {"Nesterov 0.5", "momentum 0.5", "Nesterov 0.9", "momentum 0.9",
                          "Nesterov 0.99", "momentum 0.99"}},
        .run = EXPERIMENT(nesterov),
    },
    /* 2: 001 Q18 has no formula. */
    {
        .id = "C-07",
        .name = "moving average",
        .version = 2,
        .sentence = "The velocity (momentum times velocity plus rate times gradient) is a moving "
                    "average of the gradients.",
        .source = "004 T26",
        .predicts =
            "When all gradients are the same, the velocity is the rate times that gradient.",
        .protocol = "One weight, a constant gradient from 0.5 to 1.5, rate 0.01 to 0.11, momentum "
                    "0.5 to 0.95, 2000 steps of the document's own formula, as the engine's "
                    "technique momentum does it. Plot: momentum 0.9, and a true average.",
        .effect = "0.01 less the distance of velocity / (rate gradient) from 1",
        .otherwise = "It is a sum with weights that do not add up to 1: the average times 1 / (1 - "
                     "momentum). In a loose sense any weighted sum may be called so.",
        .rule = RULE_ALWAYS,
        .size = 0,
        .replicas = 20,
        .curve = {.x = "step",
                  .y = "velocity over rate times gradient",
                  .points = 40,
                  .arm = {"the document's formula", "a moving average"}},
        .is_quick = true,
        .run = EXPERIMENT(moving_average),
    },
    {.id = NULL},
};
