// SPDX-License-Identifier: MIT
#include "elementwise_cases.h"

static const double kinks[] = {0.0, -0.0, 1.5, -1.5, 0.25, -0.25, -2.5, 3.0, -0.0, 0.0, 2.0, -3.0};
static const double wide[] = {-1e20, -1e6, -1000, -60, -30, -3, 3, 30, 60, 1000, 1e6, 1e20};

static const struct elementwise_row rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "ACT-11 FND-21",
      "Both signs and values of every size around 1.", 0},
     7, 5, 4, SIGNED, 0.125, 4, NULL, 1, ""},
    {{"one_value", "bounded", "ACT-11",
      "One negative value: the smallest case there is.", 0},
     1, 1, 4, UNIFORM, -2, -1, NULL, 1, ""},
    {{"saturated", "bounded", "ACT-11",
      "Between 100 and 5000 the slope is tiny: 1 - |y| has lost it.", 0},
     4, 7, 2, SIGNED, 100, 5000, NULL, 1, ""},
    {{"wide_range", "bounded", "ACT-11",
      "From -1e20 to 1e20: (1 + |x|)^2 overflows in binary32.", 0},
     3, 4, 1, LISTED, 0, 0, wide, 1, ""},
    {{"kink", "bounded", "ACT-11",
      "At signed zeros y is x, -0 too, and the slope 1.", 0},
     3, 4, 1, LISTED, 0, 0, kinks, 1, ""},
    {{"small", "bounded", "ACT-11",
      "Between 1e-4 and 1e-3, where y is nearly x.", 0},
     4, 5, 2, SIGNED, 1e-4, 1e-3, NULL, 1, ""},
    /* clang-format on */
};

void softsign_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        elementwise_case(list, &rows[i]);
    elementwise_shapes(list, "bounded", "ACT-11 DST-08", SIGNED, 0.125, 5, "");
    elementwise_refusals(list, NULL, NULL, 0);
}
