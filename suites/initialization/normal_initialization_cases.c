// SPDX-License-Identifier: MIT
#include "initial_cases.h"

static const struct initial_row rows[] = {
    /* clang-format off */
    {{"small", "bounded", "INI-05", "Document 004 C4's 0.01 randn.", 0},
     .I = 13, .O = 7, .data = STANDARD, .settings = "standard_deviation=0.01"},
    {{"large", "bounded", "INI-04",
      "A deviation above 1, whose square is larger and whose root is smaller.", 0},
     .I = 5, .O = 9, .data = STANDARD, .settings = "standard_deviation=2.5"},
    {{"mean", "bounded", "INI-04", "A mean is added, not multiplied, and not scaled.", 0},
     .I = 7, .O = 4, .data = STANDARD, .settings = "mean=0.375 standard_deviation=0.3"},
    {{"far_mean", "bounded", "INI-04", "A mean a hundred deviations away.", 0},
     .I = 3, .O = 11, .data = STANDARD, .settings = "mean=-5 standard_deviation=0.05"},
    {{"variance", "bounded", "INI-04", "The number is a variance: its root is the factor.", 0},
     .I = 8, .O = 5, .data = STANDARD, .settings = "spread=variance variance=0.2"},
    {{"variance_and_mean", "bounded", "INI-04", "A variance above 1 and a mean.", 0},
     .I = 4, .O = 6, .data = STANDARD, .settings = "spread=variance variance=3 mean=1.25"},
    {{"convolution", "bounded", "INI-04", "A kernel: no fan enters, so the window does not matter.",
      0},
     .H = 3, .W = 2, .I = 2, .O = 5, .data = STANDARD, .settings = "standard_deviation=0.02"},
    {{"unit", "exact", "INI-04",
      "Nothing stated: the deviates themselves, as NumPy's randn gives them.", 0},
     .I = 6, .O = 5, .data = SIGNED_SIXTEENTHS, .settings = ""},
    {{"exact", "exact", "INI-04 DST-02", "Deviation 1/2 and mean 3/4 of sixteenths: no rounding.",
      0},
     .I = 9, .O = 4, .data = SIGNED_SIXTEENTHS, .settings = "standard_deviation=0.5 mean=0.75"},
    {{"exact_variance", "exact", "INI-04", "Variance 1/4: the deviation is exactly 1/2.", 0},
     .I = 5, .O = 3, .data = SIGNED_SIXTEENTHS, .settings = "spread=variance variance=0.25"},
    {{"one_weight", "bounded", "INI-04", "One weight.", 0}, .I = 1, .O = 1, .data = STANDARD,
      .settings = "mean=0.1 standard_deviation=0.7"},
    {{"drawn_small", "statistical", "INI-05",
      "Drawn by the implementation: 0.01 randn, as in document 004 C4.", 0},
     .I = 40, .O = 50, .settings = "standard_deviation=0.01", .drawn = "normal",
      .law = "normal 0 0.0099999998"},
    {{"drawn_mean", "statistical", "INI-04",
      "Drawn around a mean, the spread stated as a variance.", 0},
     .I = 64, .O = 32, .settings = "mean=3 spread=variance variance=4", .drawn = "normal",
      .law = "normal 3 2"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"deviation_zero", "small", NUMBER_SET, "standard_deviation", 0, NULL, 0,
     "All weights would be equal, and no symmetry broken."},
    {"deviation_negative", "small", NUMBER_SET, "standard_deviation", -0.01, NULL, 0,
     "No distribution has a negative deviation."},
    {"variance_negative", "variance", NUMBER_SET, "variance", -0.2, NULL, 0,
     "A negative variance has no root."},
    {"unknown_spread", "variance", CHOICE_SET, "spread", 0, "precision", 0,
     "There is no such spread."},
    {"no_deviates", "small", INPUT_GONE, "deviate", 0, NULL, 0,
     "There is nothing to make weights of."},
    {"no_inputs", "one_weight", INPUT_SHORTER, "deviate", 0, NULL, 0, "There are no weights."},
    /* clang-format on */
};

void normal_initialization_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        initial_case(list, &rows[i]);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
