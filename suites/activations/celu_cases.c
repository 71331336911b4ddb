// SPDX-License-Identifier: MIT
#include "elementwise_cases.h"

static const double kinks[] = {0.0, -0.0, 1.5, -1.5, 0.25, -0.25, -2.5, 3.0, -0.0, 0.0, 2.0, -3.0};
static const double near_zero[] = {-1e-6, 1e-6, -2e-6, -1e-5, 2e-6, -3e-6, -1e-4, 1e-3, -1.5e-6};
static const double tiny[] = {-1e-30, 1e-30, -1e-10, -0.75, 1e-8, -1e-20};
static const double saturated[] = {-1000, -500.5, -104,  -90,  -60.25, -30.5,
                                   -20,   -1.5,   -0.75, 0.25, 90,     1000};

static const struct elementwise_row rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "ACT-06 FND-21",
      "Both signs and alpha unstated: it is 1.", 0},
     7, 5, 4, SIGNED, 0.25, 4, NULL, 1, ""},
    {{"one_value", "bounded", "ACT-06",
      "One negative value: the smallest case there is.", 0},
     1, 1, 4, UNIFORM, -2, -1, NULL, 1, "alpha=1.5"},
    {{"alpha_half", "bounded", "ACT-06",
      "An alpha of 1/2: x is divided by it and y multiplied.", 0},
     5, 4, 2, SIGNED, 0.25, 2, NULL, 1, "alpha=0.5"},
    {{"alpha_large", "bounded", "ACT-06",
      "An alpha of 1.7.", 0},
     5, 4, 2, SIGNED, 0.25, 4, NULL, 1, "alpha=1.7"},
    {{"near_zero", "bounded", "ACT-06",
      "Arguments around 1e-6, where e^x - 1 by subtraction keeps one digit in binary32.", 0},
     3, 3, 1, LISTED, 0, 0, near_zero, 1, ""},
    {{"tiny_arguments", "bounded", "ACT-06",
      "Arguments down to 1e-30 beside an ordinary one: y is x there, whatever alpha is.", 0},
     2, 3, 1, LISTED, 0, 0, tiny, 0, "alpha=1.5"},
    {{"saturated", "bounded", "ACT-06 ACT-11",
      "From -1000 to 1000: y is -alpha to the left.", 0},
     4, 3, 1, LISTED, 0, 0, saturated, 1, "alpha=0.75"},
    {{"negative_tail", "bounded", "ACT-06 ACT-11",
      "Between -25 and -5 the slope is tiny: y / alpha + 1 has lost it.", 0},
     4, 7, 2, UNIFORM, -25, -5, NULL, 1, "alpha=1.25"},
    {{"kink", "bounded", "ACT-06",
      "At signed zeros y is 0 and the slope 1, whatever alpha is.", 0},
     3, 4, 1, LISTED, 0, 0, kinks, 1, "alpha=1.5"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
        {"alpha_zero", "alpha_half", NUMBER_SET, "alpha", 0, NULL, 0, "x is divided by alpha."},
        {"alpha_negative", "alpha_half", NUMBER_SET, "alpha", -0.5, NULL, 0,
         "A negative alpha grows without bound to the left."},
    /* clang-format on */
};

void celu_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        elementwise_case(list, &rows[i]);
    elementwise_shapes(list, "bounded", "ACT-06 DST-08", SIGNED, 0.25, 4, "alpha=1.25");
    elementwise_refusals(list, NULL, refusals, sizeof refusals / sizeof *refusals);
}
