// SPDX-License-Identifier: MIT
#include "recipe_cases.h"

static const struct recipe rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "FND-22", "No element is 0.", 0},
      "block=2 x:7x5:signed:0.5:2 dy:7:signed:0.5:1.5"},
    {{"one_zero", "bounded", "FND-22 GRD-04", "Rows with one 0: only that element has a gradient.",
      0},
     "block=2 x:5x4:signed:0.5:2 x@1,6,11,16=0 dy:5:signed:0.5:1.5"},
    {{"two_zeros", "bounded", "FND-22 GRD-04", "Rows with two zeros have no gradient at all.", 0},
     "block=2 x:5x4:signed:0.5:2 x@1,2,8,11=0 dy:5:signed:0.5:1.5"},
    {{"zeros_at_the_ends", "exact", "FND-22 GRD-04",
      "The first or the last element is 0, all of it exact.", 0},
     "block=1 x:4x3:list:0,2,-4,0.5,8,0,0,0.25,0,2,-1,4 dy:4:list:1,-2,4,0.5"},
    {{"one_value", "exact", "FND-22", "Rows of one value, also 0: the gradient is the upstream.",
      0},
     "block=2 x:5x1:list:0,2,-1,0.5,4 dy:5:list:1,-2,4,0.5,-3"},
    {{"two_values", "exact", "FND-22", "Rows of two: each is the other's slope.", 0},
     "block=2 x:5x2:dyadic:-2:2:0.25 dy:5:dyadic:-2:2:0.5"},
    {{"long", "bounded", "FND-22 GRD-01 GRD-03", "Rows of 33 values.", 0},
      "block=1 x:3x33:signed:0.5:1.8 dy:3:signed:0.5:1.5"},
    {{"small", "bounded", "FND-22 GRD-01",
      "Factors of a tenth: quotients lose nothing yet, products stay right.", 0},
     "block=2 x:4x6:signed:0.05:0.1 dy:4:signed:0.5:1.5"},
    {{"many_blocks", "bounded", "FND-22 DST-08", "19 rows in 10 blocks, upstreams of hundreds.", 0},
     "block=2 x:19x3:signed:0.5:2 x@0,20,56=0 dy:19:signed:100:300"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"upstream_short", "ordinary", INPUT_SHORTER, "dy", 0, "", 0, "One row has no upstream."},
    {"no_upstream", "ordinary", INPUT_GONE, "dy", 0, "", 0, "The gradient is asked for."},
};

void product_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
