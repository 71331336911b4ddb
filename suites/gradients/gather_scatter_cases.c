// SPDX-License-Identifier: MIT
#include "recipe_cases.h"

static const struct recipe rows[] = {
    /* clang-format off */
    {{"gather", "bounded", "FND-22", "Gathered with duplicates: gradients add up.", 0},
     "block=2 x:3x2:signed:0.25:2 index:5x2:whole:0,2,0,1,2,2,0,2,2,0 dy:5x2:signed:0.5:1.5"},
    {{"gather_distinct", "exact", "FND-22", "Each place once, some never: values are moved.", 0},
     "block=2 x:5x2:dyadic:-2:2:0.25 index:3x2:whole:4,0,1,3,2,1 dy:3x2:dyadic:-2:2:0.25"},
    {{"gather_blocks", "bounded", "FND-22 DST-08",
      "19 elements in 10 blocks go back to two places.", 0},
     "block=2 x:2x1:signed:0.25:2 index:19x1:whole:0,1,1,0,1,1,1,0,0,1,1,0,1,0,0,0,1,1,1 "
      "dy:19x1:signed:0.5:1.5"},
    {{"add", "bounded", "FND-22", "Scattered with duplicates: values add up onto the start.", 0},
     "operation=add block=2 start:4x2:signed:0.25:2 x:6x2:signed:0.25:2 "
      "index:6x2:whole:0,2,0,1,2,2,0,2,2,0,2,2 dy:4x2:signed:0.5:1.5"},
    {{"add_blocks", "bounded", "DST-08", "Duplicates in 9 blocks, with values that cancel.", 0},
     "operation=add block=2 start:3x1:signed:0.25:2 x:17x1:signed:100:300 "
      "index:17x1:whole:0,1,2,0,0,1,1,2,0,0,1,0,1,2,2,0,1 dy:3x1:signed:0.5:1.5"},
    {{"add_exact", "exact", "DST-02", "Short binary fractions: exact in any order.", 0},
     "operation=add block=2 start:3x2:dyadic:-2:2:0.25 x:5x2:dyadic:-2:2:0.25 "
      "index:5x2:whole:0,1,0,1,2,1,0,0,0,1 dy:3x2:dyadic:-2:2:0.25"},
    {{"set", "exact", "FND-22", "Of duplicates the last one stands, and alone has a gradient.", 0},
     "operation=set block=2 start:4x2:dyadic:-2:2:0.25 x:6x2:dyadic:0.5:2:0.0625 "
      "index:6x2:whole:0,2,0,1,2,2,0,2,2,0,0,2 dy:4x2:dyadic:0.5:2:0.25"},
    {{"set_blocks", "exact", "DST-08", "The last of duplicates in different blocks.", 0},
     "operation=set block=1 start:2x1:list:0.5,-1 x:7x1:list:1,2,3,4,5,6,7 "
      "index:7x1:whole:1,0,0,1,0,1,1 dy:2x1:list:1.5,-2"},
    {{"mean", "bounded", "FND-22",
      "Means of one to four elements; the start stands where none goes.", 0},
     "operation=mean block=2 start:4x2:signed:0.25:2 x:6x2:signed:0.25:2 "
      "index:6x2:whole:0,2,0,1,2,2,0,2,2,0,2,2 dy:4x2:signed:0.5:1.5"},
    {{"mean_self", "bounded", "FND-22", "The start is one of the elements of the mean.", 0},
     "operation=mean self=1 block=2 start:4x2:signed:0.25:2 x:5x2:signed:0.25:2 "
      "index:5x2:whole:0,2,0,1,2,2,0,2,2,0 dy:4x2:signed:0.5:1.5"},
    {{"largest", "bounded", "FND-22", "The largest of each place, below its start.", 0},
     "operation=largest block=2 start:3x2:uniform:3:4 x:6x2:signed:0.25:2 "
      "index:6x2:whole:0,2,0,1,2,2,0,2,2,0,2,2 dy:3x2:signed:0.5:1.5"},
    {{"largest_self", "bounded", "FND-22",
      "A start that is the largest keeps its place and the gradient.", 0},
     "operation=largest self=1 block=2 start:3x2:signed:0.25:2 start@0=5 start@2=-5 "
      "x:5x2:signed:0.25:2 index:5x2:whole:0,2,0,1,1,2,1,2,1,0 dy:3x2:signed:0.5:1.5"},
    {{"largest_ties", "bounded", "FND-22",
      "Two are the largest and share the gradient evenly, in two blocks.", 0},
     "operation=largest block=1 start:2x2:signed:0.25:2 x:5x2:uniform:-2:-1 x@0,6,3,5=0 "
      "index:5x2:whole:0,1,1,1,1,1,0,0,0,1 dy:2x2:signed:0.5:1.5"},
    {{"largest_tie_with_start", "bounded", "FND-22",
      "An element equals the start: they share the gradient.", 0},
     "operation=largest self=1 block=1 start:2x1:list:0,1 x:3x1:list:-1,0,-2 index:3x1:whole:0,0,1 "
      "dy:2x1:list:1.5,-0.75"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"index_beyond", "largest_tie_with_start", ELEMENT_SET, "index", 2, "", 1,
     "There are places 0 and 1."},
    {"index_negative", "gather_distinct", ELEMENT_SET, "index", -1, "", 2, "There is no place -1."},
    {"unknown_operation", "largest_tie_with_start", CHOICE_SET, "operation", 0, "median", 0,
     "There is no such way to join."},
    {"self_twice", "largest_tie_with_start", NUMBER_SET, "self", 2, "", 0,
     "The start counts once or not."},
    {"upstream_short", "set_blocks", INPUT_SHORTER, "dy", 0, "", 0, "One place has no upstream."},
    {"no_start", "set_blocks", INPUT_GONE, "start", 0, "", 0, "Scattering needs somewhere to go."},
};

void gather_scatter_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
