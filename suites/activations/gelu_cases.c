// SPDX-License-Identifier: MIT
#include "elementwise_cases.h"

static const double wide[] = {-1000, -100, -40, -20, -13, -7,  -3,  -0.5,
                              0.5,   3,    7,   13,  20,  100, 700, 1000};
static const double tiny[] = {0.0, -0.0, 1e-30, -1e-30, 1e-10, -1e-10, 1e-4, -1e-4, 0.5, -0.25};
static const double minimum[] = {-0.75, -0.7501, -0.752, -0.7525, -0.7515, -0.76,
                                 -0.74, -0.7,    -0.8,   -0.753,  -0.755,  -0.77};

static const struct elementwise_row rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "ACT-04 FND-21",
      "Both signs and no stated convention, right of -5/4, where 1 + erf loses nothing yet.", 0},
     7, 5, 4, UNIFORM, -1.25, 4, NULL, 1, ""},
    {{"one_value", "bounded", "ACT-04", "One sample of one value: the smallest case there is.", 0},
     1, 1, 4, UNIFORM, 1, 2, NULL, 1, ""},
    {{"exact", "bounded", "ACT-04", "The exact form, stated.", 0},
     6, 4, 2, UNIFORM, -1.25, 3, NULL, 1, "approximation=none"},
    {{"by_tanh", "bounded", "ACT-04", "The form with tanh: 5e-4 away from the exact one.", 0},
     6, 4, 2, UNIFORM, -1.25, 3, NULL, 1, "approximation=tanh"},
    {{"by_sigmoid", "bounded", "ACT-04", "The quick form: up to 0.02 away from the exact one.", 0},
     6, 4, 2, UNIFORM, -1.25, 3, NULL, 1, "approximation=sigmoid"},
    {{"between_forms", "bounded", "ACT-04", "From 2 to 2.6: the quick form is furthest off.", 0},
     4, 5, 2, UNIFORM, 2, 2.6, NULL, 1, ""},
    {{"left_of_minus_two", "bounded", "ACT-04 ACT-11",
      "Between -4 and -2 the three forms differ in the first digits.", 0},
     4, 5, 2, UNIFORM, -4, -2, NULL, 1, ""},
    {{"tail", "bounded", "ACT-11",
      "Between -9 and -5, where 1 + erf has lost its digits and erfc has not.", 0},
     4, 5, 2, UNIFORM, -9, -5, NULL, 1, "approximation=none"},
    {{"tail_by_tanh", "bounded", "ACT-11",
      "Between -6 and -4.5, where 1 + tanh has lost its digits and the logistic form has not.", 0},
     4, 5, 2, UNIFORM, -6, -4.5, NULL, 1, "approximation=tanh"},
    {{"tail_by_sigmoid", "bounded", "ACT-11", "Between -40 and -12 the quick form is x e^1.702x.",
      0},
     4, 5, 2, UNIFORM, -40, -12, NULL, 1, "approximation=sigmoid"},
    {{"wide_range", "bounded", "ACT-11", "From -1000 to 1000: exactly 0 or x far out, never NaN.",
      0},
     4, 4, 1, LISTED, 0, 0, wide, 1, ""},
    {{"wide_range_by_tanh", "bounded", "ACT-11", "The same with tanh, whose cube is a billion.", 0},
     4, 4, 1, LISTED, 0, 0, wide, 1, "approximation=tanh"},
    {{"wide_range_by_sigmoid", "bounded", "ACT-11", "The same with the quick form.", 0},
     4, 4, 1, LISTED, 0, 0, wide, 1, "approximation=sigmoid"},
    {{"tiny_arguments", "bounded", "ACT-04", "Signed zeros and 1e-30: half of x, a slope of 1/2.",
      0},
     2, 5, 1, LISTED, 0, 0, tiny, 1, ""},
    {{"at_minimum", "bounded", "ACT-04", "Around the minimum at -0.7518, where the slope cancels.",
      0},
     3, 4, 1, LISTED, 0, 0, minimum, 1, ""},
    /* clang-format on */
};

void gelu_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        elementwise_case(list, &rows[i]);
    elementwise_shapes(list, "bounded", "ACT-04 DST-08", UNIFORM, -1.25, 3, "approximation=tanh");
    elementwise_refusals(list, "approximation", NULL, 0);
}
