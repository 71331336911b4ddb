// SPDX-License-Identifier: MIT
#include "elementwise_cases.h"

static const double wide[] = {-1000, -89.5, -44, -22.5, -10.25, -3, -0.5,   -700,
                              0.5,   3,     10,  22.5,  44,     80, -89.75, 1000};
static const double tiny[] = {0.01, -0.02, 1e-3, -1e-3, 2e-3, -3e-3, 1e-4, -1e-4, 5e-3, -0.025};

static const struct elementwise_row rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "ACT-03 FND-21",
      "Both signs around 0.", 0},
     7, 5, 4, SIGNED, 0.25, 4, NULL, 1, ""},
    {{"one_value", "bounded", "ACT-03",
      "One sample of one value: the smallest case there is.", 0},
     1, 1, 4, UNIFORM, 1, 2, NULL, 1, ""},
    {{"small", "bounded", "ACT-03",
      "Between 0.01 and 0.1 y cancels, and the slope x^2 must not.", 0},
     4, 5, 2, SIGNED, 0.01, 0.1, NULL, 1, ""},
    {{"tiny_arguments", "bounded", "ACT-03",
      "Down to 1e-4, where a slope of 1 - 1 / cosh^2 is 0 in binary32.", 0},
     2, 5, 1, LISTED, 0, 0, tiny, 1, ""},
    {{"saturated", "bounded", "ACT-11",
      "Between 8 and 30 y is x - 1 or x + 1.", 0},
     4, 5, 2, SIGNED, 8, 30, NULL, 1, ""},
    {{"wide_range", "bounded", "ACT-11",
      "From -1000 to 1000: no e^x that overflows.", 0},
     4, 4, 1, LISTED, 0, 0, wide, 1, ""},
    /* clang-format on */
};

void tanh_shrink_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        elementwise_case(list, &rows[i]);
    elementwise_shapes(list, "bounded", "ACT-03 DST-08", SIGNED, 0.25, 5, "");
    elementwise_refusals(list, NULL, NULL, 0);
}
