// SPDX-License-Identifier: MIT
#include "recipe_cases.h"

#define NET                                                                                        \
    "block=2 x:5x3:signed:0.3:1.2 w1:3x4:signed:0.3:0.8 w:2x4x4:signed:0.3:0.8 "                   \
    "targets:5x4:signed:0.2:0.8 steps=4 "
#define LARGE                                                                                      \
    "block=2 activation=relu x:4x2:signed:0.3:1.2 w1:2x3:signed:0.6:1.6 w:2x3x3:signed:0.6:1.6 "   \
    "targets:4x3:signed:0.2:0.8 "

static const struct recipe rows[] = {
    /* clang-format off */
    {{"rate", "trajectory", "GRD-07", "A rate of 1/2 on tanh layers, where all follows.", 0},
      NET "rate=0.5"},
    {{"smaller_rate", "trajectory", "GRD-07",
      "A tenth of a rate: the first gradient is the same, the update smaller.", 0},
      NET "rate=0.0625"},
    {{"decayed_rate", "trajectory", "GRD-07", "A rate that halves after one step: r / (1 + t).", 0},
      NET "rate=0.5 decay=1"},
    {{"penalty", "trajectory", "GRD-08", "A penalty of 1/4: weights shrink step by step.", 0},
      NET "rate=0.25 penalty=0.25"},
    {{"relu_large", "trajectory", "GRD-03 GRD-08", "ReLU and weights above 1: large gradients.", 0},
      LARGE "rate=0.015625 steps=3"},
    {{"relu_large_penalty", "trajectory", "GRD-03 GRD-08",
      "The same with a strong penalty: norms come down.", 0},
      LARGE "rate=0.015625 penalty=4 steps=3"},
    {{"both", "trajectory", "GRD-07 GRD-08", "Decay and penalty together, on sigmoids.", 0},
      NET "activation=sigmoid rate=1 decay=0.5 penalty=0.125"},
    {{"no_rate", "trajectory", "GRD-07", "A rate of 0: gradients, and no updates.", 0},
      NET "rate=0 penalty=0.5"},
    {{"normalised", "trajectory", "GRD-08 GRD-13",
      "Behind a normalisation the penalty changes the size of weights.", 0},
      NET "normalization=layer epsilon=0.125 rate=0.25 penalty=0.5"},
    {{"many_blocks", "trajectory", "GRD-07 DST-08", "11 samples in 6 blocks.", 0},
     "block=2 x:11x2:signed:0.3:1.2 w1:2x3:signed:0.3:0.8 w:1x3x3:signed:0.3:0.8 "
      "targets:11x3:signed:0.2:0.8 steps=3 rate=0.5 penalty=0.0625"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"negative_rate", "rate", NUMBER_SET, "rate", -0.5, "", 0, "That would be ascent."},
    {"no_rate_given", "rate", NUMBER_GONE, "rate", 0, "", 0, "There is no usual rate."},
    {"negative_decay", "decayed_rate", NUMBER_SET, "decay", -1, "", 0, "A rate would be infinite."},
    {"negative_penalty", "penalty", NUMBER_SET, "penalty", -0.25, "", 0, "Weights would grow."},
    {"no_steps", "rate", NUMBER_SET, "steps", 0, "", 0, "There is nothing to tell."},
    {"half_a_step", "rate", NUMBER_SET, "steps", 2.5, "", 0, "Steps are whole."},
    {"targets_short", "rate", INPUT_SHORTER, "targets", 0, "", 0, "One sample has no target."},
};

void explosion_control_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
