// SPDX-License-Identifier: MIT
#include "elementwise_cases.h"

static const double kinks[] = {0.0, -0.0, 1.5, -1.5, 0.25, -0.25, -2.5, 3.0, -0.0, 0.0, 2.0, -3.0};
static const double near_zero[] = {-1e-6, 1e-6, -2e-6, -1e-5, 2e-6, -3e-6, -1e-4, 1e-3, -1.5e-6};
static const double tiny[] = {-1e-30, 1e-30, -1e-10, -1e-8, 1e-8, -1e-20};
static const double saturated[] = {-1000, -500.5, -104,  -90,  -60.25, -30.5,
                                   -20,   -1.5,   -0.75, 0.25, 90,     1000};

static const struct elementwise_row rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "ACT-06 FND-21", "Both signs: both constants, forward and backward.",
      0},
     7, 5, 4, SIGNED, 0.25, 4, NULL, 1, ""},
    {{"one_value", "bounded", "ACT-06", "One negative value: the smallest case there is.", 0},
     1, 1, 4, UNIFORM, -2, -1, NULL, 1, ""},
    {{"negative", "bounded", "ACT-06",
      "Negative values only, where cut constants are 2.9e-6 off: 50 units of binary32.", 0},
     5, 6, 2, UNIFORM, -3, -0.5, NULL, 1, ""},
    {{"positive", "bounded", "ACT-06", "Positive values only: the scale alone, 9.4e-7 off if cut.",
      0},
     5, 6, 2, UNIFORM, 0.5, 3, NULL, 1, ""},
    {{"near_zero", "bounded", "ACT-06",
      "Arguments around 1e-6, where e^x - 1 by subtraction keeps one digit in binary32.", 0},
     3, 3, 1, LISTED, 0, 0, near_zero, 1, ""},
    {{"tiny_arguments", "bounded", "ACT-06",
      "Arguments down to 1e-30: the value is scale alpha x and nothing is lost.", 0},
     2, 3, 1, LISTED, 0, 0, tiny, 0, ""},
    {{"saturated", "bounded", "ACT-06 ACT-11",
      "From -1000 to 1000: -scale alpha to the left, and a slope that keeps its digits.", 0},
     4, 3, 1, LISTED, 0, 0, saturated, 1, ""},
    {{"negative_tail", "bounded", "ACT-06 ACT-11",
      "Between -25 and -5 the slope is tiny: y + scale alpha has lost it.", 0},
     4, 7, 2, UNIFORM, -25, -5, NULL, 1, ""},
    {{"kink_unstated", "bounded", "ACT-06", "At signed zeros the slope is scale alpha, unstated.",
      0},
     3, 4, 1, LISTED, 0, 0, kinks, 1, ""},
    {{"kink_left", "bounded", "ACT-06", "At signed zeros the slope is scale alpha, stated.", 0},
     3, 4, 1, LISTED, 0, 0, kinks, 1, "derivative_at_zero=left"},
    {{"kink_right", "bounded", "ACT-06", "At signed zeros the slope is the scale.", 0},
     3, 4, 1, LISTED, 0, 0, kinks, 1, "derivative_at_zero=right"},
    {{"kink_mean", "bounded", "ACT-06", "At signed zeros the slope is the mean of both.", 0},
     3, 4, 1, LISTED, 0, 0, kinks, 1, "derivative_at_zero=mean"},
    /* clang-format on */
};

void selu_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        elementwise_case(list, &rows[i]);
    elementwise_shapes(list, "bounded", "ACT-06 DST-08", SIGNED, 0.25, 4, "");
    elementwise_refusals(list, "derivative_at_zero", NULL, 0);
}
