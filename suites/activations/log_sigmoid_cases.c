// SPDX-License-Identifier: MIT
#include "elementwise_cases.h"

static const double wide[] = {-1000, -89.5, -44, -22.5, -10.25, -3, -0.5, 0.0,
                              0.5,   3,     10,  22.5,  44,     80, 700,  1000};
static const double tiny[] = {0.0, -0.0, 1e-30, -1e-30, 1e-10, -1e-10, 1e-4, -1e-4, 0.5, -0.25};

static const struct elementwise_row rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "ACT-01 FND-21",
      "Both signs around 0.", 0},
     7, 5, 4, UNIFORM, -4, 4, NULL, 1, ""},
    {{"one_value", "bounded", "ACT-01",
      "One sample of one value: the smallest case there is.", 0},
     1, 1, 4, UNIFORM, 1, 2, NULL, 1, ""},
    {{"right_tail", "bounded", "ACT-11",
      "Between 12 and 60 the value is -e^-x: log(s) has lost it.", 0},
     4, 9, 2, UNIFORM, 12, 60, NULL, 1, ""},
    {{"left_tail", "bounded", "ACT-11",
      "Between -60 and -12 the value is x and the slope 1.", 0},
     4, 5, 2, UNIFORM, -60, -12, NULL, 1, ""},
    {{"wide_range", "bounded", "ACT-11",
      "From -1000 to 1000: where e^-x overflows, or 1 + e^-x is 1.", 0},
     4, 4, 1, LISTED, 0, 0, wide, 1, ""},
    {{"tiny_arguments", "bounded", "ACT-01",
      "Signed zeros and arguments down to 1e-30: -log 2 and a slope of 1/2.", 0},
     2, 5, 1, LISTED, 0, 0, tiny, 1, ""},
    /* clang-format on */
};

void log_sigmoid_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        elementwise_case(list, &rows[i]);
    elementwise_shapes(list, "bounded", "ACT-01 DST-08", UNIFORM, -5, 5, "");
    elementwise_refusals(list, NULL, NULL, 0);
}
