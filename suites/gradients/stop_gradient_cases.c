// SPDX-License-Identifier: MIT
#include "recipe_cases.h"

#define UNIT                                                                                       \
    "u:4x3:signed:0.2:0.9 v:4x3:signed:0.2:0.9 block=2 x:7x4:signed:0.3:1.2 "                      \
    "dy:7x3:signed:0.5:1.5 "

static const struct recipe rows[] = {
    /* clang-format off */
    {{"nothing", "bounded", "GRD-14 FND-22", "Nothing is detached: both branches have gradients.",
      0}, UNIT},
    {{"gate", "bounded", "GRD-14",
      "The gate is a constant: v learns nothing, x only through the value.", 0},
      UNIT "detach=gate"},
    {{"value", "bounded", "GRD-14", "The value is a constant: u learns nothing.", 0},
      UNIT "detach=value"},
    {{"input", "bounded", "GRD-14",
      "The input is a constant: x has no gradient, the weights have all of theirs.", 0},
      UNIT "detach=input"},
    {{"output", "bounded", "GRD-14",
      "The output is detached: it has its value, and all gradients are 0.", 0},
     UNIT "detach=output"},
    {{"large_upstream", "bounded", "GRD-14", "Upstream gradients of several hundred behind a cut.",
      0},
     "detach=gate u:2x3:signed:0.2:0.9 v:2x3:signed:0.2:0.9 block=1 x:3x2:signed:0.3:1.2 "
      "dy:3x3:signed:200:600"},
    {{"many_blocks", "bounded", "GRD-14 DST-08", "17 samples in 9 blocks, with a detached input.",
      0},
     "detach=input u:2x2:signed:0.2:0.9 v:2x2:signed:0.2:0.9 block=2 x:17x2:signed:0.3:1.2 "
      "dy:17x2:signed:0.5:1.5"},
    {{"one_sample", "bounded", "GRD-14", "One sample and one unit, with a detached value.", 0},
     "detach=value u:3x1:signed:0.2:0.9 v:3x1:signed:0.2:0.9 block=4 x:1x3:signed:0.3:1.2 "
      "dy:1x1:constant:1.5"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"unknown_place", "gate", CHOICE_SET, "detach", 0, "loss", 0, "There is no such place to cut."},
    {"narrow_gate", "gate", INPUT_SHORTER, "v", 0, "", 1, "Gate and value have the same units."},
    {"upstream_short", "gate", INPUT_SHORTER, "dy", 0, "", 0, "One sample has no upstream."},
    {"no_value", "gate", INPUT_GONE, "u", 0, "", 0, "The value has weights."},
};

void stop_gradient_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
