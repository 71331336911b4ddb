// SPDX-License-Identifier: MIT
#include "elementwise_cases.h"

static const double ties[] = {0.0, -0.0, 1e-30, -1e-30, 1, -1, 0.0, 1e30, -1e30, -0.0, 2, -3};
static const double at_half[] = {0.5, 0.25, 0.75, -0.5, 0.5, 0.0, 1, -1, 0.5, 2, -3, 0.4375};

static const struct elementwise_row rows[] = {
    /* clang-format off */
    {{"ordinary", "exact", "ACT-09", "Both signs and no stated convention: 0 and 1.", 0},
     7, 5, 4, SIGNED, 0.25, 4, NULL, 0, ""},
    {{"one_value", "exact", "ACT-09", "One positive value: the smallest case there is.", 0},
     1, 1, 4, UNIFORM, 1, 2, NULL, 0, ""},
    {{"bipolar", "exact", "ACT-09", "Levels of -1 and 1, as in Adaline and Hopfield networks.", 0},
     7, 5, 4, SIGNED, 0.25, 4, NULL, 0, "output=bipolar"},
    {{"threshold", "exact", "ACT-09", "A threshold of 1.5, with values between it and 0.", 0},
     5, 6, 2, UNIFORM, -1, 4, NULL, 0, "threshold=1.5"},
    {{"threshold_negative", "exact", "ACT-09", "A threshold of -1.5, where 0 is above it.", 0},
     5, 6, 2, UNIFORM, -4, 1, NULL, 0, "threshold=-1.5"},
    {{"ties_unstated", "exact", "ACT-09", "Signed zeros and 1e-30 beside them: f(0) = 1.", 0},
     3, 4, 1, LISTED, 0, 0, ties, 0, ""},
    {{"ties_high", "exact", "ACT-09", "The same, stated.", 0},
     3, 4, 1, LISTED, 0, 0, ties, 0, "at_threshold=high"},
    {{"ties_low", "exact", "ACT-09", "The same with f(0) = 0.", 0},
     3, 4, 1, LISTED, 0, 0, ties, 0, "at_threshold=low"},
    {{"ties_mean", "exact", "ACT-09", "The same with f(0) = 1/2.", 0},
     3, 4, 1, LISTED, 0, 0, ties, 0, "at_threshold=mean"},
    {{"ties_bipolar", "exact", "ACT-09", "The sign function: f(0) = 0.", 0},
     3, 4, 1, LISTED, 0, 0, ties, 0, "output=bipolar at_threshold=mean"},
    {{"ties_at_half", "exact", "ACT-09", "Values on a threshold of 1/2.", 0},
     3, 4, 1, LISTED, 0, 0, at_half, 0, "threshold=0.5 at_threshold=low"},
    {{"single_column", "exact", "ACT-09", "One value for each of 13 samples, in 7 blocks.", 0},
     13, 1, 2, SIGNED, 0.25, 4, NULL, 0, ""},
    {{"wide", "exact", "ACT-09", "Rows of 37 values, which no vector width divides.", 0},
     3, 37, 2, SIGNED, 0.25, 4, NULL, 0, "output=bipolar"},
    {{"uneven_blocks", "exact", "ACT-09 DST-08",
      "67 samples in blocks of 8: the last block is short, and a lost or repeated row shows.", 0},
     67, 3, 8, SIGNED, 0.25, 4, NULL, 0, ""},
    {{"many_blocks", "exact", "ACT-09 DST-08",
      "16 blocks of 2 samples: more blocks than ranks, in every distribution over up to 8.", 0},
     31, 2, 2, SIGNED, 0.25, 4, NULL, 0, "output=bipolar"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"no_input", "ordinary", INPUT_GONE, "x", 0, NULL, 0,
     "There is nothing to compare."},
    {"unknown_output", "bipolar", CHOICE_SET, "output", 0, "whatever", 0,
     "A convention that nobody knows is not silently the default."},
    {"unknown_at_threshold", "ties_high", CHOICE_SET, "at_threshold", 0, "whatever", 0,
     "A convention that nobody knows is not silently the default."},
    /* clang-format on */
};

void step_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        elementwise_case(list, &rows[i]);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
