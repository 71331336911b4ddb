// SPDX-License-Identifier: MIT
#include "elementwise_cases.h"

static const double special[] = {0.0,  -0.0, 1e-30, -1e-30,           1e-4,
                                 -1e4, 1,    -1,    8191.99951171875, -0.1};

static const struct elementwise_row rows[] = {
    /* clang-format off */
    {{"ordinary", "exact", "ACT-08 FND-21",
      "Both signs, and upstream gradients that are neither x nor ones.", 0},
     7, 5, 4, SIGNED, 0.25, 4, NULL, 1, ""},
    {{"one_value", "exact", "ACT-08", "One sample of one value: the smallest case there is.", 0},
     1, 1, 4, UNIFORM, 1, 2, NULL, 1, ""},
    {{"special_values", "exact", "ACT-08",
      "Signed zeros, 1e-30, 1e4 and all 24 bits set: nothing is rounded or lost.", 0},
     2, 5, 1, LISTED, 0, 0, special, 1, ""},
    {{"large_values", "exact", "ACT-08 ACT-11", "Values around a thousand: no saturation.", 0},
     5, 7, 2, SIGNED, 1e3, 2e3, NULL, 1, ""},
    /* clang-format on */
};

void linear_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        elementwise_case(list, &rows[i]);
    elementwise_shapes(list, "exact", "ACT-08 DST-08", SIGNED, 0.25, 4, "");
    elementwise_refusals(list, NULL, NULL, 0);
}
