// SPDX-License-Identifier: MIT
#include "normal_sets.h"

static const struct row {
    struct case_head head;
    struct normal_setting is;
} rows[] = {
    /* clang-format off */
    {{"rectangular", "bounded", "",
      "Sizes that differ, a variance far from 1, gamma and beta, everything differentiated.", 0},
     {.N = 5, .C = 7, .block = 2, .has = NORMAL_ALL}},
    {{"plain", "bounded", "", "Without gamma and beta, which are 1 and 0 then.", 0},
     {.N = 4, .C = 9, .block = 2, .has = NORMAL_GRADIENT, .epsilon = 1e-5}},
    {{"forward_only", "bounded", "", "No upstream gradient.", 0},
     {.N = 3, .C = 6, .block = 1, .has = NORMAL_AFFINE, .epsilon = 1e-5}},
    {{"one_sample", "bounded", "", "One sample: nothing of a batch may enter.", 0},
     {.N = 1, .C = 8, .block = 1, .has = NORMAL_ALL, .epsilon = 1e-5}},
    {{"square", "bounded", "",
      "As many samples as features: statistics along the wrong axis fit the shape.", 0},
     {.N = 6, .C = 6, .block = 2, .has = NORMAL_ALL, .epsilon = 1e-5}},
    {{"one_feature", "bounded", "", "One feature is its own mean: y is beta and dx is 0.", 0},
     {.N = 4, .C = 1, .block = 1, .has = NORMAL_ALL, .epsilon = 1e-3}},
    {{"two_features", "bounded", "",
      "Two features and a large epsilon: what is left of dx after its two projections.", 0},
     {.N = 5, .C = 2, .block = 2, .has = NORMAL_ALL, .epsilon = 16}},
    {{"sample_deviation", "bounded", "",
      "C - 1 in the variance and in its gradient, as in the annotated Transformer.", 0},
     {.N = 4, .C = 5, .block = 2, .has = NORMAL_ALL | NORMAL_SAMPLE, .epsilon = 1e-5}},
    {{"sample_outside", "bounded", "",
      "C - 1 and epsilon added to the deviation: the annotated Transformer's own pair.", 0},
     {.N = 4, .C = 5, .block = 2, .has = NORMAL_ALL | NORMAL_SAMPLE | NORMAL_OUTSIDE,
      .deviation = 0.5, .epsilon = 0.01}},
    {{"outside", "bounded", "", "Epsilon added to the population deviation.", 0},
     {.N = 5, .C = 6, .block = 2, .has = NORMAL_ALL | NORMAL_OUTSIDE, .deviation = 0.5,
      .epsilon = 0.01}},
    {{"narrow", "bounded", "", "A variance about as large as epsilon, forward.", 0},
     {.N = 5, .C = 9, .block = 2, .has = NORMAL_AFFINE, .deviation = 0.003, .epsilon = 1e-5}},
    {{"narrow_gradient", "bounded", "", "The same with Keras's epsilon and gradients.", 0},
     {.N = 5, .C = 9, .block = 2, .has = NORMAL_ALL, .deviation = 0.03, .epsilon = 1e-3}},
    {{"bert", "bounded", "", "BERT's epsilon 1e-12, which matters for nothing but constant rows.",
      0},
     {.N = 3, .C = 12, .block = 1, .has = NORMAL_ALL, .epsilon = 1e-12}},
    {{"offset", "bounded", "",
      "Mean 1000, deviation 1: E[x^2] - E[x]^2 has lost every digit in binary32.", 0},
     {.N = 6, .C = 17, .block = 2, .has = NORMAL_ALL, .data = NORMAL_OFFSET, .epsilon = 1e-5}},
    {{"squares_overflow", "bounded", "",
      "Values near 3e19: their squares overflow in binary32, those of x - mean do not.", 0},
     {.N = 4, .C = 6, .block = 2, .has = NORMAL_AFFINE, .data = NORMAL_LARGE, .epsilon = 1e-5}},
    {{"constant_rows", "bounded", "", "Every other sample is constant: y is beta there.", 0},
     {.N = 6, .C = 5, .block = 2, .has = NORMAL_ALL, .data = NORMAL_CONSTANT, .epsilon = 1e-3}},
    {{"constant_rows_outside", "bounded", "",
      "Constant samples with epsilon outside the root, where the root has no derivative.", 0},
     {.N = 6, .C = 5, .block = 2, .has = NORMAL_AFFINE | NORMAL_OUTSIDE, .data = NORMAL_CONSTANT,
      .epsilon = 1e-3}},
    {{"sequence", "bounded", "",
      "Sequences: each position has its own statistics, and all share gamma and beta.", 0},
     {.N = 5, .T = 4, .C = 6, .block = 1, .has = NORMAL_ALL, .epsilon = 1e-5}},
    {{"sequence_square", "bounded", "", "As many positions as features.", 0},
     {.N = 3, .T = 5, .C = 5, .block = 2, .has = NORMAL_ALL | NORMAL_SAMPLE, .epsilon = 1e-5}},
    {{"many_blocks", "bounded", "DST-08",
      "37 samples in blocks of 2, the last of them short: dgamma and dbeta cross 19 blocks.", 0},
     {.N = 37, .C = 3, .block = 2, .has = NORMAL_ALL, .epsilon = 1e-5}},
    {{"transformer", "bounded", "", "A realistic size: 4 sequences of 3 positions, width 48.",
      0},
     {.N = 4, .T = 3, .C = 48, .block = 1, .has = NORMAL_ALL, .epsilon = 1e-5}},
    {{"exact_pairs", "exact", "",
      "Values b + a and b - a without epsilon: exact in every order, y and all gradients.", 0},
     {.N = 6, .C = 8, .block = 2, .has = NORMAL_ALL, .data = NORMAL_PAIRS}},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"no_input", "rectangular", INPUT_GONE, "x", 0, NULL, 0,
     "There is nothing to work on."},
    {"fewer_upstream_rows", "rectangular", INPUT_SHORTER, "dy", 0, NULL, 0,
     "The upstream gradient has one sample less than x."},
    {"fewer_upstream_columns", "rectangular", INPUT_SHORTER, "dy", 0, NULL, 1,
     "The upstream gradient has one column less than x."},
    {"epsilon_negative", "rectangular", NUMBER_SET, "epsilon", -0.001, NULL, 0,
     "A root of a negative number where the variance is small."},
    {"fewer_gamma", "rectangular", INPUT_SHORTER, "gamma", 0, NULL, 0,
     "One channel has no parameter of its own."},
    {"fewer_beta", "rectangular", INPUT_SHORTER, "beta", 0, NULL, 0,
     "One channel has no parameter of its own."},
    {"unknown_epsilon_place", "outside", CHOICE_SET, "epsilon_place", 0, "whatever", 0,
     "A convention that nobody knows is not silently the default."},
    {"unknown_deviation", "sample_deviation", CHOICE_SET, "deviation", 0, "whatever", 0,
     "A convention that nobody knows is not silently the default."},
    {"one_value_of_sample", "one_feature", CHOICE_SET, "deviation", 0, "sample", 0,
     "A set of one value has no deviation with N - 1."},
    {"epsilon_zero", "constant_rows", NUMBER_SET, "epsilon", 0, NULL, 0,
     "A constant sample is 0 / 0 then, and one of them spoils dgamma and dbeta for all."},
    {"epsilon_zero_outside", "constant_rows_outside", NUMBER_SET, "epsilon", 0, NULL, 0,
     "The same with epsilon outside of the root."},
    /* clang-format on */
};

void layer_normalization_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        normal_sets_fill(case_add(list, &rows[i].head), &rows[i].is);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
