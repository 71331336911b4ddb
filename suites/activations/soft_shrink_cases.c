// SPDX-License-Identifier: MIT
#include "elementwise_cases.h"

static const double bounds[] = {0.5, -0.5, 0.25,   -0.25,   1,   -1,
                                0.5, -0.5, 0.4375, -0.5625, 0.0, -0.0};

static const struct elementwise_row rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "ACT-04 FND-21",
      "Values on both sides of both thresholds, 0.5 and -0.5 when unstated.", 0},
     7, 5, 4, UNIFORM, -1.5, 1.5, NULL, 1, ""},
    {{"one_value", "bounded", "ACT-04",
      "One value that moves: the smallest case there is.", 0},
     1, 1, 4, UNIFORM, 1, 2, NULL, 1, ""},
    {{"lambda_large", "bounded", "ACT-04",
      "A threshold of 1.75.", 0},
     5, 6, 2, UNIFORM, -4, 4, NULL, 1, "lambda=1.75"},
    {{"lambda_small", "bounded", "ACT-04",
      "A threshold of 1/8.", 0},
     5, 6, 2, UNIFORM, -0.5, 0.5, NULL, 1, "lambda=0.125"},
    {{"lambda_zero", "exact", "ACT-04",
      "A threshold of 0: nothing changes.", 0},
     5, 4, 2, SIGNED, 0.125, 3, NULL, 1, "lambda=0"},
    {{"mostly_zero", "exact", "ACT-10",
      "Nearly all inside, where y and the gradient are exactly 0.", 0},
     4, 5, 2, UNIFORM, -0.65, 0.65, NULL, 1, ""},
    {{"thresholds_unstated", "exact", "ACT-04",
      "Values on the thresholds: by default the gradient there is 0.", 0},
     3, 4, 1, LISTED, 0, 0, bounds, 1, ""},
    {{"thresholds_zero", "exact", "ACT-04",
      "The same, stated.", 0},
     3, 4, 1, LISTED, 0, 0, bounds, 1, "derivative_at_threshold=zero"},
    {{"thresholds_one", "exact", "ACT-04",
      "The same with a derivative of 1.", 0},
     3, 4, 1, LISTED, 0, 0, bounds, 1, "derivative_at_threshold=one"},
    {{"thresholds_mean", "exact", "ACT-04",
      "The same with a derivative of 1/2.", 0},
     3, 4, 1, LISTED, 0, 0, bounds, 1, "derivative_at_threshold=mean"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
        {"lambda_negative", "lambda_large", NUMBER_SET, "lambda", -0.25, NULL, 0,
         "A negative threshold is a mistake, not a way to keep everything."},
    /* clang-format on */
};

void soft_shrink_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        elementwise_case(list, &rows[i]);
    elementwise_shapes(list, "bounded", "ACT-04 DST-08", UNIFORM, -2, 2, "lambda=0.75");
    elementwise_refusals(list, "derivative_at_threshold", refusals,
                         sizeof refusals / sizeof *refusals);
}
