// SPDX-License-Identifier: MIT
#include "elementwise_cases.h"

static const double bounds[] = {-1, 1, 0.5, -0.5, -2, 2, 1, -1, -0.999, 0.999, -1.001, 1.001};
static const double bounds_of_six[] = {0.0, -0.0, 6,    3,      -2.5,   7.5,
                                       6,   0.0,  1e-6, 5.9375, 6.0625, -1e-6};

static const struct elementwise_row rows[] = {
    /* clang-format off */
    {{"ordinary", "exact", "ACT-11 FND-21",
      "Values on both sides of both bounds, which are -1 and 1 when unstated.", 0},
     7, 5, 4, UNIFORM, -2.5, 2.5, NULL, 1, ""},
    {{"one_value", "exact", "ACT-11", "One value inside: the smallest case there is.", 0},
     1, 1, 4, UNIFORM, 0.25, 0.75, NULL, 1, ""},
    {{"relu6", "exact", "ACT-04 ACT-11", "min = 0, max = 6: ReLU6, with values beyond both.", 0},
     7, 5, 2, UNIFORM, -3, 9, NULL, 1, "min=0 max=6"},
    {{"positive_interval", "exact", "ACT-11",
      "Bounds of 1.5 and 2.5, neither symmetric nor around 0.",
      0},
     5, 6, 2, UNIFORM, 0, 4, NULL, 1, "min=1.5 max=2.5"},
    {{"all_saturated", "exact", "ACT-10 ACT-11",
      "All far outside: y is a bound and the gradient exactly 0.", 0},
     4, 5, 2, SIGNED, 10, 1000, NULL, 1, ""},
    {{"bounds_unstated", "exact", "ACT-11",
      "Values on the bounds, and 1e-3 beside them: by default the gradient there is 0.", 0},
     3, 4, 1, LISTED, 0, 0, bounds, 1, ""},
    {{"bounds_outside", "exact", "ACT-11", "The same with a gradient of 0 on the bounds, stated.",
      0},
     3, 4, 1, LISTED, 0, 0, bounds, 1, "derivative_at_bounds=outside"},
    {{"bounds_inside", "exact", "ACT-11", "The same with a gradient of 1, as clamp has it.", 0},
     3, 4, 1, LISTED, 0, 0, bounds, 1, "derivative_at_bounds=inside"},
    {{"bounds_mean", "exact", "ACT-11", "The same with 1/2, as minimum and maximum have it.", 0},
     3, 4, 1, LISTED, 0, 0, bounds, 1, "derivative_at_bounds=mean"},
    {{"relu6_bounds", "exact", "ACT-04 ACT-11", "ReLU6 at signed zeros and at 6: gradient 0.", 0},
     3, 4, 1, LISTED, 0, 0, bounds_of_six, 1, "min=0 max=6"},
    {{"relu6_bounds_mean", "exact", "ACT-04 ACT-11", "ReLU6 at signed zeros and at 6, with 1/2.",
      0},
     3, 4, 1, LISTED, 0, 0, bounds_of_six, 1, "min=0 max=6 derivative_at_bounds=mean"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"empty_interval", "ordinary", NUMBER_SET, "min", 1, NULL, 0,
     "The bounds are equal, 1 being the unstated upper one."},
    {"bounds_swapped", "relu6", NUMBER_SET, "min", 7, NULL, 0,
     "The lower bound is above the upper one."},
    /* clang-format on */
};

void hard_tanh_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        elementwise_case(list, &rows[i]);
    elementwise_shapes(list, "exact", "ACT-11 DST-08", UNIFORM, -2, 2, "min=-0.75 max=1.25");
    elementwise_refusals(list, "derivative_at_bounds", refusals,
                         sizeof refusals / sizeof *refusals);
}
