// SPDX-License-Identifier: MIT
#include "../case_builder.h"

#define RATES(...)                                                                                 \
    sizeof((double[]){__VA_ARGS__}) / sizeof(double),                                              \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }

/* Weights of 0.3 to 0.9 times `scale`; targets of about deviation 1. */
static const struct row {
    struct case_head head;
    size_t N, I, O, block;
    const char *normalization;
    double epsilon, scale;
    size_t S;
    double rate[6];
} rows[] = {
    /* clang-format off */
    {{"normalized", "bounded", "NRM-14 NRM-07",
      "Five steps along the gradient with batch normalization.", 0},
     9, 4, 3, 4, NULL, 0, 1, RATES(0.125, 0.25, 0.5, 1, 2)},
    {{"normalized_stated", "bounded", "NRM-14", "The defaults stated.", 0},
     8, 3, 2, 3, "batch", 1e-5, 1, RATES(0.5, 1)},
    {{"plain", "bounded", "NRM-14", "The same without: compare the smoothness.", 0},
     9, 4, 3, 4, "none", 0, 1, RATES(0.125, 0.25, 0.5, 1, 2)},
    {{"large_weights_normalized", "bounded", "NRM-14 GRD-13 INI-14",
      "Weights three times as large: the loss is the same, the gradient a third.", 0},
     9, 4, 3, 4, NULL, 0, 3, RATES(0.25, 1)},
    {{"large_weights_plain", "bounded", "NRM-14 ACT-11",
      "Large weights without normalization saturate.", 0},
     9, 4, 3, 4, "none", 0, 3, RATES(0.25, 1)},
    {{"large_epsilon", "bounded", "NRM-14", "An epsilon as large as the variance.", 0},
     9, 4, 3, 4, NULL, 0.5, 1, RATES(0.25, 1)},
    {{"long_step", "bounded", "NRM-14 OPT-19", "A rate far beyond the valley.", 0},
     9, 3, 2, 4, "none", 0, 1, RATES(8, 16)},
    {{"long_step_normalized", "bounded", "NRM-14 OPT-19", "The same with normalization.", 0},
     9, 3, 2, 4, NULL, 0, 1, RATES(8, 16)},
    {{"one_unit", "bounded", "NRM-14", "One unit and one input.", 0},
     5, 1, 1, 2, "none", 0, 1, RATES(0.5)},
    {{"two_samples", "bounded", "NRM-14", "The smallest batch with a variance.", 0},
     2, 3, 2, 1, NULL, 0.125, 1, RATES(0.5, 1)},
    {{"uneven_blocks", "bounded", "NRM-14 NRM-12 DST-02 DST-08",
      "35 samples in blocks of 8: statistics and gradients of all ranks together.", 0},
     35, 3, 2, 8, NULL, 0, 1, RATES(0.5, 1)},
    {{"many_blocks", "bounded", "NRM-14 DST-02", "14 blocks of 2 samples without normalization.",
      0},
     27, 3, 2, 2, "none", 0, 1, RATES(0.5, 1)},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"zero_rate", "normalized", ELEMENT_SET, "rate", 0, NULL, 1, "The smoothness would be 0 / 0."},
    {"negative_rate", "plain", ELEMENT_SET, "rate", -0.5, NULL, 0,
     "A smoothness below 0 means nothing."},
    {"zero_epsilon", "large_epsilon", NUMBER_SET, "epsilon", 0, NULL, 0,
     "A unit that is constant would be 0 / 0."},
    {"unknown_normalization", "plain", CHOICE_SET, "normalization", 0, "layer", 0,
     "A normalization that is not known must not become batch normalization."},
    {"target_missing", "plain", INPUT_SHORTER, "t", 0, NULL, 0, "One target for each sample."},
    {"no_direction", "one_unit", ELEMENT_SET, "v", 0, NULL, 0,
     "Without an output weight the gradient is 0 and has no direction."},
};

void loss_smoothing_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        if (row->epsilon != 0)
            case_number(test, "epsilon", row->epsilon);
        if (row->normalization)
            case_choice(test, "normalization", row->normalization);
        case_normal(test, "x", DIMS(row->N, row->I), 0.25, 1);
        case_normal(test, "t", DIMS(row->N), 0.5, 1);
        case_signed(test, "w", DIMS(row->I, row->O), 0.3 * row->scale, 0.9 * row->scale);
        case_signed(test, "v", DIMS(row->O), 0.5, 1.5);
        case_values(test, "rate", DIMS(row->S), row->rate);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
