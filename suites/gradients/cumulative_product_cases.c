// SPDX-License-Identifier: MIT
#include "recipe_cases.h"

static const struct recipe rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "FND-22", "No element is 0.", 0},
      "block=2 x:5x5:signed:0.5:2 dy:5x5:signed:0.5:1.5"},
    {{"one_zero", "bounded", "FND-22 GRD-04",
      "Rows with one 0: it has a gradient, those after it have none.", 0},
     "block=2 x:5x4:signed:0.5:2 x@0,6,11,17=0 dy:5x4:signed:0.5:1.5"},
    {{"two_zeros", "bounded", "FND-22 GRD-04",
      "Rows with two zeros: the first still has a gradient.", 0},
     "block=2 x:4x5:signed:0.5:2 x@1,3,7,8=0 dy:4x5:signed:0.5:1.5"},
    {{"exclusive", "bounded", "FND-22",
      "Products of those before: the last element has no gradient.", 0},
     "block=2 exclusive=yes x:4x5:signed:0.5:2 x@7=0 dy:4x5:signed:0.5:1.5"},
    {{"reverse", "bounded", "FND-22", "From the last element on.", 0},
     "block=2 reverse=yes x:4x5:signed:0.5:2 x@7=0 dy:4x5:signed:0.5:1.5"},
    {{"exclusive_reverse", "bounded", "FND-22", "Both options together.", 0},
     "block=2 exclusive=yes reverse=yes x:4x4:signed:0.5:2 x@6=0 dy:4x4:signed:0.5:1.5"},
    {{"exact", "exact", "FND-22 GRD-04", "Short binary fractions, and a row of zeros.", 0},
     "block=1 x:4x4:list:2,-1,0.5,4,0,0,0,0,1,0,2,-2,0.5,0.5,2,0 dy:4x4:dyadic:-2:2:0.5"},
    {{"one_value", "exact", "FND-22", "Rows of one value, also 0.", 0},
     "block=2 x:5x1:list:0,2,-1,0.5,4 dy:5x1:list:1,-2,4,0.5,-3"},
    {{"long", "bounded", "FND-22 GRD-01 GRD-03", "Rows of 24 values.", 0},
      "block=1 x:2x24:signed:0.6:1.6 dy:2x24:signed:0.5:1.5"},
    {{"many_blocks", "bounded", "FND-22 DST-08", "17 rows in 9 blocks.", 0},
     "block=2 x:17x3:signed:0.5:2 x@4,50=0 dy:17x3:signed:100:300"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"unknown_exclusive", "exclusive", CHOICE_SET, "exclusive", 0, "perhaps", 0,
     "It is yes or no."},
    {"unknown_reverse", "reverse", CHOICE_SET, "reverse", 0, "sideways", 0, "It is yes or no."},
    {"upstream_narrow", "ordinary", INPUT_SHORTER, "dy", 0, "", 1, "One column has no upstream."},
    {"no_upstream", "ordinary", INPUT_GONE, "dy", 0, "", 0, "The gradient is asked for."},
};

void cumulative_product_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
