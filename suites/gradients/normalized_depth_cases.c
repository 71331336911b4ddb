// SPDX-License-Identifier: MIT
#include "recipe_cases.h"

#define DEEP                                                                                       \
    "block=2 x:6x4:signed:0.3:1.5 w1:4x5:signed:0.1:0.7 w:5x5x5:signed:0.1:0.7 "                   \
    "dy:6x5:signed:0.5:1.5 "
#define SHALLOW                                                                                    \
    "block=2 x:5x3:signed:0.3:1.5 w1:3x4:signed:0.2:0.8 w:2x4x4:signed:0.2:0.8 "                   \
    "dy:5x4:signed:0.5:1.5 "

static const struct recipe rows[] = {
    /* clang-format off */
    {{"sigmoid_none", "bounded", "GRD-01 GRD-13",
      "Six layers of sigmoids: the first has hardly a gradient.", 0}, DEEP "activation=sigmoid"},
    {{"sigmoid_batch", "bounded", "GRD-13 GRD-01", "The same with statistics of the batch between.",
      0}, DEEP "activation=sigmoid normalization=batch"},
    {{"sigmoid_layer", "bounded", "GRD-13 GRD-01", "The same with statistics of each sample.", 0},
      DEEP "activation=sigmoid normalization=layer"},
    {{"tanh_none", "bounded", "GRD-01 GRD-13", "Three layers of tanh.", 0}, SHALLOW},
    {{"tanh_batch", "bounded", "GRD-13", "The same, normalised over the batch.", 0},
      SHALLOW "normalization=batch"},
    {{"relu_none", "bounded", "GRD-10 GRD-13", "Three layers of ReLU, whose slope is 1.", 0},
      SHALLOW "activation=relu"},
    {{"relu_layer", "bounded", "GRD-10 GRD-13", "The same, normalised over units.", 0},
      SHALLOW "activation=relu normalization=layer"},
    {{"large_weights", "bounded", "GRD-03 GRD-13",
      "Weights around 5 saturate tanh; normalised, their size does not matter.", 0},
     "block=2 normalization=batch x:5x3:signed:0.3:1.5 w1:3x4:signed:3:7 w:2x4x4:signed:3:7 "
      "dy:5x4:signed:0.5:1.5"},
    {{"large_epsilon", "bounded", "GRD-13", "An epsilon of 1/2, inside the root.", 0},
      SHALLOW "normalization=layer epsilon=0.5"},
    {{"many_blocks", "bounded", "GRD-13 DST-08",
      "13 samples in 7 blocks: the statistics are those of all ranks.", 0},
     "block=2 normalization=batch epsilon=0.25 x:13x2:signed:0.3:1.5 w1:2x3:signed:0.2:0.9 "
      "w:1x3x3:signed:0.2:0.9 dy:13x3:signed:0.5:1.5"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"epsilon_zero", "large_epsilon", NUMBER_SET, "epsilon", 0, "", 0, "A unit may be constant."},
    {"unknown_normalization", "tanh_batch", CHOICE_SET, "normalization", 0, "weight", 0,
     "There is no such normalisation here."},
    {"unknown_activation", "relu_none", CHOICE_SET, "activation", 0, "cosine", 0,
     "There is no such activation."},
    {"rectangular", "tanh_none", INPUT_SHORTER, "w", 0, "", 2, "Layers have the same width."},
    {"upstream_short", "tanh_none", INPUT_SHORTER, "dy", 0, "", 0, "One sample has no upstream."},
};

void normalized_depth_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
