// SPDX-License-Identifier: MIT
#include "recipe_cases.h"

static const struct recipe rows[] = {
    /* clang-format off */
    {{"largest", "bounded", "FND-22", "No ties: the place of the largest in each row.", 0},
     "block=2 x:5x4:signed:0.25:2 dy:5:signed:0.5:1.5"},
    {{"smallest", "bounded", "FND-22", "Argmin: large magnitudes are not what counts.", 0},
     "block=2 extremum=smallest x:5x4:signed:0.25:2 dy:5:signed:0.5:1.5"},
    {{"all_negative", "bounded", "FND-22",
      "All below 0: a search that starts from 0 finds nothing.", 0},
     "block=2 x:4x3:uniform:-2:-0.25 dy:4:signed:0.5:1.5"},
    {{"smallest_positive", "bounded", "FND-22", "All above 0, for argmin.", 0},
     "block=2 extremum=smallest x:4x3:uniform:0.25:2 dy:4:signed:0.5:1.5"},
    {{"ties_first", "exact", "FND-22", "Two to four are the largest: the first one is it.", 0},
     "block=2 x:4x4:list:1,3,3,0,2,2,2,2,-1,-2,-1,-1,0,0,-1,-3 dy:4:dyadic:0.5:2:0.25"},
    {{"ties_last", "exact", "FND-22", "The last one is it.", 0},
     "block=2 ties=last x:4x4:list:1,3,3,0,2,2,2,2,-1,-2,-1,-1,0,0,-1,-3 dy:4:dyadic:0.5:2:0.25"},
    {{"ties_smallest_first", "exact", "FND-22", "Ties among the smallest.", 0},
     "block=2 extremum=smallest x:3x4:list:1,-3,-3,0,2,2,2,2,1,2,4,1 dy:3:dyadic:0.5:2:0.25"},
    {{"ties_smallest_last", "exact", "FND-22", "The last of the smallest.", 0},
     "block=2 extremum=smallest ties=last x:3x4:list:1,-3,-3,0,2,2,2,2,1,2,4,1 "
      "dy:3:dyadic:0.5:2:0.25"},
    {{"samples", "bounded", "FND-22", "Along the samples, which several ranks have.", 0},
     "block=2 axis=samples x:7x3:signed:0.25:2 dy:3:signed:0.5:1.5"},
    {{"samples_smallest", "bounded", "FND-22", "Argmin along the samples.", 0},
     "block=1 axis=samples extremum=smallest x:5x2:signed:0.25:2 dy:2:signed:0.5:1.5"},
    {{"samples_ties_first", "exact", "FND-22 DST-08",
      "Ties in different blocks: the first of all ranks is it.", 0},
     "block=1 axis=samples x:6x2:list:1,5,4,-1,4,5,0,5,4,2,3,1 dy:2:dyadic:0.5:2:0.25"},
    {{"samples_ties_last", "exact", "FND-22 DST-08", "The last of all ranks is it.", 0},
     "block=1 axis=samples ties=last x:6x2:list:1,5,4,-1,4,5,0,5,4,2,3,1 dy:2:dyadic:0.5:2:0.25"},
    {{"samples_smallest_ties", "exact", "FND-22 DST-08", "The last of the smallest of all ranks.",
      0},
     "block=2 axis=samples ties=last extremum=smallest x:5x2:list:1,-5,-4,-1,4,-5,-4,5,0,2 "
      "dy:2:dyadic:0.5:2:0.25"},
    {{"one_element", "exact", "FND-22", "Rows of one element.", 0},
     "block=2 x:3x1:list:-2,0.5,0 dy:3:dyadic:0.5:2:0.25"},
    {{"many_blocks", "bounded", "FND-22 DST-08",
      "23 samples in 12 blocks; the largest may be in any.", 0},
     "block=2 axis=samples x:23x3:signed:0.25:2 dy:3:signed:0.5:1.5"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"unknown_ties", "one_element", CHOICE_SET, "ties", 0, "middle", 0, "First or last."},
    {"unknown_axis", "one_element", CHOICE_SET, "axis", 0, "diagonal", 0, "There is no such axis."},
    {"unknown_extremum", "one_element", CHOICE_SET, "extremum", 0, "median", 0,
     "Largest or smallest."},
    {"upstream_short", "one_element", INPUT_SHORTER, "dy", 0, "", 0, "One row has no upstream."},
    {"no_upstream", "one_element", INPUT_GONE, "dy", 0, "", 0, "A gradient begins with one."},
};

void argmax_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
