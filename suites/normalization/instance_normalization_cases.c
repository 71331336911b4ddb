// SPDX-License-Identifier: MIT
#include "normal_sets.h"

static const struct row {
    struct case_head head;
    struct normal_setting is;
} rows[] = {
    /* clang-format off */
    {{"feature_maps", "bounded", "",
      "Rectangular maps, a variance far from 1, everything differentiated.", 0},
     {.N = 3, .C = 4, .H = 2, .W = 5, .block = 1, .has = NORMAL_ALL}},
    {{"channels_last", "bounded", "", "The same with channels last.", 0},
     {.N = 3, .C = 4, .H = 2, .W = 5, .block = 1, .has = NORMAL_ALL | NORMAL_LAST,
      .epsilon = 1e-5}},
    {{"cube", "bounded", "",
      "As many channels as rows and columns: a wrong layout fits the shape, but not the numbers.",
       0},
     {.N = 2, .C = 4, .H = 4, .W = 4, .block = 1, .has = NORMAL_ALL, .epsilon = 1e-5}},
    {{"cube_last", "bounded", "", "The same with channels last.", 0},
     {.N = 2, .C = 4, .H = 4, .W = 4, .block = 1, .has = NORMAL_ALL | NORMAL_LAST,
      .epsilon = 1e-5}},
    {{"plain", "bounded", "", "Without gamma and beta: PyTorch's default for this layer.", 0},
     {.N = 4, .C = 3, .H = 3, .W = 3, .block = 2, .has = NORMAL_GRADIENT, .epsilon = 1e-5}},
    {{"forward_only", "bounded", "", "No upstream gradient.", 0},
     {.N = 2, .C = 3, .H = 4, .W = 3, .block = 1, .has = NORMAL_AFFINE, .epsilon = 1e-5}},
    {{"one_position", "bounded", "", "Maps of one value: y is beta and dx is 0.", 0},
     {.N = 3, .C = 4, .H = 1, .W = 1, .block = 1, .has = NORMAL_ALL, .epsilon = 1e-3}},
    {{"one_image", "bounded", "", "One image of one channel, as a style is.", 0},
     {.N = 1, .C = 1, .H = 5, .W = 7, .block = 1, .has = NORMAL_ALL, .epsilon = 1e-5}},
    {{"sample_deviation", "bounded", "", "P - 1 in the variance and in its gradient.", 0},
     {.N = 3, .C = 3, .H = 2, .W = 2, .block = 1, .has = NORMAL_ALL | NORMAL_SAMPLE,
      .epsilon = 1e-5}},
    {{"outside", "bounded", "", "Epsilon added to the deviation.", 0},
     {.N = 3, .C = 3, .H = 2, .W = 3, .block = 1, .has = NORMAL_ALL | NORMAL_OUTSIDE,
      .deviation = 0.5, .epsilon = 0.01}},
    {{"narrow", "bounded", "", "A variance about as large as epsilon, forward.", 0},
     {.N = 3, .C = 3, .H = 3, .W = 2, .block = 1, .has = NORMAL_AFFINE, .deviation = 0.003,
      .epsilon = 1e-5}},
    {{"narrow_gradient", "bounded", "", "The same with Keras's epsilon and gradients.", 0},
     {.N = 3, .C = 3, .H = 3, .W = 2, .block = 1, .has = NORMAL_ALL, .deviation = 0.03,
      .epsilon = 1e-3}},
    {{"offset", "bounded", "",
      "Mean 1000, deviation 1: E[x^2] - E[x]^2 has lost every digit in binary32.", 0},
     {.N = 3, .C = 3, .H = 4, .W = 5, .block = 1, .has = NORMAL_ALL, .data = NORMAL_OFFSET,
      .epsilon = 1e-5}},
    {{"constant_images", "bounded", "", "Every other image is constant: y is beta there.", 0},
     {.N = 4, .C = 3, .H = 2, .W = 3, .block = 1, .has = NORMAL_ALL, .data = NORMAL_CONSTANT,
      .epsilon = 1e-3}},
    {{"many_blocks", "bounded", "DST-08",
      "19 images in blocks of 2, the last of them short: dgamma and dbeta cross 10 blocks.", 0},
     {.N = 19, .C = 3, .H = 2, .W = 2, .block = 2, .has = NORMAL_ALL, .epsilon = 1e-5}},
    {{"exact_pairs", "exact", "",
      "Values b + a and b - a without epsilon: exact in every order, y and all gradients.", 0},
     {.N = 4, .C = 3, .H = 2, .W = 4, .block = 1, .has = NORMAL_ALL, .data = NORMAL_PAIRS}},
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
    {"unknown_layout", "channels_last", CHOICE_SET, "layout", 0, "whatever", 0,
     "A convention that nobody knows is not silently the default."},
    {"unknown_epsilon_place", "outside", CHOICE_SET, "epsilon_place", 0, "whatever", 0,
     "A convention that nobody knows is not silently the default."},
    {"unknown_deviation", "sample_deviation", CHOICE_SET, "deviation", 0, "whatever", 0,
     "A convention that nobody knows is not silently the default."},
    {"one_value_of_sample", "one_position", CHOICE_SET, "deviation", 0, "sample", 0,
     "One position has no deviation with N - 1."},
    {"epsilon_zero", "constant_images", NUMBER_SET, "epsilon", 0, NULL, 0,
     "A constant map is 0 / 0 then, and one of them spoils dgamma and dbeta for all."},
    /* clang-format on */
};

void instance_normalization_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        normal_sets_fill(case_add(list, &rows[i].head), &rows[i].is);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
