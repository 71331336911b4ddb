// SPDX-License-Identifier: MIT
#include "initial_cases.h"

static const struct initial_row rows[] = {
    /* clang-format off */
    {{"default", "bounded", "INI-03",
      "Document 001's simplest method: [-1, 1) when nothing is stated, so the width is 2.", 0},
     .I = 13, .O = 5, .data = UNIT, .settings = ""},
    {{"stated", "bounded", "INI-04",
      "A range that is not symmetric: mean and width are both needed.", 0},
     .I = 4, .O = 9, .data = UNIT, .settings = "low=-0.25 high=0.75"},
    {{"far_from_zero", "bounded", "INI-04",
      "A narrow range around 3: a value scaled about 0 leaves it.", 0},
     .I = 7, .O = 4, .data = UNIT, .settings = "low=2.875 high=3.0625"},
    {{"limit", "bounded", "INI-04", "Keras's RandomUniform: half width 0.05, width 0.1.", 0},
     .I = 11, .O = 3, .data = UNIT, .settings = "range=limit limit=0.05"},
    {{"fan_in", "bounded", "INI-04 INI-12",
      "Half width 1 / sqrt(fan_in): the variance is a third of LeCun's.", 0},
     .I = 10, .O = 4, .data = UNIT, .settings = "range=fan_in"},
    {{"fan_in_wide", "bounded", "INI-12",
      "Few inputs, many outputs: fan_out would give a far smaller range.", 0},
     .I = 2, .O = 23, .data = UNIT, .settings = "range=fan_in"},
    {{"convolution", "bounded", "INI-12", "A 3 x 2 kernel: its fan counts the window.", 0},
     .H = 3, .W = 2, .I = 2, .O = 5, .data = UNIT, .settings = "range=fan_in"},
    {{"exact", "exact", "INI-03 DST-02",
      "Sixteenths in [-1, 1): no rounding, and 0 gives -1 itself.", 0},
     .I = 9, .O = 5, .data = SIXTEENTHS, .settings = "low=-1 high=1"},
    {{"exact_fan_in", "exact", "INI-12 DST-02", "16 inputs: the limit is exactly 1/4.", 0},
     .I = 16, .O = 3, .data = SIXTEENTHS, .settings = "range=fan_in"},
    {{"one_weight", "bounded", "INI-03", "One weight.", 0}, .I = 1, .O = 1, .data = UNIT,
      .settings = "low=-2 high=0.5"},
    {{"drawn", "statistical", "INI-03",
      "Drawn by the implementation: mean 0, variance 1/3, all of [-1, 1).", 0},
     .I = 40, .O = 50, .settings = "", .drawn = "uniform", .law = "uniform -1 1"},
    {{"drawn_fan_in", "statistical", "INI-03 INI-12", "Drawn with 64 inputs: within +-1/8, evenly.",
      0},
     .I = 64, .O = 32, .settings = "range=fan_in", .drawn = "uniform",
      .law = "uniform -0.125 0.125"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"empty_range", "stated", NUMBER_SET, "high", -0.25, NULL, 0,
     "A range from a number to itself holds nothing."},
    {"reversed_range", "stated", NUMBER_SET, "high", -1, NULL, 0,
     "A range that ends before it begins."},
    {"limit_zero", "limit", NUMBER_SET, "limit", 0, NULL, 0,
     "Half width 0 makes all weights equal."},
    {"limit_negative", "limit", NUMBER_SET, "limit", -0.05, NULL, 0,
     "A negative half width reverses the range."},
    {"limit_missing", "limit", NUMBER_GONE, "limit", 0, NULL, 0, "No half width is stated."},
    {"unknown_range", "fan_in", CHOICE_SET, "range", 0, "fan_sum", 0, "There is no such rule."},
    {"no_deviates", "default", INPUT_GONE, "deviate", 0, NULL, 0,
     "There is nothing to make weights of."},
    /* clang-format on */
};

void uniform_initialization_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        initial_case(list, &rows[i]);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
