// SPDX-License-Identifier: MIT
#include "recipe_cases.h"

static const struct recipe rows[] = {
    /* clang-format off */
    {{"square", "bounded", "FND-22", "Square matrices.", 0},
      "block=2 x:4x3x3:signed:0.25:2 dy:4:signed:0.5:1.5"},
    {{"tall", "bounded", "FND-22", "Five rows, three columns: two rows have no gradient.", 0},
      "block=2 x:3x5x3:signed:0.25:2 dy:3:signed:0.5:1.5"},
    {{"wide", "bounded", "FND-22", "Three rows, five columns.", 0},
      "block=2 x:3x3x5:signed:0.25:2 dy:3:signed:0.5:1.5"},
    {{"right", "bounded", "FND-22", "A diagonal one to the right of a tall matrix.", 0},
      "block=2 offset=1 x:3x5x3:signed:0.25:2 dy:3:signed:0.5:1.5"},
    {{"under", "bounded", "FND-22", "A diagonal two under the main one of a tall matrix.", 0},
      "block=2 offset=-2 x:3x6x3:signed:0.25:2 dy:3:signed:0.5:1.5"},
    {{"corner", "exact", "FND-22", "The last diagonal: one element, exact.", 0},
      "block=1 offset=-3 x:3x4x2:dyadic:-2:2:0.25 dy:3:dyadic:0.5:2:0.5"},
    {{"one_column", "exact", "FND-22", "One column: its first element.", 0},
      "block=2 x:5x4x1:dyadic:0.25:2:0.25 dy:5:dyadic:0.5:2:0.5"},
    {{"long", "bounded", "FND-22", "A diagonal of 11.", 0},
      "block=1 x:1x11x12:signed:0.25:2 dy:1:constant:-3"},
    {{"many_blocks", "bounded", "FND-22 DST-08", "19 matrices in 10 blocks.", 0},
      "block=2 x:19x3x2:signed:0.25:2 dy:19:signed:100:300"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"offset_beyond", "right", NUMBER_SET, "offset", 3, "", 0, "There is no such diagonal."},
    {"offset_far_under", "under", NUMBER_SET, "offset", -6, "", 0, "There is no such diagonal."},
    {"half_offset", "right", NUMBER_SET, "offset", 0.5, "", 0, "Diagonals are whole."},
    {"upstream_short", "tall", INPUT_SHORTER, "dy", 0, "", 0, "One matrix has no upstream."},
};

void trace_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
