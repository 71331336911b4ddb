// SPDX-License-Identifier: MIT
#include "elementwise_cases.h"

static const double kinks[] = {0.0,  -0.0,  1e-30, -1e-30, 1e30,  -1e30,
                               -2.5, 0.125, -0.0,  0.0,    1e-10, -1e-10};

static const struct elementwise_row rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "ACT-05 FND-21",
      "Both signs, no stated slope: it is 0.01, unlike Keras's 0.2 and 0.3.", 0},
     7, 5, 4, SIGNED, 0.25, 4, NULL, 1, ""},
    {{"one_value", "bounded", "ACT-05", "One negative value: the smallest case there is.", 0},
     1, 1, 4, UNIFORM, -2, -1, NULL, 1, ""},
    {{"slope_of_keras", "bounded", "ACT-05",
      "A slope of 0.2, the default of Keras's function and of many GAN discriminators.", 0},
     5, 4, 2, SIGNED, 0.25, 4, NULL, 1, "slope=0.2"},
    {{"slope_of_keras_layer", "bounded", "ACT-05", "A slope of 0.3, the default of Keras's layer.",
      0},
     5, 4, 2, SIGNED, 0.25, 4, NULL, 1, "slope=0.3"},
    {{"slope_zero", "exact", "ACT-05 ACT-04", "A slope of 0: exactly the ReLU.", 0},
     5, 4, 2, SIGNED, 0.25, 4, NULL, 1, "slope=0"},
    {{"slope_one", "exact", "ACT-05 ACT-08", "A slope of 1: exactly the identity.", 0},
     5, 4, 2, SIGNED, 0.25, 4, NULL, 1, "slope=1"},
    {{"slope_negative", "exact", "ACT-05",
      "A slope of -1/2, exactly: a maximum of x and slope x is something else.", 0},
     5, 4, 2, DYADIC, -4.25, -0.25, NULL, 1, "slope=-0.5"},
    {{"slope_above_one", "exact", "ACT-05",
      "A slope of 2, where maximum(x, slope x) would take the other branch.", 0},
     5, 4, 2, SIGNED, 0.25, 4, NULL, 1, "slope=2"},
    {{"dyadic", "exact", "ACT-05", "A slope of 1/4 and short data: nothing is rounded.", 0},
     9, 5, 2, DYADIC, -6.25, -0.25, NULL, 1, "slope=0.25"},
    {{"large_values", "bounded", "ACT-05 ACT-11",
      "Values around a million: no saturation to either side.", 0},
     5, 7, 2, SIGNED, 1e6, 2e6, NULL, 1, ""},
    {{"mostly_negative", "bounded", "ACT-05 ACT-10",
      "A bias of -10 kills a ReLU; here every unit keeps a gradient.", 0},
     9, 7, 2, UNIFORM, -12, -8, NULL, 1, ""},
    {{"kink_unstated", "bounded", "ACT-05",
      "Signed zeros, +-1e-30 and +-1e30 without a stated convention: at 0 it is the slope.", 0},
     3, 4, 1, LISTED, 0, 0, kinks, 1, ""},
    {{"kink_left", "exact", "ACT-05", "The slope at 0 is that of the left, stated.", 0},
     3, 4, 1, LISTED, 0, 0, kinks, 1, "slope=0.125 derivative_at_zero=left"},
    {{"kink_right", "exact", "ACT-05", "The slope at 0 is 1, as a select on x >= 0 has it.", 0},
     3, 4, 1, LISTED, 0, 0, kinks, 1, "slope=0.125 derivative_at_zero=right"},
    {{"kink_mean", "bounded", "ACT-05",
      "The slope at 0 is half of both, as a maximum of x and slope x has it.", 0},
     3, 4, 1, LISTED, 0, 0, kinks, 1, "slope=0.25 derivative_at_zero=mean"},
    /* clang-format on */
};

void leaky_relu_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        elementwise_case(list, &rows[i]);
    elementwise_shapes(list, "bounded", "ACT-05 DST-08", SIGNED, 0.25, 4, "");
    elementwise_refusals(list, "derivative_at_zero", NULL, 0);
}
