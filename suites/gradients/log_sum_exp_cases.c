// SPDX-License-Identifier: MIT
#include "recipe_cases.h"

static const struct recipe rows[] = {
    /* clang-format off */
    {{"all", "bounded", "FND-22", "Nothing is masked.", 0},
     "block=2 x:5x4:signed:0.25:2 mask:5x4:whole:1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1 "
      "dy:5:signed:0.5:1.5"},
    {{"some", "bounded", "GRD-04", "Some elements are masked, among them the largest.", 0},
     "block=2 x:4x4:signed:0.25:2 x@1,7=9 mask:4x4:whole:1,0,1,1,1,1,0,0,0,0,0,1,1,1,1,0 "
      "dy:4:signed:0.5:1.5"},
    {{"empty_rows", "bounded", "GRD-04", "Rows with nothing left: no NaN in value or gradient.", 0},
     "block=1 empty=-8 x:4x3:signed:0.25:2 mask:4x3:whole:1,1,0,0,0,0,0,1,1,0,0,0 "
      "dy:4:signed:0.5:1.5"},
    {{"ties", "bounded", "FND-22", "The largest stands twice: it is counted twice.", 0},
     "block=1 x:3x4:list:1,2.5,2.5,-1,0.5,0.5,0.5,0.5,-3,-3,-4,-3 "
      "mask:3x4:whole:1,1,1,1,1,1,1,1,1,1,1,0 dy:3:signed:0.5:1.5"},
    {{"large", "bounded", "GRD-04 GRD-03",
      "Values near 800, whose exponential is infinite in binary32 and binary64.", 0},
     "block=2 x:4x4:uniform:799:800 mask:4x4:whole:1,1,1,1,1,0,1,1,1,1,1,1,0,1,1,1 "
      "dy:4:signed:0.5:1.5"},
    {{"very_negative", "bounded", "GRD-04",
      "Values near -800, whose exponential is 0 in binary32 and binary64.", 0},
     "block=2 x:4x4:uniform:-800:-799 mask:4x4:whole:1,1,1,1,1,0,1,1,1,1,1,1,0,1,1,1 "
      "dy:4:signed:0.5:1.5"},
    {{"leader", "bounded", "GRD-04 GRD-03",
      "Near 800 one value leads, so its gradient is nearly dy: e^(x - y) loses it to the rounding "
      "of y.", 0},
     "block=1 x:4x3:list:800,787,786.5,786,-799,-784.75,785.5,799.25,786,-786,-799.5,-798.5 "
      "mask:4x3:whole:1,1,1,0,1,1,1,1,1,1,1,1 dy:4:signed:0.5:1.5"},
    {{"far_apart", "bounded", "GRD-04",
      "One value leads by far: gradients of 1e-7 keep their digits.", 0},
     "block=1 x:3x3:list:20,-5,-10,-12.5,14.75,0.25,3,-2,-6.5 mask:3x3:whole:1,1,1,1,1,1,1,1,1 "
      "dy:3:signed:0.5:1.5"},
    {{"one_left", "exact", "FND-22", "One element left: the identity.", 0},
     "block=2 x:3x3:dyadic:-2:2:0.25 mask:3x3:whole:1,0,0,0,1,0,0,0,1 dy:3:dyadic:0.5:1.5:0.25"},
    {{"many_blocks", "bounded", "FND-22 DST-08", "17 rows in 9 blocks.", 0},
     "block=2 x:17x2:signed:0.25:2 "
      "mask:17x2:whole:1,1,1,0,1,1,0,1,1,1,1,0,1,1,0,1,1,1,1,0,1,1,0,1,1,1,1,0,1,1,0,1,1,1 "
      "dy:17:signed:100:300"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"mask_of_two", "empty_rows", ELEMENT_SET, "mask", 2, "", 1, "A mask has zeros and ones."},
    {"upstream_short", "empty_rows", INPUT_SHORTER, "dy", 0, "", 0, "One row has no upstream."},
    {"no_mask", "empty_rows", INPUT_GONE, "mask", 0, "", 0, "The mask says what counts."},
};

void log_sum_exp_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
