// SPDX-License-Identifier: MIT
#include "recipe_cases.h"

static const struct recipe rows[] = {
    /* clang-format off */
    {{"descending", "bounded", "FND-22", "Whole rows, the largest first.", 0},
      "block=2 x:5x6:signed:0.25:8 dy:5x6:signed:0.5:1.5"},
    {{"ascending", "bounded", "FND-22", "Whole rows, the smallest first.", 0},
      "block=2 order=ascending x:5x6:signed:0.25:8 dy:5x6:signed:0.5:1.5"},
    {{"cycles", "exact", "FND-22",
      "Rows whose permutations are cycles of three and four: not their own inverses.", 0},
     "block=1 order=ascending x:4x4:list:2,3,1,8,4,1,2,3,3,4,2,1,2,4,1,3 dy:4x4:dyadic:-4:4:0.125"},
    {{"top_two", "bounded", "FND-22", "The largest two of six: the others have no gradient.", 0},
      "block=2 x:5x6:signed:0.25:8 dy:5x2:signed:0.5:1.5"},
    {{"bottom_three", "bounded", "FND-22", "The smallest three of five.", 0},
      "block=2 order=ascending x:4x5:signed:0.25:8 dy:4x3:signed:0.5:1.5"},
    {{"top_one", "exact", "FND-22", "The largest alone: a maximum.", 0},
      "block=2 x:5x3:list:1,2,3,3,2,1,2,3,1,-1,-2,-3,0,4,2 dy:5x1:dyadic:0.5:4:0.25"},
    {{"ties", "exact", "FND-22", "Equal values go by index.", 0},
     "block=2 x:4x4:list:1,2,2,1,3,3,3,3,0,0,1,0,-1,2,-1,2 "
      "dy:4x4:list:1,2,3,4,5,6,7,8,-1,-2,-3,-4,0.5,1.5,2.5,3.5"},
    {{"ties_ascending", "exact", "FND-22", "The same in the other order: still by index.", 0},
     "block=2 order=ascending x:4x4:list:1,2,2,1,3,3,3,3,0,0,1,0,-1,2,-1,2 "
      "dy:4x4:list:1,2,3,4,5,6,7,8,-1,-2,-3,-4,0.5,1.5,2.5,3.5"},
    {{"ties_cut", "exact", "FND-22", "A tie across the border of the top two: the first stays.", 0},
     "block=1 x:3x4:list:2,5,2,2,7,7,7,7,1,3,3,3 dy:3x2:list:1,2,3,4,5,6"},
    {{"many_blocks", "bounded", "FND-22 DST-08", "17 rows in 9 blocks.", 0},
      "block=2 x:17x3:signed:0.25:8 dy:17x3:signed:100:300"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"upstream_short", "descending", INPUT_SHORTER, "dy", 0, "", 0, "One row has no upstream."},
    {"unknown_order", "ascending", CHOICE_SET, "order", 0, "random", 0, "There is no such order."},
    {"no_upstream", "descending", INPUT_GONE, "dy", 0, "", 0, "The gradient is asked for."},
};

void sort_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
