// SPDX-License-Identifier: MIT
#include "recipe_cases.h"

static const struct recipe rows[] = {
    /* clang-format off */
    {{"euclidean", "bounded", "FND-22",
      "The Euclidean distance of all pairs, and its gradients to both sets.", 0},
     "block=2 x1:5x3:signed:0.25:2 x2:4x3:signed:0.25:2 dy:5x4:signed:0.5:1.5"},
    {{"city_block", "bounded", "FND-22", "p = 1: gradients are sums of plus or minus the upstream.",
      0},
     "block=2 p=1 x1:5x3:signed:0.25:2 x2:3x3:signed:0.25:2 dy:5x3:signed:0.5:1.5"},
    {{"city_block_exact", "exact", "FND-22 DST-02",
      "p = 1 on short binary fractions, with ties: exact in any order.", 0},
     "block=2 p=1 x1:5x2:dyadic:0.25:2:0.25 x2:3x2:dyadic:-2:0:0.25 dy:5x3:dyadic:-2:2:0.25"},
    {{"three", "bounded", "FND-22", "p = 3: slopes are squares of shares.", 0},
     "block=2 p=3 x1:4x3:signed:0.25:2 x2:3x3:signed:0.25:2 dy:4x3:signed:0.5:1.5"},
    {{"one_and_a_half", "bounded", "FND-22", "p = 1.5: slopes are roots of shares.", 0},
     "block=2 p=1.5 x1:3x4:signed:0.25:2 x2:4x4:signed:0.25:2 dy:3x4:signed:0.5:1.5"},
    {{"half", "bounded", "GRD-03",
      "p = 0.5, no norm: the smallest difference has the largest slope.", 0},
     "block=2 p=0.5 x1:4x3:signed:0.25:2 x2:3x3:signed:0.25:2 dy:4x3:signed:0.5:1.5"},
    {{"half_equal_values", "bounded", "GRD-04 GRD-03",
      "p = 0.5 with values that are equal: their infinite slopes count as 0.", 0},
     "block=1 p=0.5 x1:3x3:signed:0.25:2 x1@1,5,6=0 x2:2x3:signed:0.25:2 x2@1,5=0 "
      "dy:3x2:signed:0.5:1.5"},
    {{"equal_points", "bounded", "GRD-04",
      "Some points are equal: no gradient between them, and no NaN.", 0},
     "block=2 x1:5x2:signed:0.25:2 x1@2,3,8,9=0 x2:3x2:signed:0.25:2 x2@2,3=0 "
      "dy:5x3:signed:0.5:1.5"},
    {{"equal_points_three", "bounded", "GRD-04", "The same for p = 3, where logarithms of 0 lurk.",
      0},
     "block=2 p=3 x1:3x2:signed:0.25:2 x1@2,3=0 x2:3x2:signed:0.25:2 x2@0,1=0 "
      "dy:3x3:signed:0.5:1.5"},
    {{"equal_points_city_block", "bounded", "GRD-04",
      "The same for p = 1, where signs of 0 count as 0.", 0},
     "block=1 p=1 x1:3x2:signed:0.25:2 x1@2,3,4=0 x2:2x2:signed:0.25:2 x2@0,1=0 "
      "dy:3x2:signed:0.5:1.5"},
    {{"far_from_zero", "bounded", "GRD-04",
      "Points near 1000 that are 1 apart: the expanded square loses their digits.", 0},
     "block=2 x1:4x3:uniform:1000:1001 x2:3x3:uniform:1001:1002 dy:4x3:signed:0.5:1.5"},
    {{"epsilon", "bounded", "FND-22", "An eighth is added to differences, not to distances.", 0},
     "block=2 epsilon=0.125 x1:3x3:signed:0.25:2 x2:2x3:signed:0.25:2 x1@0,1,2=0 x2@0,1,2=0 "
      "dy:3x2:signed:0.5:1.5"},
    {{"one_value", "bounded", "FND-22", "Points of one value: every slope is a sign.", 0},
     "block=2 x1:3x1:signed:0.25:2 x2:2x1:signed:3:4 dy:3x2:signed:0.5:1.5"},
    {{"many_blocks", "bounded", "FND-22 DST-08", "17 points in 9 blocks against one.", 0},
     "block=2 x1:17x2:signed:0.25:2 x2:1x2:signed:0.25:2 dy:17x1:signed:0.5:1.5"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"zero_p", "one_value", NUMBER_SET, "p", 0, "", 0, "A zeroth root does not exist."},
    {"negative_p", "one_value", NUMBER_SET, "p", -1, "", 0,
     "Equal points would be infinitely far."},
    {"negative_epsilon", "one_value", NUMBER_SET, "epsilon", -0.5, "", 0,
     "Epsilon moves away from 0."},
    {"other_width", "epsilon", INPUT_SHORTER, "x2", 0, "", 1, "Points of other dimensions."},
    {"upstream_short", "one_value", INPUT_SHORTER, "dy", 0, "", 1, "A distance has no upstream."},
    {"no_points", "one_value", INPUT_GONE, "x2", 0, "", 0, "There is nothing to be far from."},
};

void pairwise_distance_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
