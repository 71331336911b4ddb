// SPDX-License-Identifier: MIT
#include "recipe_cases.h"

static const struct recipe rows[] = {
    /* clang-format off */
    {{"row", "bounded", "FND-22", "A row added to all rows: its gradient is a sum over samples.",
      0}, "block=2 a:7x4:signed:0.25:2 b:1x4:signed:0.25:2 dy:7x4:signed:0.5:1.5"},
    {{"column", "bounded", "FND-22", "A column added to all columns.", 0},
      "block=2 a:5x6:signed:0.25:2 b:5x1:signed:0.25:2 dy:5x6:signed:0.5:1.5"},
    {{"scalar", "bounded", "FND-22", "One element added to all.", 0},
      "block=2 a:5x3:signed:0.25:2 b:1x1:constant:-0.75 dy:5x3:signed:0.5:1.5"},
    {{"same_shape", "bounded", "FND-22", "Nothing is repeated.", 0},
      "block=2 a:5x3:signed:0.25:2 b:5x3:signed:0.25:2 dy:5x3:signed:0.5:1.5"},
    {{"square", "bounded", "FND-22",
      "As many rows as columns: only the values tell which axis is meant.", 0},
      "block=2 a:4x4:signed:0.25:2 b:1x4:signed:0.25:2 dy:4x4:signed:0.5:1.5"},
    {{"square_column", "bounded", "FND-22", "The same with a column.", 0},
      "block=2 a:4x4:signed:0.25:2 b:4x1:signed:0.25:2 dy:4x4:signed:0.5:1.5"},
    {{"exact", "exact", "FND-22 DST-02", "Short binary fractions in seven blocks.", 0},
      "block=1 a:7x2:dyadic:-2:2:0.25 b:1x2:dyadic:-2:2:0.25 dy:7x2:dyadic:-2:2:0.25"},
    {{"one_row", "exact", "FND-22", "One row: its gradient is the upstream.", 0},
      "block=4 a:1x3:dyadic:-2:2:0.25 b:1x3:dyadic:-2:2:0.25 dy:1x3:dyadic:-2:2:0.25"},
    {{"many_blocks", "bounded", "FND-22 DST-08", "35 rows in 18 blocks.", 0},
      "block=2 a:35x2:signed:0.25:2 b:1x1:constant:0.5 dy:35x2:signed:0.5:1.5"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"columns_differ", "row", INPUT_SHORTER, "b", 0, "", 1, "Three columns fit nothing of four."},
    {"rows_differ", "column", INPUT_SHORTER, "b", 0, "", 0, "Four rows fit nothing of five."},
    {"upstream_short", "row", INPUT_SHORTER, "dy", 0, "", 0, "One row has no upstream."},
    {"no_second", "row", INPUT_GONE, "b", 0, "", 0, "A sum has two terms."},
};

void broadcast_addition_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
