// SPDX-License-Identifier: MIT
#include "recipe_cases.h"

#define WEIGHTS                                                                                    \
    "w1:3x4:signed:0.2:0.9 b1:4:signed:0.1:0.4 w2:4x3:signed:0.2:0.8 b2:3:signed:0.1:0.5 "

static const struct recipe rows[] = {
    /* clang-format off */
    {{"tanh", "bounded", "GRD-11 VIS-02", "The plain block: a shortcut around two layers.", 0},
     WEIGHTS "block=2 x:5x3:signed:0.3:1.2 dy:5x3:signed:0.5:1.5"},
    {{"relu", "bounded", "GRD-11 VIS-02",
      "With ReLU: where all hidden units are off, the shortcut is all.", 0},
     WEIGHTS "block=2 activation=relu x:5x3:signed:0.3:1.2 dy:5x3:signed:0.5:1.5"},
    {{"sigmoid", "bounded", "GRD-11", "With sigmoids, whose own slope is at most 1/4.", 0},
     WEIGHTS "block=2 activation=sigmoid x:3x3:signed:0.3:1.2 dy:3x3:signed:0.5:1.5"},
    {{"post", "bounded", "GRD-11 VIS-02", "ReLU after the addition, which cuts the shortcut too.",
      0},
     WEIGHTS "block=2 activation=relu order=post x:3x3:signed:0.3:1.2 dy:3x3:signed:0.5:1.5"},
    {{"post_tanh", "bounded", "GRD-11",
      "Tanh after the addition: a slope on the shortcut that is not 0 or 1.", 0},
     WEIGHTS "block=2 order=post x:3x3:signed:0.3:1.2 dy:3x3:signed:0.5:1.5"},
    {{"pre", "bounded", "GRD-11 VIS-02", "ReLU before each layer: nothing is on the shortcut.", 0},
     WEIGHTS "block=2 activation=relu order=pre x:3x3:signed:0.3:1.2 dy:3x3:signed:0.5:1.5"},
    {{"pre_sigmoid", "bounded", "GRD-11", "Sigmoid before each layer.", 0},
     WEIGHTS "block=2 activation=sigmoid order=pre x:3x3:signed:0.3:1.2 dy:3x3:signed:0.5:1.5"},
    {{"scaled", "bounded", "GRD-11", "A branch of a quarter: the shortcut keeps its full weight.",
      0},
     WEIGHTS "block=2 scale=0.25 x:3x3:signed:0.3:1.2 dy:3x3:signed:0.5:1.5"},
    {{"scaled_post", "bounded", "GRD-11", "A branch of 1.5 times, and tanh after the addition.", 0},
     WEIGHTS "block=2 scale=1.5 order=post x:3x3:signed:0.3:1.2 dy:3x3:signed:0.5:1.5"},
    {{"scale_zero", "exact", "GRD-11",
      "A branch of nothing, as ReZero starts: the identity in both directions.", 0},
     WEIGHTS "block=2 scale=0 activation=relu x:3x3:dyadic:0.5:2:0.25 dy:3x3:dyadic:-2:2:0.25"},
    {{"saturated", "bounded", "GRD-11 GRD-01",
      "Hidden units near 1: the branch has hardly a gradient, the block has.", 0},
     "w1:2x3:signed:2:4 b1:3:signed:1:2 w2:3x2:signed:0.5:1 b2:2:signed:0.1:0.5 block=1 "
     "x:3x2:signed:1:2 dy:3x2:signed:0.5:1.5"},
    {{"dead_branch", "exact", "GRD-11 GRD-10",
      "All hidden units are off: the gradient is that of the shortcut.", 0},
     "w1:3x4:dyadic:0.25:1:0.25 b1:4:constant:-16 w2:4x3:dyadic:-1:1:0.25 b2:3:dyadic:0.25:1:0.25 "
     "activation=relu block=2 x:5x3:dyadic:-2:2:0.25 dy:5x3:dyadic:-2:2:0.25"},
    {{"exact_relu", "exact", "GRD-11 DST-02",
      "Short binary fractions: exact in any order of additions.", 0},
     "w1:3x4:dyadic:-1:1:0.25 b1:4:constant:0.0625 w2:4x3:dyadic:-1:1:0.25 b2:3:dyadic:-1:1:0.25 "
     "activation=relu scale=0.5 block=2 x:5x3:dyadic:-2:2:0.25 dy:5x3:dyadic:-2:2:0.25"},
    {{"one_sample", "bounded", "GRD-11", "One sample, one hidden unit.", 0},
     "w1:2x1:signed:0.2:0.9 b1:1:constant:0.25 w2:1x2:signed:0.2:0.8 b2:2:signed:0.1:0.5 block=4 "
     "x:1x2:signed:0.3:1.2 dy:1x2:signed:0.5:1.5"},
    {{"many_blocks", "bounded", "GRD-11 DST-08", "19 samples in 10 blocks, the last of them short.",
      0},
     "w1:2x3:signed:0.2:0.9 b1:3:signed:0.1:0.4 w2:3x2:signed:0.2:0.8 b2:2:signed:0.1:0.5 block=2 "
     "x:19x2:signed:0.3:1.2 dy:19x2:signed:0.5:1.5"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"negative_scale", "one_sample", NUMBER_SET, "scale", -0.5, "", 0,
     "A branch is added, not subtracted."},
    {"unknown_order", "one_sample", CHOICE_SET, "order", 0, "middle", 0, "There is no such block."},
    {"unknown_activation", "one_sample", CHOICE_SET, "activation", 0, "cosine", 0,
     "There is no such activation."},
    {"narrow_output", "one_sample", INPUT_SHORTER, "w2", 0, "", 1,
     "A branch of another width cannot be added."},
    {"upstream_short", "one_sample", INPUT_SHORTER, "dy", 0, "", 1, "One output has no upstream."},
    {"no_bias", "one_sample", INPUT_GONE, "b2", 0, "", 0, "A branch has both biases."},
};

void residual_block_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
