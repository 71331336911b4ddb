// SPDX-License-Identifier: MIT
#include "elementwise_cases.h"

static const double wide[] = {-1000, -89.5, -44, -22.5, -10.25, -3,   -0.5, 0.0,
                              0.5,   3,     10,  22.5,  44,     89.5, 700,  1000};
static const double tiny[] = {0.0, -0.0, 1e-30, -1e-30, 1e-10, -1e-10, 1e-4, -1e-4, 0.5, -0.25};
static const double threshold[] = {19,    19.5, 19.75, 19.9375, 20.0625, 20.25, 20.5, 21,
                                   -20.5, 10,   -1,    1000,    25,      0.5,   15,   17};

static const struct elementwise_row rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "ACT-04 ACT-11 FND-21",
      "Both signs and no stated convention: beta is 1 and the tail smooth.", 0},
     7, 5, 4, UNIFORM, -4, 4, NULL, 1, ""},
    {{"one_value", "bounded", "ACT-11", "One sample of one value: the smallest case there is.", 0},
     1, 1, 4, UNIFORM, 1, 2, NULL, 1, ""},
    {{"beta_three", "bounded", "ACT-11", "beta = 3: closer to the ReLU, and a division by it.", 0},
     5, 4, 2, UNIFORM, -4, 4, NULL, 1, "beta=3"},
    {{"beta_small", "bounded", "ACT-11", "beta = 0.3: flatter than the ReLU by far.", 0},
     5, 4, 2, UNIFORM, -4, 4, NULL, 1, "beta=0.3"},
    {{"negative_tail", "bounded", "ACT-11",
      "Between -60 and -12 the value is e^x: log(1 + e^x) has lost it in binary64.", 0},
     4, 9, 2, UNIFORM, -60, -12, NULL, 1, ""},
    {{"wide_range", "bounded", "ACT-11",
      "From -1000 to 1000, with 22, 44 and 89: where e^x overflows, or 1 + e^x is 1.", 0},
     4, 4, 1, LISTED, 0, 0, wide, 1, ""},
    {{"wide_range_beta", "bounded", "ACT-11", "The same range with beta = 2.5.", 0},
     4, 4, 1, LISTED, 0, 0, wide, 1, "beta=2.5"},
    {{"tiny_arguments", "bounded", "ACT-11",
      "Signed zeros and arguments down to 1e-30: log 2, and a slope of 1/2.", 0},
     2, 5, 1, LISTED, 0, 0, tiny, 1, ""},
    {{"around_twenty_smooth", "bounded", "ACT-11",
      "Arguments around 20 with a smooth tail: a linear one is 2e-9 off.", 0},
     4, 4, 1, LISTED, 0, 0, threshold, 1, "tail=smooth"},
    {{"around_twenty_linear", "bounded", "ACT-11",
      "Arguments around 20 with a tail that is linear from there on, as unstated.", 0},
     4, 4, 1, LISTED, 0, 0, threshold, 1, "tail=linear"},
    {{"threshold_three", "bounded", "ACT-11",
      "A threshold of 3, where the jump is 0.05 and nobody can overlook it.", 0},
     5, 7, 2, UNIFORM, 0, 6, NULL, 1, "tail=linear threshold=3"},
    {{"threshold_of_beta_x", "bounded", "ACT-11",
      "A threshold of 3 with beta = 2: it is beta x that is compared, not x.", 0},
     5, 7, 2, UNIFORM, 0, 5, NULL, 1, "beta=2 tail=linear threshold=3"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"beta_zero", "beta_three", NUMBER_SET, "beta", 0, NULL, 0,
     "The logarithm is divided by beta."},
    {"beta_negative", "beta_three", NUMBER_SET, "beta", -1, NULL, 0,
     "A negative beta turns the function over."},
    /* clang-format on */
};

void softplus_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        elementwise_case(list, &rows[i]);
    elementwise_shapes(list, "bounded", "ACT-11 DST-08", UNIFORM, -5, 5, "beta=1.5");
    elementwise_refusals(list, "tail", refusals, sizeof refusals / sizeof *refusals);
}
