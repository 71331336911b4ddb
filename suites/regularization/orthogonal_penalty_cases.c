// SPDX-License-Identifier: MIT
#include "../gradients/recipe_cases.h"

#define TALL "block=2 w:5x3:signed:0.2:1.2 dpenalty::constant:1 lambda=0.3 "
#define WIDE "block=1 w:2x4:signed:0.2:1.2 dpenalty::constant:1 lambda=0.3 "

static const struct recipe rows[] = {
    /* clang-format off */
    {{"columns", "bounded", "REG-01", "Three columns of five: they can become orthonormal.", 0},
      TALL},
    {{"rows", "bounded", "REG-01", "Five rows of three: they cannot.", 0}, TALL "sides=rows"},
    {{"both", "bounded", "REG-01", "Both sides at once.", 0}, TALL "sides=both"},
    {{"wide_columns", "bounded", "REG-01", "More columns than rows.", 0}, WIDE},
    {{"wide_rows", "bounded", "REG-01", "Two rows of four: these can.", 0}, WIDE "sides=rows"},
    {{"off_diagonal", "bounded", "REG-01", "Lengths are free, only angles count.", 0},
      TALL "diagonal=excluded"},
    {{"off_diagonal_both", "bounded", "REG-01", "The same on both sides, with a half.", 0},
      WIDE "diagonal=excluded sides=both half=yes"},
    {{"with_half", "bounded", "REG-01", "Half of the squares.", 0}, TALL "half=yes"},
    {{"upstream", "bounded", "REG-01", "The penalty enters the loss with the factor -1.75.", 0},
     "block=2 w:3x4:signed:0.2:1.2 dpenalty::constant:-1.75 lambda=0.2 sides=both"},
    {{"one_column", "bounded", "REG-01", "A vector is pulled to the length 1.", 0},
     "block=1 w:3x1:list:1.5,-0.7,0.4 dpenalty::constant:1 lambda=0.5"},
    {{"nearly_orthonormal", "bounded", "REG-01",
      "A rotation rounded to 3 digits: what is left of w'w - 1 is small.", 0},
     "block=1 w:2x2:list:0.8009765625,-0.599609375,0.599609375,0.8009765625 dpenalty::constant:1 "
      "lambda=2"},
    {{"many_blocks", "bounded", "REG-01 DST-08", "11 rows in 6 blocks, the last of them short.", 0},
     "block=2 w:11x2:signed:0.2:1.2 dpenalty::constant:0.75 lambda=0.1 sides=both"},
    {{"exact", "exact", "REG-01", "Whole numbers: no rounding in any order.", 0},
     "block=2 w:5x2:dyadic:-2:2:1 dpenalty::constant:1 lambda=0.25 sides=both"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"lambda_negative", "one_column", NUMBER_SET, "lambda", -0.5, "", 0,
     "It would reward parallel columns."},
    {"lambda_gone", "one_column", NUMBER_GONE, "lambda", 0, "", 0, "There is no usual strength."},
    {"sides_unknown", "one_column", CHOICE_SET, "sides", 0, "left", 0, "Left of what?"},
    {"diagonal_unknown", "one_column", CHOICE_SET, "diagonal", 0, "some", 0,
     "Whether lengths count must not depend on a spelling."},
    {"half_unknown", "one_column", CHOICE_SET, "half", 0, "maybe", 0, "A factor of 2."},
    {"matrix_gone", "one_column", INPUT_GONE, "w", 0, "", 0, "There is nothing to penalise."},
};

void orthogonal_penalty_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
