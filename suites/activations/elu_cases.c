// SPDX-License-Identifier: MIT
#include "elementwise_cases.h"

static const double kinks[] = {0.0, -0.0, 1.5, -1.5, 0.25, -0.25, -2.5, 3.0, -0.0, 0.0, 2.0, -3.0};
static const double near_zero[] = {-1e-6, 1e-6, -2e-6, -1e-5, 2e-6, -3e-6, -1e-4, 1e-3, -1.5e-6};
static const double tiny[] = {-1e-30, 1e-30, -1e-10, -1e-8, 1e-8, -1e-20};
static const double saturated[] = {-1000, -500.5, -104,  -90,  -60.25, -30.5,
                                   -20,   -1.5,   -0.75, 0.25, 90,     1000};

static const struct elementwise_row rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "ACT-06 FND-21", "Both signs and alpha unstated: it is 1.", 0},
     7, 5, 4, SIGNED, 0.25, 4, NULL, 1, ""},
    {{"one_value", "bounded", "ACT-06", "One negative value: the smallest case there is.", 0},
     1, 1, 4, UNIFORM, -2, -1, NULL, 1, ""},
    {{"alpha_half", "bounded", "ACT-06", "An alpha of 1/2, below the kink's smooth value.", 0},
     5, 4, 2, SIGNED, 0.25, 4, NULL, 1, "alpha=0.5"},
    {{"alpha_large", "bounded", "ACT-06", "An alpha of 1.7, which the slope has too.", 0},
     5, 4, 2, SIGNED, 0.25, 4, NULL, 1, "alpha=1.7"},
    {{"alpha_zero", "exact", "ACT-06 ACT-04", "An alpha of 0: exactly the ReLU.", 0},
     5, 4, 2, SIGNED, 0.25, 4, NULL, 1, "alpha=0"},
    {{"near_zero", "bounded", "ACT-06",
      "Arguments around 1e-6, where e^x - 1 by subtraction keeps one digit in binary32.", 0},
     3, 3, 1, LISTED, 0, 0, near_zero, 1, ""},
    {{"tiny_arguments", "bounded", "ACT-06",
      "Arguments down to 1e-30: the value is alpha x and nothing is lost.", 0},
     2, 3, 1, LISTED, 0, 0, tiny, 0, "alpha=1.5"},
    {{"saturated", "bounded", "ACT-06 ACT-11",
      "From -1000 to 1000: the value is -alpha to the left, its slope keeps its digits.", 0},
     4, 3, 1, LISTED, 0, 0, saturated, 1, "alpha=0.75"},
    {{"negative_tail", "bounded", "ACT-06 ACT-11",
      "Between -25 and -5 the slope is tiny: y + alpha has lost it.", 0},
     4, 7, 2, UNIFORM, -25, -5, NULL, 1, ""},
    {{"kink_left", "bounded", "ACT-06", "At signed zeros the slope is alpha, stated.", 0},
     3, 4, 1, LISTED, 0, 0, kinks, 1, "alpha=1.5 derivative_at_zero=left"},
    {{"kink_unstated", "bounded", "ACT-06", "At signed zeros the slope is alpha, unstated.", 0},
     3, 4, 1, LISTED, 0, 0, kinks, 1, "alpha=0.5"},
    {{"kink_right", "bounded", "ACT-06", "At signed zeros the slope is 1.", 0},
     3, 4, 1, LISTED, 0, 0, kinks, 1, "alpha=1.5 derivative_at_zero=right"},
    {{"kink_mean", "bounded", "ACT-06", "At signed zeros the slope is the mean of both.", 0},
     3, 4, 1, LISTED, 0, 0, kinks, 1, "alpha=1.5 derivative_at_zero=mean"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"alpha_negative", "alpha_half", NUMBER_SET, "alpha", -0.5, NULL, 0,
     "A negative alpha bends the left side upwards."},
    /* clang-format on */
};

void elu_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        elementwise_case(list, &rows[i]);
    elementwise_shapes(list, "bounded", "ACT-06 DST-08", SIGNED, 0.25, 4, "alpha=1.25");
    elementwise_refusals(list, "derivative_at_zero", refusals, sizeof refusals / sizeof *refusals);
}
