// SPDX-License-Identifier: MIT
#include "recipe_cases.h"

static const struct recipe rows[] = {
    /* clang-format off */
    {{"all", "bounded", "FND-32", "All parts want their gradient.", 0},
      "block=2 x1:5x2:signed:0.25:2 x2:5x4:signed:0.25:2 x3:5x3:signed:0.25:2 "
      "dy:5x9:signed:0.5:1.5"},
    {{"without_first", "bounded", "FND-32",
      "The first part wants none: the second still begins behind it.", 0},
      "block=2 without=first x1:5x2:signed:0.25:2 x2:5x4:signed:0.25:2 x3:5x3:signed:0.25:2 "
      "dy:5x9:signed:0.5:1.5"},
    {{"without_second", "bounded", "FND-32", "The middle part wants none.", 0},
      "block=2 without=second x1:4x3:signed:0.25:2 x2:4x2:signed:0.25:2 x3:4x4:signed:0.25:2 "
      "dy:4x9:signed:0.5:1.5"},
    {{"without_third", "bounded", "FND-32", "The last part wants none.", 0},
      "block=1 without=third x1:3x3:signed:0.25:2 x2:3x2:signed:0.25:2 x3:3x1:signed:0.25:2 "
      "dy:3x6:signed:0.5:1.5"},
    {{"columns", "exact", "FND-32", "Parts of one column each.", 0},
      "block=2 x1:5x1:dyadic:-2:2:0.25 x2:5x1:dyadic:-2:2:0.25 x3:5x1:dyadic:-2:2:0.25 "
      "dy:5x3:dyadic:-2:2:0.25"},
    {{"one_row", "exact", "FND-32", "One row, where rows and columns look alike.", 0},
      "block=4 without=first x1:1x2:dyadic:-2:2:0.25 x2:1x3:dyadic:-2:2:0.25 "
      "x3:1x4:dyadic:-2:2:0.25 dy:1x9:dyadic:-2:2:0.125"},
    {{"many_blocks", "bounded", "FND-32 DST-08", "17 rows in 9 blocks.", 0},
      "block=2 without=second x1:17x1:signed:0.25:2 x2:17x2:signed:0.25:2 x3:17x1:signed:0.25:2 "
      "dy:17x4:signed:100:300"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"unknown_part", "without_first", CHOICE_SET, "without", 0, "fourth", 0,
     "There are three parts."},
    {"rows_differ", "all", INPUT_SHORTER, "x2", 0, "", 0, "Parts have the same rows."},
    {"upstream_narrow", "all", INPUT_SHORTER, "dy", 0, "", 1, "One column has no upstream."},
    {"no_third", "all", INPUT_GONE, "x3", 0, "", 0, "There are three parts."},
};

void concatenation_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
