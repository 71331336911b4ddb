// SPDX-License-Identifier: MIT
#include "initial_cases.h"

static const struct initial_row rows[] = {
    /* clang-format off */
    {{"normal", "bounded", "INI-08",
      "Document 001's deviation 1 / sqrt(n): Glorot's would be larger by a quarter here.", 0},
     .I = 23, .O = 5, .data = STANDARD, .settings = ""},
    {{"more_outputs", "bounded", "INI-08",
      "More outputs than inputs: Glorot's and fan_out's would be far smaller.", 0},
     .I = 3, .O = 29, .data = STANDARD, .settings = "distribution=normal fan=fan_in"},
    {{"fan_out", "bounded", "INI-08 INI-12", "The number of outputs as n.", 0},
     .I = 7, .O = 19, .data = STANDARD, .settings = "fan=fan_out"},
    {{"square", "bounded", "INI-06 INI-08", "Equal fans: Glorot's variance, but half of He's.", 0},
     .I = 11, .O = 11, .data = STANDARD, .settings = ""},
    {{"truncated_normal", "bounded", "INI-08",
      "Keras's lecun_normal: cut at two deviations and corrected by 0.8796.", 0},
     .I = 13, .O = 6, .data = CUT, .settings = "distribution=truncated_normal"},
    {{"uniform", "bounded", "INI-08", "Keras's lecun_uniform: half width sqrt(3 / fan_in).", 0},
     .I = 11, .O = 8, .data = CENTRED, .settings = "distribution=uniform"},
    {{"convolution", "bounded", "INI-08 INI-12", "A 3 x 2 kernel: its fan counts the window.", 0},
     .H = 3, .W = 2, .I = 2, .O = 5, .data = STANDARD, .settings = ""},
    {{"convolution_fan_out", "bounded", "INI-08 INI-12",
      "A cut normal, a window and fan_out together.", 0},
     .H = 2, .W = 3, .I = 2, .O = 7, .data = CUT,
      .settings = "distribution=truncated_normal fan=fan_out"},
    {{"one_weight", "bounded", "INI-12",
      "One input, one output: the deviate itself, cut and corrected.", 0},
     .I = 1, .O = 1, .data = CUT, .settings = "distribution=truncated_normal"},
    {{"exact", "exact", "INI-08 DST-02", "16 inputs: the deviation is exactly 1/4.", 0},
     .I = 16, .O = 3, .data = SIGNED_SIXTEENTHS, .settings = ""},
    {{"exact_convolution", "exact", "INI-08 INI-12",
      "A 2 x 2 kernel on one channel: the deviation is exactly 1/2.", 0},
     .H = 2, .W = 2, .I = 1, .O = 5, .data = SIGNED_SIXTEENTHS, .settings = ""},
    {{"drawn", "statistical", "INI-08",
      "Drawn by the implementation with 64 inputs: deviation 1/8.", 0},
     .I = 64, .O = 32, .settings = "", .drawn = "normal", .law = "normal 0 0.125"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"unknown_distribution", "normal", CHOICE_SET, "distribution", 0, "cauchy", 0,
     "There is no such distribution."},
    {"unknown_fan", "fan_out", CHOICE_SET, "fan", 0, "fan_sum", 0, "There is no such fan."},
    {"no_deviates", "normal", INPUT_GONE, "deviate", 0, NULL, 0, "There is nothing to scale."},
    {"no_inputs", "one_weight", INPUT_SHORTER, "deviate", 0, NULL, 0,
     "No inputs: the fan is 0 and its inverse infinite."},
    /* clang-format on */
};

void lecun_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        initial_case(list, &rows[i]);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
