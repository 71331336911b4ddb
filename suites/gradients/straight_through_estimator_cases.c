// SPDX-License-Identifier: MIT
#include "recipe_cases.h"

static const struct recipe rows[] = {
    /* clang-format off */
    {{"clipped", "bounded", "GRD-14", "Values on both sides of the clip.", 0},
      "block=2 x:5x4:signed:0.1:2 dy:5x4:signed:0.5:1.5"},
    {{"identity", "bounded", "GRD-14", "The same, and all gradients pass.", 0},
      "block=2 backward=identity x:5x4:signed:0.1:2 dy:5x4:signed:0.5:1.5"},
    {{"narrow", "bounded", "GRD-14", "A clip of 1/4.", 0},
      "block=2 clip=0.25 x:5x3:signed:0.1:0.6 dy:5x3:signed:0.5:1.5"},
    {{"zeros", "exact", "GRD-14", "Zeros count as positive, and pass.", 0},
      "block=1 x:3x3:list:0,1.5,-0.5,0,0,-2,0.25,0,-0.25 dy:3x3:dyadic:0.5:2:0.25"},
    {{"at_the_clip", "exact", "GRD-14", "Magnitudes of exactly the clip pass.", 0},
      "block=2 clip=0.5 x:3x3:list:0.5,-0.5,0.75,-0.75,0.25,-0.25,1,-1,0.5 "
      "dy:3x3:dyadic:0.5:2:0.25"},
    {{"many_blocks", "bounded", "GRD-14 DST-08", "17 rows in 9 blocks.", 0},
      "block=2 x:17x2:signed:0.1:2 dy:17x2:signed:100:300"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"no_clip", "narrow", NUMBER_SET, "clip", 0, "", 0, "Nothing but zeros would pass."},
    {"negative_clip", "narrow", NUMBER_SET, "clip", -1, "", 0, "No magnitude is below 0."},
    {"unknown_backward", "identity", CHOICE_SET, "backward", 0, "tanh", 0,
     "There is no such rule."},
    {"upstream_short", "clipped", INPUT_SHORTER, "dy", 0, "", 0, "One row has no upstream."},
};

void straight_through_estimator_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
