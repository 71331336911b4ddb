// SPDX-License-Identifier: MIT
#include "loss_cases.h"

/* Logits are nearly normal about `shift`, costs uniform in [0, 10) with 0 on the diagonal. What is
 * 0 or NULL is not stated. */

static const struct row {
    struct case_head head;
    struct loss_row loss;
    const char *rows;
    double deviation, shift;
} rows[] = {
    /* clang-format off */
    {{"rows_stated", "bounded", "LOS-15 IMB-05",
      "The default stated: rows are the truth.", 0},
     {.N = 9, .K = 3, .block = 2}, .rows = "truth", .deviation = 2},
    {{"rows_are_decisions", "bounded", "LOS-15 IMB-05",
      "The transposed matrix.", 0},
     {.N = 9, .K = 3, .block = 2}, .rows = "decision", .deviation = 2},
    {{"two_classes", "bounded", "LOS-15 IMB-05 LOS-14",
      "Two classes: a missed positive costs more than a false alarm.", 0},
     {.N = 11, .K = 2, .block = 2}, .deviation = 2},
    {{"logits_near_2000", "bounded", "LOS-15 IMB-05",
      "All logits near 2000: e^z overflows in binary64.", 0},
     {.N = 7, .K = 4, .block = 2}, .deviation = 2, .shift = 2000},
    {{"sure", "bounded", "LOS-15 IMB-05",
      "Gaps of 60 between logits: probabilities of e^-60 and their slopes.", 0},
     {.N = 7, .K = 4, .block = 2, .reduction = "sum"}, .deviation = 40},
    /* clang-format on */
};

static void inputs(struct assay_case *test, size_t N, size_t K, double mean, double deviation)
{
    case_normal(test, "z", DIMS(N, K), mean, deviation);
    case_labels(test, "labels", N, (int)K);
    case_uniform(test, "cost", DIMS(K, K), 0.5, 10);
    for (size_t k = 0; k < K; k++)
        case_input(test, "cost")[k * K + k] = 0;
}

static void common(struct assay_case *test, size_t N, size_t K)
{
    inputs(test, N, K, 0, 2);
}

static void fill(struct assay_case *test, const struct row *row)
{
    if (row->rows)
        case_choice(test, "rows", row->rows);
    inputs(test, row->loss.N, row->loss.K, row->shift, row->deviation);
}

static const struct refusal refusals[] = {
    /* clang-format off */
    {"label_too_large", "ordinary", ELEMENT_SET, "labels", 5, NULL, 0, "There are five classes."},
    {"label_negative", "ordinary", ELEMENT_SET, "labels", -1, NULL, 6, "There is no such class."},
    {"cost_not_square", "ordinary", INPUT_SHORTER, "cost", 0, NULL, 1,
     "A decision without its costs."},
    {"cost_missing", "ordinary", INPUT_GONE, "cost", 0, NULL, 0,
     "Without costs nothing is expected."},
    {"labels_short", "ordinary", INPUT_SHORTER, "labels", 0, NULL, 0, "A sample without a label."},
    {"rows_unknown", "rows_stated", CHOICE_SET, "rows", 0, "unheard_of", 0,
     "There is no such convention."},
    /* clang-format on */
};

void expected_cost_cases(struct case_list *list)
{
    loss_cases(list, "LOS-15 IMB-05", 1, common);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = case_add(list, &rows[i].head);
        loss_case_reduction(test, &rows[i].loss, 1);
        fill(test, &rows[i]);
    }
    loss_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
