// SPDX-License-Identifier: MIT
#include "elementwise_cases.h"

static const double wide[] = {-1000, -89.5, -44, -22.5, -10.25, -3, -0.5, -700,
                              0.5,   3,     10,  22.5,  44,     80, 88,   1000};
static const double tiny[] = {1e-5, -1e-5, 1e-30, -1e-30, 1e-10, -1e-10, 1e-4, -1e-4, 0.5, -0.25};

static const struct elementwise_row rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "ACT-04 FND-21",
      "Both signs around 0.", 0},
     7, 5, 4, UNIFORM, -4, 4, NULL, 1, ""},
    {{"one_value", "bounded", "ACT-04",
      "One sample of one value: the smallest case there is.", 0},
     1, 1, 4, UNIFORM, 1, 2, NULL, 1, ""},
    {{"negative_tail", "bounded", "ACT-11",
      "Between -60 and -12 y is x e^x: log(1 + e^x) has lost it.", 0},
     4, 9, 2, UNIFORM, -60, -12, NULL, 1, ""},
    {{"positive_tail", "bounded", "ACT-11",
      "Between 3 and 12 y is a little less than x.", 0},
     4, 5, 2, UNIFORM, 3, 12, NULL, 1, ""},
    {{"wide_range", "bounded", "ACT-11",
      "From -1000 to 1000, with 22, 44 and 88: where e^x or its square overflows.", 0},
     4, 4, 1, LISTED, 0, 0, wide, 1, ""},
    {{"tiny_arguments", "bounded", "ACT-04",
      "Arguments down to 1e-30: y is 0.6 x.", 0},
     2, 5, 1, LISTED, 0, 0, tiny, 1, ""},
    /* clang-format on */
};

void mish_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        elementwise_case(list, &rows[i]);
    elementwise_shapes(list, "bounded", "ACT-04 DST-08", UNIFORM, -5, 5, "");
    elementwise_refusals(list, NULL, NULL, 0);
}
