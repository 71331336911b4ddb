// SPDX-License-Identifier: MIT
#include "recipe_cases.h"

static const struct recipe rows[] = {
    /* clang-format off */
    {{"sample", "bounded", "GRD-04 NRM-07", "Divided by C - 1, as PyTorch does.", 0},
     "block=2 x:7x5:signed:0.25:2 dy:7:signed:0.5:1.5"},
    {{"population", "bounded", "GRD-04 NRM-07", "Divided by C, as NumPy does.", 0},
     "block=2 correction=0 x:6x4:signed:0.25:2 dy:6:signed:0.5:1.5"},
    {{"constant_rows", "exact", "GRD-04",
      "Constant rows of 0, 1.5 and -3: a deviation of 0, and a gradient of 0, not NaN.", 0},
     "block=2 correction=0 x:5x4:list:0,0,0,0,1.5,1.5,1.5,1.5,2,-2,2,-2,-3,-3,-3,-3,5,3,3,5 "
      "dy:5:list:1,2,-4,0.5,8"},
    {{"zero_rows", "bounded", "GRD-04", "Rows of zeros among others, divided by C - 1.", 0},
     "block=1 x:4x4:signed:0.25:2 x@4,5,6,7,12,13,14,15=0 dy:4:signed:0.5:1.5"},
    {{"constant_smoothed", "bounded", "GRD-04",
      "Rows of zeros with an epsilon: its root, and no gradient.", 0},
     "block=2 epsilon=0.01 x:4x3:signed:0.25:2 x@3,4,5=0 dy:4:signed:0.5:1.5"},
    {{"smoothed", "bounded", "NRM-07", "An epsilon that nobody can overlook.", 0},
     "block=2 epsilon=0.5 correction=0 x:5x6:signed:0.25:2 dy:5:signed:0.5:1.5"},
    {{"offset", "bounded", "NRM-07",
      "Values near 1000: mean of squares minus square of mean loses its digits.", 0},
     "block=2 x:4x6:uniform:999:1001 dy:4:signed:0.5:1.5"},
    {{"two_values", "bounded", "NRM-07", "Rows of two values: the factor of the correction is 2.",
      0},
     "block=2 x:5x2:signed:0.25:2 dy:5:signed:0.5:1.5"},
    {{"correction_half", "bounded", "NRM-07",
      "A correction of 1.5, as for nearly unbiased deviations.", 0},
     "block=2 correction=1.5 x:3x4:signed:0.25:2 dy:3:signed:0.5:1.5"},
    {{"one_value", "exact", "GRD-04", "Rows of one value: the root of epsilon, and no gradient.",
      0},
     "block=2 correction=0 epsilon=0.25 x:5x1:dyadic:-2:2:0.25 dy:5:dyadic:-2:2:0.25"},
    {{"many_blocks", "bounded", "NRM-07 DST-08", "19 rows in 10 blocks, the last of them short.",
      0},
     "block=2 x:19x7:signed:0.25:2 dy:19:signed:100:300"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"negative_epsilon", "smoothed", NUMBER_SET, "epsilon", -0.5, "", 0,
     "The root of a negative number."},
    {"correction_of_all", "two_values", NUMBER_SET, "correction", 2, "", 0,
     "Two values minus two are divided by 0."},
    {"negative_correction", "sample", NUMBER_SET, "correction", -1, "", 0,
     "There are no more values than there are."},
    {"upstream_short", "sample", INPUT_SHORTER, "dy", 0, "", 0, "One row has no upstream."},
    {"no_upstream", "sample", INPUT_GONE, "dy", 0, "", 0, "The gradient is asked for."},
};

void standard_deviation_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
