// SPDX-License-Identifier: MIT
#include "normal_sets.h"

static const struct row {
    struct case_head head;
    struct normal_setting is;
} rows[] = {
    /* clang-format off */
    {{"feature_maps", "bounded", "",
      "Six channels in three groups, rectangular maps, everything differentiated.", 0},
     {.N = 3, .C = 6, .H = 2, .W = 3, .block = 1, .has = NORMAL_ALL, .groups = 3}},
    {{"channels_last", "bounded", "", "The same with channels last.", 0},
     {.N = 3, .C = 6, .H = 2, .W = 3, .block = 1, .has = NORMAL_ALL | NORMAL_LAST, .groups = 3,
      .epsilon = 1e-5}},
    {{"strided", "bounded", "",
      "Channels 0, 3 form a group, and 1, 4, and 2, 5: the other way to cut channels.", 0},
     {.N = 3, .C = 6, .H = 2, .W = 3, .block = 1, .has = NORMAL_ALL | NORMAL_STRIDED, .groups = 3,
      .epsilon = 1e-5}},
    {{"strided_last", "bounded", "", "Strided groups with channels last.", 0},
     {.N = 2, .C = 8, .H = 2, .W = 2, .block = 1, .has = NORMAL_ALL | NORMAL_LAST | NORMAL_STRIDED,
      .groups = 2, .epsilon = 1e-5}},
    {{"cube", "bounded", "",
      "As many channels as rows and columns: a wrong layout fits the shape, but not the numbers.",
       0},
     {.N = 2, .C = 4, .H = 4, .W = 4, .block = 1, .has = NORMAL_ALL, .groups = 2,
      .epsilon = 1e-5}},
    {{"cube_last", "bounded", "", "The same with channels last.", 0},
     {.N = 2, .C = 4, .H = 4, .W = 4, .block = 1, .has = NORMAL_ALL | NORMAL_LAST, .groups = 2,
      .epsilon = 1e-5}},
    {{"vectors", "bounded", "", "Without positions: groups of features of (N,C).", 0},
     {.N = 7, .C = 10, .block = 2, .has = NORMAL_ALL, .groups = 2, .epsilon = 1e-5}},
    {{"one_group", "bounded", "", "One group: layer normalisation over the whole sample.", 0},
     {.N = 3, .C = 4, .H = 3, .W = 2, .block = 1, .has = NORMAL_ALL, .groups = 1,
      .epsilon = 1e-5}},
    {{"one_channel_each", "bounded", "", "As many groups as channels: instance normalisation.", 0},
     {.N = 3, .C = 4, .H = 3, .W = 2, .block = 1, .has = NORMAL_ALL, .groups = 4,
      .epsilon = 1e-5}},
    {{"plain", "bounded", "", "Without gamma and beta, which are 1 and 0 then.", 0},
     {.N = 4, .C = 6, .H = 1, .W = 3, .block = 2, .has = NORMAL_GRADIENT, .groups = 2,
      .epsilon = 1e-3}},
    {{"forward_only", "bounded", "", "No upstream gradient.", 0},
     {.N = 2, .C = 6, .H = 3, .W = 3, .block = 1, .has = NORMAL_AFFINE, .groups = 2,
      .epsilon = 1e-5}},
    {{"one_value", "bounded", "", "Groups of one value: y is beta and dx is 0.", 0},
     {.N = 3, .C = 4, .block = 1, .has = NORMAL_ALL, .groups = 4, .epsilon = 1e-3}},
    {{"sample_deviation", "bounded", "", "L - 1 in the variance and in its gradient.", 0},
     {.N = 3, .C = 4, .H = 1, .W = 2, .block = 1, .has = NORMAL_ALL | NORMAL_SAMPLE, .groups = 2,
      .epsilon = 1e-5}},
    {{"outside", "bounded", "", "Epsilon added to the deviation.", 0},
     {.N = 3, .C = 4, .H = 2, .W = 2, .block = 1, .has = NORMAL_ALL | NORMAL_OUTSIDE, .groups = 2,
      .deviation = 0.5, .epsilon = 0.01}},
    {{"narrow", "bounded", "",
      "A variance about as large as epsilon, the small one that fails in half precision.", 0},
     {.N = 3, .C = 6, .H = 2, .W = 2, .block = 1, .has = NORMAL_AFFINE, .groups = 3,
      .deviation = 0.003, .epsilon = 1e-5}},
    {{"narrow_gradient", "bounded", "", "The same with Keras's epsilon and gradients.", 0},
     {.N = 3, .C = 6, .H = 2, .W = 2, .block = 1, .has = NORMAL_ALL, .groups = 3,
      .deviation = 0.03, .epsilon = 1e-3}},
    {{"offset", "bounded", "",
      "Mean 1000, deviation 1: E[x^2] - E[x]^2 has lost every digit in binary32.", 0},
     {.N = 4, .C = 4, .H = 3, .W = 3, .block = 1, .has = NORMAL_ALL, .data = NORMAL_OFFSET,
      .groups = 2, .epsilon = 1e-5}},
    {{"constant_samples", "bounded", "", "Every other sample is constant: y is beta there.", 0},
     {.N = 4, .C = 4, .H = 2, .W = 3, .block = 1, .has = NORMAL_ALL, .data = NORMAL_CONSTANT,
      .groups = 2, .epsilon = 1e-3}},
    {{"many_blocks", "bounded", "DST-08",
      "21 samples in blocks of 2, the last of them short: dgamma and dbeta cross 11 blocks.", 0},
     {.N = 21, .C = 4, .H = 1, .W = 3, .block = 2, .has = NORMAL_ALL, .groups = 2,
      .epsilon = 1e-5}},
    {{"convolution", "bounded", "", "A realistic layer: 16 channels in 4 groups on 5 x 5.", 0},
     {.N = 2, .C = 16, .H = 5, .W = 5, .block = 1, .has = NORMAL_ALL, .groups = 4,
      .epsilon = 1e-5}},
    {{"exact_pairs", "exact", "",
      "Values b + a and b - a without epsilon: exact in every order, y and all gradients.", 0},
     {.N = 4, .C = 4, .H = 2, .W = 2, .block = 1, .has = NORMAL_ALL, .data = NORMAL_PAIRS,
      .groups = 2}},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"no_input", "feature_maps", INPUT_GONE, "x", 0, NULL, 0,
     "There is nothing to normalise."},
    {"epsilon_negative", "feature_maps", NUMBER_SET, "epsilon", -0.001, NULL, 0,
     "A root of a negative number where the variance is small."},
    {"fewer_gamma", "feature_maps", INPUT_SHORTER, "gamma", 0, NULL, 0,
     "One channel has no parameter of its own."},
    {"groups_do_not_divide", "feature_maps", NUMBER_SET, "groups", 5, NULL, 0,
     "The channels cannot be cut into groups of one size."},
    {"groups_zero", "feature_maps", NUMBER_SET, "groups", 0, NULL, 0,
     "No group."},
    {"unknown_layout", "channels_last", CHOICE_SET, "layout", 0, "whatever", 0,
     "A convention that nobody knows is not silently the default."},
    {"unknown_epsilon_place", "outside", CHOICE_SET, "epsilon_place", 0, "whatever", 0,
     "A convention that nobody knows is not silently the default."},
    {"unknown_deviation", "sample_deviation", CHOICE_SET, "deviation", 0, "whatever", 0,
     "A convention that nobody knows is not silently the default."},
    {"epsilon_zero", "constant_samples", NUMBER_SET, "epsilon", 0, NULL, 0,
     "A constant group is 0 / 0 then, and one of them spoils dgamma and dbeta for all."},
    {"one_value_of_sample", "one_value", CHOICE_SET, "deviation", 0, "sample", 0,
     "A group of one value has no deviation with L - 1."},
    {"groups_missing", "feature_maps", NUMBER_GONE, "groups", 0, NULL, 0,
     "32, the paper's number, would be a guess."},
    {"unknown_group_channels", "strided", CHOICE_SET, "group_channels", 0, "shuffled", 0,
     "Which channels share their statistics hangs on it."},
    /* clang-format on */
};

void group_normalization_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        normal_sets_fill(case_add(list, &rows[i].head), &rows[i].is);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
