// SPDX-License-Identifier: MIT
#include "elementwise_cases.h"

/* Bounds of the slope 1/4: -2 and 2. */
static const double bounds[] = {-2, 2, 0.5, -0.5, -3, 3, 2, -2, -1.875, 1.875, -2.125, 2.125};
static const double beside_three[] = {-3.01, 3.01, -2.99, 2.99, -2.6,  2.6,
                                      1,     -1,   0.0,   1000, -1000, 1e-10};

static const struct elementwise_row rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "ACT-01 ACT-11 FND-21",
      "Both bounds are passed, and the slope is unstated: 1/6.", 0},
     7, 5, 4, UNIFORM, -5, 5, NULL, 1, ""},
    {{"one_value", "bounded", "ACT-01", "One value near 1, where 1/6 and 0.2 give 0.67 and 0.7.",
      0},
     1, 1, 4, UNIFORM, 1, 1.25, NULL, 1, ""},
    {{"slope_of_onnx", "bounded", "ACT-01", "A slope of 0.2 as in ONNX and Keras 2.", 0},
     7, 5, 2, UNIFORM, -4, 4, NULL, 1, "slope=0.2"},
    {{"slope_half", "exact", "ACT-01", "clip((x + 1) / 2) of binary networks, exactly.", 0},
     7, 5, 2, DYADIC, -2.75, 2.75, NULL, 1, "slope=0.5 derivative_at_bounds=inside"},
    {{"offset", "bounded", "ACT-01", "An offset of 0.3: the line does not pass through 1/2.", 0},
     7, 5, 2, UNIFORM, -4, 4, NULL, 1, "slope=0.25 offset=0.3"},
    {{"inside", "bounded", "ACT-01", "Values inside only: a straight line.", 0},
     5, 6, 2, UNIFORM, -2.25, 2.25, NULL, 1, ""},
    {{"saturated", "bounded", "ACT-10 ACT-11",
      "Beside the bounds of -3 and 3, and at 1000: exactly 0 and 1, gradient exactly 0.", 0},
     3, 4, 2, LISTED, 0, 0, beside_three, 1, ""},
    {{"bounds_unstated", "exact", "ACT-11", "On the bounds of the slope 1/4 the gradient is 0.", 0},
     3, 4, 1, LISTED, 0, 0, bounds, 1, "slope=0.25"},
    {{"bounds_outside", "exact", "ACT-11", "The same, stated.", 0},
     3, 4, 1, LISTED, 0, 0, bounds, 1, "slope=0.25 derivative_at_bounds=outside"},
    {{"bounds_inside", "exact", "ACT-11", "The gradient on the bounds is the slope.", 0},
     3, 4, 1, LISTED, 0, 0, bounds, 1, "slope=0.25 derivative_at_bounds=inside"},
    {{"bounds_mean", "exact", "ACT-11", "The gradient on the bounds is half the slope.", 0},
     3, 4, 1, LISTED, 0, 0, bounds, 1, "slope=0.25 derivative_at_bounds=mean"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"slope_zero", "slope_half", NUMBER_SET, "slope", 0, NULL, 0,
     "Without a slope the bounds are nowhere."},
    {"slope_negative", "slope_half", NUMBER_SET, "slope", -0.5, NULL, 0,
     "A falling sigmoid has its bounds swapped."},
    /* clang-format on */
};

void hard_sigmoid_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        elementwise_case(list, &rows[i]);
    elementwise_shapes(list, "bounded", "ACT-01 DST-08", UNIFORM, -4, 4, "");
    elementwise_refusals(list, "derivative_at_bounds", refusals,
                         sizeof refusals / sizeof *refusals);
}
