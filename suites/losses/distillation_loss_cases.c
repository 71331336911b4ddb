// SPDX-License-Identifier: MIT
#include "loss_cases.h"

#include <string.h>

/* Logits of both are nearly normal with the deviation stated; with `shift` far from 0. What is 0 or
 * NULL is not stated. */

static const struct row {
    struct case_head head;
    struct loss_row loss;
    const char *scale, *hard;
    double deviation, temperature, soft_weight, shift;
} rows[] = {
    /* clang-format off */
    {{"temperature_one", "bounded", "LOS-24 EFF-06",
      "Temperature 1: nothing is softened and T^2 is 1.", 0},
     {.N = 7, .K = 4, .block = 2}, .deviation = 2, .temperature = 1},
    {{"temperature_four", "bounded", "LOS-24 EFF-06",
      "Temperature 4, with the scale stated: 16 times the divergence.", 0},
     {.N = 9, .K = 5, .block = 2}, .scale = "squared", .hard = "no", .deviation = 4,
      .temperature = 4},
    {{"not_scaled", "bounded", "LOS-24 EFF-06",
      "Temperature 3 without T^2: gradients become small.", 0},
     {.N = 9, .K = 4, .block = 2}, .scale = "none", .deviation = 3, .temperature = 3},
    {{"sharpened", "bounded", "LOS-24 EFF-06",
      "Temperature 0.5: probabilities are sharpened.", 0},
     {.N = 9, .K = 4, .block = 2, .reduction = "sum", .dloss = 0.5}, .deviation = 1,
      .temperature = 0.5},
    {{"with_labels", "bounded", "LOS-24 EFF-06",
      "Half of the loss is the cross-entropy of labels, at temperature 1.", 0},
     {.N = 9, .K = 4, .block = 2}, .hard = "yes", .deviation = 2},
    {{"with_labels_weighted", "bounded", "LOS-24 EFF-06",
      "A soft weight of 0.875 at temperature 5, with sample weights.", 0},
     {.N = 9, .K = 4, .block = 2, .weighted = 1, .normalizer = "weights"}, .hard = "yes",
      .deviation = 4, .temperature = 5, .soft_weight = 0.875},
    {{"with_labels_not_scaled", "bounded", "LOS-24 EFF-06",
      "Labels, and no T^2.", 0},
     {.N = 9, .K = 4, .block = 2, .reduction = "none"}, .hard = "yes", .scale = "none",
      .deviation = 2, .temperature = 3, .soft_weight = 0.25},
    {{"logits_far_from_zero", "bounded", "LOS-24 EFF-06",
      "All logits near 200: e^z overflows in binary32.", 0},
     {.N = 7, .K = 4, .block = 2}, .deviation = 2, .temperature = 1, .shift = 200},
    {{"logits_of_1000", "bounded", "LOS-24 EFF-06",
      "Logits near 2000, and labels: e^z overflows in binary64.", 0},
     {.N = 7, .K = 4, .block = 2}, .hard = "yes", .deviation = 2, .shift = 2000},
    {{"logits_of_1000_soft", "bounded", "LOS-24 EFF-06",
      "Logits near 2000 at temperature 1, without labels: e^z overflows in binary64.", 0},
     {.N = 7, .K = 4, .block = 2}, .deviation = 2, .temperature = 1, .shift = 2000},
    {{"impossible_classes", "bounded", "LOS-24 EFF-06",
      "Gaps of 60 between logits: the logarithm of a probability is lost.", 0},
     {.N = 7, .K = 4, .block = 2}, .deviation = 60, .temperature = 1},
    /* clang-format on */
};

static void common(struct assay_case *test, size_t N, size_t K)
{
    case_normal(test, "z", DIMS(N, K), 0, 2);
    case_normal(test, "v", DIMS(N, K), 0, 2);
}

static void fill(struct assay_case *test, const struct row *row)
{
    size_t N = row->loss.N, K = row->loss.K;
    if (row->scale)
        case_choice(test, "scale", row->scale);
    if (row->hard)
        case_choice(test, "hard", row->hard);
    if (row->temperature > 0)
        case_number(test, "temperature", row->temperature);
    if (row->soft_weight > 0)
        case_number(test, "soft_weight", row->soft_weight);
    case_normal(test, "z", DIMS(N, K), row->shift, row->deviation);
    case_normal(test, "v", DIMS(N, K), row->shift, row->deviation);
    if (row->hard && strcmp(row->hard, "yes") == 0)
        case_labels(test, "labels", N, (int)K);
}

static const struct refusal refusals[] = {
    /* clang-format off */
    {"temperature_zero", "temperature_four", NUMBER_SET, "temperature", 0, NULL, 0,
     "Logits are divided by it."},
    {"temperature_negative", "temperature_four", NUMBER_SET, "temperature", -2, NULL, 0,
     "The least likely class would be the likeliest."},
    {"soft_weight_above_one", "with_labels_weighted", NUMBER_SET, "soft_weight", 1.5, NULL, 0,
     "The hard part would be maximised."},
    {"soft_weight_negative", "with_labels_weighted", NUMBER_SET, "soft_weight", -0.5, NULL, 0,
     "The soft part would be maximised."},
    {"label_too_large", "with_labels", ELEMENT_SET, "labels", 1000, NULL, 0,
     "There is no such class."},
    {"label_negative", "with_labels", ELEMENT_SET, "labels", -1, NULL, 1,
     "There is no such class."},
    {"labels_missing", "with_labels", INPUT_GONE, "labels", 0, NULL, 0,
     "A hard part without labels."},
    {"scale_unknown", "not_scaled", CHOICE_SET, "scale", 0, "unheard_of", 0,
     "There is no such convention."},
    {"hard_unknown", "with_labels", CHOICE_SET, "hard", 0, "unheard_of", 0,
     "There is no such convention."},
    {"teacher_missing", "ordinary", INPUT_GONE, "v", 0, NULL, 0, "Nobody to learn from."},
    {"teacher_short", "ordinary", INPUT_SHORTER, "v", 0, NULL, 1, "A teacher of fewer classes."},
    /* clang-format on */
};

void distillation_loss_cases(struct case_list *list)
{
    loss_cases(list, "LOS-24 EFF-06", 1, common);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = case_add(list, &rows[i].head);
        loss_case_reduction(test, &rows[i].loss, 1);
        fill(test, &rows[i]);
    }
    loss_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
