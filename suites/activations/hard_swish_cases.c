// SPDX-License-Identifier: MIT
#include "elementwise_cases.h"

/* Points at which nothing is rounded. */
static const double bounds[] = {-3, 3, 0.75, -0.75, -4, 4, 3, -3, 2.25, -1.5, -3.125, 3.125};
static const double special[] = {0.0, -0.0, -1.5, -1.4375, 1e-5, -1e-5, -2.9375, 1e6, -1e6, 1.5};

static const struct elementwise_row rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "ACT-01 ACT-04 FND-21", "Values on both sides of both bounds.", 0},
     7, 5, 4, UNIFORM, -5, 5, NULL, 1, ""},
    {{"one_value", "bounded", "ACT-01", "One value inside: the smallest case there is.", 0},
     1, 1, 4, UNIFORM, 1, 2, NULL, 1, ""},
    {{"inside", "bounded", "ACT-01", "Values inside only: a parabola, with its minimum at -3/2.",
      0},
     5, 6, 2, UNIFORM, -2.75, 2.75, NULL, 1, ""},
    {{"outside", "bounded", "ACT-08 ACT-10 ACT-11",
      "Values below -3 and above 3: exactly 0 and x, with gradients of exactly 0 and dy.", 0},
     7, 5, 2, SIGNED, 3.5, 20, NULL, 1, ""},
    {{"special_points", "bounded", "ACT-01",
      "Signed zeros, the minimum, and values of a million on both sides.", 0},
     2, 5, 1, LISTED, 0, 0, special, 1, ""},
    {{"bounds_unstated", "exact", "ACT-11", "On -3 and 3 the gradient is 0 and 1.", 0},
     3, 4, 1, LISTED, 0, 0, bounds, 1, ""},
    {{"bounds_outside", "exact", "ACT-11", "The same, stated.", 0},
     3, 4, 1, LISTED, 0, 0, bounds, 1, "derivative_at_bounds=outside"},
    {{"bounds_inside", "exact", "ACT-11", "The gradient on the bounds is -1/2 and 3/2.", 0},
     3, 4, 1, LISTED, 0, 0, bounds, 1, "derivative_at_bounds=inside"},
    {{"bounds_mean", "exact", "ACT-11", "The gradient on the bounds is -1/4 and 5/4.", 0},
     3, 4, 1, LISTED, 0, 0, bounds, 1, "derivative_at_bounds=mean"},
    /* clang-format on */
};

void hard_swish_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        elementwise_case(list, &rows[i]);
    elementwise_shapes(list, "bounded", "ACT-01 DST-08", UNIFORM, -4, 4, "");
    elementwise_refusals(list, "derivative_at_bounds", NULL, 0);
}
