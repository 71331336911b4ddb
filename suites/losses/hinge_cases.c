// SPDX-License-Identifier: MIT
#include "loss_cases.h"

#include <string.h>

/* Scores are uniform in [-size, size), or whole numbers. What is 0 or NULL is not stated. */

static const struct row {
    struct case_head head;
    struct loss_row loss;
    const char *labels, *squared;
    double margin, size; /* size 0: whole numbers */
} rows[] = {
    /* clang-format off */
    {{"signs_stated", "bounded", "LOS-08",
      "The defaults stated.", 0},
     {.N = 9, .K = 4, .block = 2}, .labels = "signs", .squared = "no", .margin = 1, .size = 3},
    {{"one_score", "bounded", "LOS-08",
      "One score for each of 13 samples, as a support vector machine has it.", 0},
     {.N = 13, .K = 1, .block = 2}, .size = 2},
    {{"zero_one", "bounded", "LOS-08",
      "Labels 0 and 1, which mean -1 and 1.", 0},
     {.N = 9, .K = 4, .block = 2}, .labels = "zero_one", .size = 3},
    {{"squared", "bounded", "LOS-08",
      "The square, whose slope has a factor 2.", 0},
     {.N = 9, .K = 4, .block = 2}, .squared = "yes", .size = 3},
    {{"squared_zero_one", "bounded", "LOS-08",
      "The square for labels 0 and 1 with a margin of 0.5.", 0},
     {.N = 9, .K = 4, .block = 2, .weighted = 1}, .labels = "zero_one", .squared = "yes",
      .margin = 0.5, .size = 3},
    {{"wide_margin", "bounded", "LOS-08",
      "A margin of 2.5, with scores between 1 and it.", 0},
     {.N = 9, .K = 4, .block = 2}, .margin = 2.5, .size = 4},
    {{"exact_edge", "exact", "LOS-08",
      "Whole scores with margin 1, many exactly at it: the slope is 0 there.", 0},
     {.N = 16, .K = 4, .block = 4, .dloss = 0.5}, .size = 0},
    {{"exact_edge_squared", "exact", "LOS-08",
      "The same, squared, without reduction of outputs.", 0},
     {.N = 32, .K = 3, .block = 4, .reduction = "mean_of_sums"}, .squared = "yes", .size = 0},
    {{"exact_sum", "exact", "LOS-08 DST-02",
      "Whole scores in 16 blocks and labels 0 and 1: a sample lost or counted twice cannot hide.",
       0},
     {.N = 47, .K = 2, .block = 3, .reduction = "sum", .dloss = 3}, .labels = "zero_one",
      .size = 0},
    {{"all_far_right", "bounded", "LOS-08",
      "Scores up to 1000: the right ones cost nothing, the wrong ones their distance.", 0},
     {.N = 7, .K = 3, .block = 2}, .size = 1000},
    /* clang-format on */
};

static void common(struct assay_case *test, size_t N, size_t K)
{
    case_uniform(test, "y", DIMS(N, K), -2, 2);
    loss_case_labels(test, N, K, 2, -1, 2);
}

static void fill(struct assay_case *test, const struct row *row)
{
    struct dims dims = DIMS(row->loss.N, row->loss.K);
    int zero_one = row->labels && strcmp(row->labels, "zero_one") == 0;
    if (row->labels)
        case_choice(test, "labels", row->labels);
    if (row->squared)
        case_choice(test, "squared", row->squared);
    if (row->margin > 0)
        case_number(test, "margin", row->margin);
    if (row->size > 0)
        case_uniform(test, "y", dims, -row->size, row->size);
    else
        case_dyadic(test, "y", dims, -3, 3, 1);
    loss_case_labels(test, row->loss.N, row->loss.K, 2, zero_one ? 0 : -1, zero_one ? 1 : 2);
}

static const struct refusal refusals[] = {
    /* clang-format off */
    {"label_zero", "ordinary", ELEMENT_SET, "t", 0, NULL, 3, "Labels are -1 or 1 here."},
    {"label_two", "ordinary", ELEMENT_SET, "t", 2, NULL, 0, "Labels are -1 or 1."},
    {"label_negative", "zero_one", ELEMENT_SET, "t", -1, NULL, 0, "Labels are 0 or 1 here."},
    {"labels_unknown", "signs_stated", CHOICE_SET, "labels", 0, "unheard_of", 0,
     "There is no such convention."},
    {"squared_unknown", "squared", CHOICE_SET, "squared", 0, "unheard_of", 0,
     "There is no such convention."},
    {"labels_missing", "ordinary", INPUT_GONE, "t", 0, NULL, 0, "Nothing to compare with."},
    /* clang-format on */
};

void hinge_cases(struct case_list *list)
{
    loss_cases(list, "LOS-08", 0, common);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = case_add(list, &rows[i].head);
        loss_case_reduction(test, &rows[i].loss, 0);
        fill(test, &rows[i]);
    }
    loss_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
