// SPDX-License-Identifier: MIT
#include "elementwise_cases.h"

static const double kinks[] = {0.0, -0.0, 1.5, -1.5, 0.25, -0.25, -2.5, 3.0, -0.0, 0.0, 2.0, -3.0};
static const double wide[] = {-3000, -1000, -300,  -100, -30.5, -10.25, -2,   -0.5,
                              0.5,   2,     10.25, 30.5, 100,   300,    1000, 3000};
static const double huge[] = {-1e30, -1e25, -1e20, -1e10, 1e10, 1e20, 1e25, 1e30};
static const double tiny[] = {0.0, -0.0, 1e-30, -1e-30, 1e-10, -1e-10, 1e-4, -1e-4, 0.5, -0.25};
static const double extremes[] = {1e-30, -1e-30, 1e-25, -1e-25, 0.0, -0.5, 1e30, -1e30};

static const struct elementwise_row rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "ACT-04 ACT-11 FND-21", "Both signs and b unstated: it is 4.", 0},
     7, 5, 4, UNIFORM, -4, 4, NULL, 1, ""},
    {{"one_value", "bounded", "ACT-11", "One sample of one value: the smallest case there is.", 0},
     1, 1, 4, UNIFORM, 1, 2, NULL, 1, ""},
    {{"b_two", "bounded", "ACT-11", "b = 2: neither its square, nor its root, nor 4.", 0},
     5, 4, 2, UNIFORM, -4, 4, NULL, 1, "b=2"},
    {{"b_small", "bounded", "ACT-11", "b = 0.01: nearly the ReLU, with a sharp bend.", 0},
     5, 4, 2, UNIFORM, -1, 1, NULL, 1, "b=0.01"},
    {{"b_large", "bounded", "ACT-11", "b = 100: nearly a straight line of slope 1/2.", 0},
     5, 4, 2, UNIFORM, -4, 4, NULL, 1, "b=100"},
    {{"b_of_softplus", "bounded", "ACT-11", "b = 4 log(2)^2: the softplus' value at 0.", 0},
     5, 4, 2, UNIFORM, -4, 4, NULL, 1, "b=1.9218121"},
    {{"b_zero", "exact", "ACT-04 ACT-11", "b = 0: exactly the ReLU.", 0},
     5, 4, 2, SIGNED, 0.25, 4, NULL, 1, "b=0"},
    {{"b_zero_extremes", "exact", "ACT-04 ACT-11",
      "b = 0 and magnitudes from 1e-30 to 1e30, whose squares binary32 does not hold.", 0},
     2, 4, 1, LISTED, 0, 0, extremes, 1, "b=0"},
    {{"negative_tail", "bounded", "ACT-11",
      "Between -9000 and -1000 the value is b / 4|x|: x + r keeps two digits at most in binary32.",
       0},
     4, 9, 2, UNIFORM, -9000, -1000, NULL, 1, ""},
    {{"huge", "bounded", "ACT-11",
      "From -1e30 to 1e30, where x^2 overflows in binary32: the values alone.", 0},
     2, 4, 1, LISTED, 0, 0, huge, 0, ""},
    {{"wide_range", "bounded", "ACT-11",
      "From -3000 to 3000: nearly the ReLU, but for a tail of b / 4|x|.", 0},
     4, 4, 1, LISTED, 0, 0, wide, 1, ""},
    {{"wide_range_b", "bounded", "ACT-11", "The same range with b = 2.5.", 0},
     4, 4, 1, LISTED, 0, 0, wide, 1, "b=2.5"},
    {{"tiny_arguments", "bounded", "ACT-11",
      "Signed zeros and arguments down to 1e-30: half the root of b, and a slope of 1/2.", 0},
     2, 5, 1, LISTED, 0, 0, tiny, 1, "b=3"},
    {{"kink_unstated", "exact", "ACT-04", "b = 0 at signed zeros: the slope is 0, unstated.", 0},
     3, 4, 1, LISTED, 0, 0, kinks, 1, "b=0"},
    {{"kink_left", "exact", "ACT-04", "b = 0 at signed zeros: the slope is 0, stated.", 0},
     3, 4, 1, LISTED, 0, 0, kinks, 1, "b=0 derivative_at_zero=left"},
    {{"kink_right", "exact", "ACT-04", "b = 0 at signed zeros: the slope is 1.", 0},
     3, 4, 1, LISTED, 0, 0, kinks, 1, "b=0 derivative_at_zero=right"},
    {{"kink_mean", "exact", "ACT-04", "b = 0 at signed zeros: the slope is 1/2, as for b > 0.", 0},
     3, 4, 1, LISTED, 0, 0, kinks, 1, "b=0 derivative_at_zero=mean"},
    {{"no_kink", "bounded", "ACT-11", "Without a kink the convention for it changes nothing.", 0},
     3, 4, 1, LISTED, 0, 0, kinks, 1, "b=1.5 derivative_at_zero=right"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"b_negative", "b_two", NUMBER_SET, "b", -1, NULL, 0,
     "A negative b has no root near 0."},
    /* clang-format on */
};

void squareplus_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        elementwise_case(list, &rows[i]);
    elementwise_shapes(list, "bounded", "ACT-11 DST-08", UNIFORM, -5, 5, "b=1.5");
    elementwise_refusals(list, "derivative_at_zero", refusals, sizeof refusals / sizeof *refusals);
}
