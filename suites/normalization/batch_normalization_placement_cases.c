// SPDX-License-Identifier: MIT
#include "../case_builder.h"

/* GRADIENT: with dy; PLAIN: without gamma and beta; BIAS: with b. */
enum { GRADIENT = 1, PLAIN = 2, BIAS = 4, FAR = 8, SPARSE = 16 };

static const struct row {
    struct case_head head;
    size_t N, I, O, block;
    const char *placement, *activation;
    double epsilon;
    int with;
} rows[] = {
    /* clang-format off */
    {{"before", "bounded", "NRM-10 NRM-07", "The paper's place: the activation sees normal values.",
      0},
     9, 4, 3, 4, NULL, NULL, 0, GRADIENT},
    {{"before_stated", "bounded", "NRM-10", "The defaults stated.", 0},
     7, 3, 2, 2, "before_activation", "relu", 1e-5, GRADIENT},
    {{"after", "bounded", "NRM-10", "After the activation: the next layer sees normal values.", 0},
     9, 4, 3, 4, "after_activation", NULL, 0, GRADIENT},
    {{"after_with_bias", "bounded", "NRM-10 FND-02",
      "A bias has an effect only where the activation comes first.", 0},
     10, 4, 3, 4, "after_activation", NULL, 0, GRADIENT | BIAS},
    {{"before_tanh", "bounded", "NRM-10 GRD-13", "tanh of normal values is not saturated.", 0},
     8, 5, 3, 3, NULL, "tanh", 0, GRADIENT},
    {{"after_tanh", "bounded", "NRM-10", "tanh first: what is saturated stays so.", 0},
     8, 5, 3, 3, "after_activation", "tanh", 0, GRADIENT | BIAS},
    {{"far_before", "bounded", "NRM-10 ACT-11 GRD-13",
      "Products far from 0: before the activation they are brought back.", 0},
     9, 3, 2, 4, NULL, "tanh", 0, GRADIENT | FAR},
    {{"far_after", "bounded", "NRM-10 ACT-11",
      "The same behind a ReLU: the spread is normalised, not the saturation.", 0},
     9, 3, 2, 4, "after_activation", NULL, 0, GRADIENT | FAR},
    {{"plain_before", "bounded", "NRM-10 NRM-08", "No scale and shift: 1 and 0.", 0},
     8, 3, 4, 4, NULL, NULL, 0, GRADIENT | PLAIN},
    {{"plain_after", "bounded", "NRM-10 NRM-08", "The same after the activation.", 0},
     8, 3, 4, 4, "after_activation", NULL, 0, GRADIENT | PLAIN},
    {{"large_epsilon", "bounded", "NRM-10", "An epsilon as large as the variance.", 0},
     8, 3, 2, 4, NULL, "tanh", 0.5, GRADIENT},
    {{"large_epsilon_after", "bounded", "NRM-10", "The same after the activation.", 0},
     8, 3, 2, 4, "after_activation", "tanh", 0.25, GRADIENT | BIAS},
    {{"forward_only", "bounded", "NRM-10", "Without an upstream gradient.", 0},
     6, 3, 2, 4, "after_activation", NULL, 0, 0},
    {{"dead_unit", "bounded", "NRM-10 ACT-10",
      "A unit that is 0 on the whole batch: after the activation it has no variance, only epsilon.",
       0},
     8, 3, 2, 4, "after_activation", NULL, 0.125, GRADIENT | BIAS | SPARSE},
    {{"two_samples", "bounded", "NRM-10", "The smallest batch with a variance.", 0},
     2, 3, 2, 1, NULL, "tanh", 0.125, GRADIENT},
    {{"uneven_blocks", "bounded", "NRM-10 NRM-12 DST-02 DST-08",
      "Statistics over 35 samples in blocks of 8 on all ranks together.", 0},
     35, 3, 2, 8, NULL, NULL, 0, GRADIENT},
    {{"many_blocks", "bounded", "NRM-10 NRM-12 DST-02", "The same after the activation, 14 blocks.",
      0},
     27, 3, 2, 2, "after_activation", "tanh", 0, GRADIENT | BIAS},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"one_sample", "two_samples", INPUT_SHORTER, "x", 0, NULL, 0,
     "One sample has no variance, and every output would be beta."},
    {"unknown_placement", "after_with_bias", CHOICE_SET, "placement", 0, "around", 0,
     "A place that is not known must not become the usual one."},
    {"zero_epsilon", "dead_unit", NUMBER_SET, "epsilon", 0, NULL, 0,
     "A unit that is constant would be 0 / 0."},
    {"negative_epsilon", "large_epsilon", NUMBER_SET, "epsilon", -0.5, NULL, 0,
     "A variance below it would have no root."},
    {"unknown_activation", "before_tanh", CHOICE_SET, "activation", 0, "step", 0,
     "An activation that is not known must not become the ReLU."},
    {"no_weights", "before", INPUT_GONE, "w", 0, NULL, 0, "There is nothing to normalise."},
    {"short_scale", "before", INPUT_SHORTER, "gamma", 0, NULL, 0,
     "One scale for each unit is needed."},
    {"short_gradient", "before", INPUT_SHORTER, "dy", 0, NULL, 0,
     "One upstream gradient for each sample is needed."},
};

/* Data whose products are far from 0, or with a unit whose ReLU never wakes. */
static void adjust(struct assay_case *test, const struct row *row)
{
    double *x = case_input(test, "x"), *w = case_input(test, "w"), *b = case_input(test, "b");
    for (size_t i = 0; row->with & FAR && i < row->N * row->I; i++)
        x[i] = (float)(x[i] + 3);
    for (size_t i = 0; row->with & FAR && i < row->I * row->O; i++)
        w[i] = w[i] < 0 ? -w[i] : w[i];
    if (row->with & SPARSE && b)
        b[0] = -16;
}

void batch_normalization_placement_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        if (row->epsilon != 0)
            case_number(test, "epsilon", row->epsilon);
        if (row->placement)
            case_choice(test, "placement", row->placement);
        if (row->activation)
            case_choice(test, "activation", row->activation);
        case_normal(test, "x", DIMS(row->N, row->I), 0.25, 1);
        case_signed(test, "w", DIMS(row->I, row->O), 0.3, 0.9);
        if (row->with & BIAS)
            case_uniform(test, "b", DIMS(row->O), -0.5, 0.5);
        if (!(row->with & PLAIN)) {
            case_uniform(test, "gamma", DIMS(row->O), 0.5, 1.5);
            case_uniform(test, "beta", DIMS(row->O), -0.5, 0.5);
        }
        if (row->with & GRADIENT)
            case_uniform(test, "dy", DIMS(row->N, row->O), -1, 1);
        adjust(test, row);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
