// SPDX-License-Identifier: MIT
/* Section N: the method put to the test. No document claims these. */
#include "../claim.h"

experiment arms_that_are_alike, arms_that_differ, arms_that_hardly_differ;

const struct claim controls_claims[] = {
    /* 2: effects are rounded before they are ranked */
    {
        .id = "N-01",
        .name = "arms that are alike",
        .version = 2,
        .sentence = "The rule finds no difference between an arm and itself.",
        .source = "none: a negative control",
        .predicts = "Of experiments that compare a network with another start of the same network, "
                    "at most one in a hundred shows a difference.",
        .protocol =
            "In each replica a whole experiment of 20 pairs: 2-16-2 with ReLU, Adam at 0.01, 20 "
            "epochs of 100 moons with noise 0.2, against the same with other weights and another "
            "order; test accuracy on 400 moons; RULE_ABOVE with 1 point, without correction.",
        .effect = "1 if the experiment's verdict is not shown, 0 otherwise",
        .otherwise = "Of RULE_ABOVE alone: of equivalence see N-03. It says how often the rule "
                     "errs on this kind of data, not on all.",
        .rule = RULE_SHARE,
        .size = 0.95,
        .replicas = 200,
        .run = EXPERIMENT(arms_that_are_alike),
    },
    /* 2: as N-01 */
    {
        .id = "N-02",
        .name = "arms that differ",
        .version = 2,
        .sentence = "The rule finds a difference that is there.",
        .source = "none: a planted effect",
        .predicts = "When one arm learns from labels of which three in ten are wrong, nearly every "
                    "experiment shows it.",
        .protocol = "As N-01, but the second arm's labels are flipped for 30 % of its samples; its "
                    "start and order are those of the first.",
        .effect = "1 if the experiment's verdict is supported, 0 otherwise",
        .otherwise =
            "Of RULE_ABOVE alone. Effects near the smallest one that matters are found less often.",
        .rule = RULE_SHARE,
        .size = 0.9,
        .replicas = 200,
        .run = EXPERIMENT(arms_that_differ),
    },
    {
        .id = "N-03",
        .name = "arms that hardly differ",
        .version = 1,
        .sentence = "The rule of equivalence is passed by a difference that is there, but too "
                    "small to matter.",
        .source = "none: a planted effect",
        .predicts = "When one arm is better by two thirds of the margin, nearly every experiment "
                    "says that they are equivalent.",
        .protocol = "As N-01, with 40 pairs in an experiment; two points are added to the accuracy "
                    "of the first arm; RULE_EQUIVALENT with a margin of 3 points.",
        .effect = "1 if the experiment's verdict is supported, 0 otherwise",
        .otherwise = "Of RULE_EQUIVALENT alone. Effects nearer to the margin are passed less "
                     "often, and need more pairs.",
        .rule = RULE_SHARE,
        .size = 0.9,
        .replicas = 200,
        .run = EXPERIMENT(arms_that_hardly_differ),
    },
    {.id = NULL},
};
