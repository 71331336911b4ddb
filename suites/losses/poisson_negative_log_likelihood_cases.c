// SPDX-License-Identifier: MIT
#include "loss_cases.h"

/* Inputs are uniform in [low, high), counts in 0..most. What is 0 or NULL is not stated. */

static const struct row {
    struct case_head head;
    struct loss_row loss;
    const char *input, *full;
    double low, high, epsilon;
    int most;
} rows[] = {
    /* clang-format off */
    {{"conventions_stated", "bounded", "LOS-09",
      "The defaults stated.", 0},
     {.N = 9, .K = 4, .block = 2, .reduction = "mean_of_sums"}, .input = "logarithms", .full = "no",
      .low = -1, .high = 2, .most = 6},
    {{"full", "bounded", "LOS-09",
      "With Stirling's formula for counts above 1; 0 and 1 are among them.", 0},
     {.N = 9, .K = 4, .block = 2}, .full = "yes", .low = -1, .high = 2, .most = 4},
    {{"rates", "bounded", "LOS-09",
      "Rates themselves: the slope is 1 - t / y.", 0},
     {.N = 9, .K = 4, .block = 2}, .input = "rates", .low = 0.25, .high = 5, .most = 6},
    {{"rates_full", "bounded", "LOS-09",
      "Rates with the formula, and weights.", 0},
     {.N = 9, .K = 4, .block = 2, .weighted = 1}, .input = "rates", .full = "yes", .low = 0.25,
      .high = 5, .most = 9},
    {{"rates_shifted", "bounded", "LOS-09",
      "epsilon 0.0625 is within the logarithm alone.", 0},
     {.N = 9, .K = 4, .block = 2}, .input = "rates", .low = 0.25, .high = 2, .epsilon = 0.0625,
      .most = 3},
    {{"large_counts", "bounded", "LOS-09",
      "Counts up to 1000 and rates as large.", 0},
     {.N = 7, .K = 3, .block = 2}, .full = "yes", .low = 4, .high = 7, .most = 1000},
    {{"zero_counts", "bounded", "LOS-09",
      "No counts at all: the rate alone.", 0},
     {.N = 7, .K = 3, .block = 2, .reduction = "sum"}, .full = "yes", .low = -3, .high = 1,
      .most = 0},
    /* clang-format on */
};

static void common(struct assay_case *test, size_t N, size_t K)
{
    case_uniform(test, "y", DIMS(N, K), -1, 2);
    loss_case_labels(test, N, K, 7, 0, 1);
}

static void fill(struct assay_case *test, const struct row *row)
{
    size_t N = row->loss.N, K = row->loss.K;
    if (row->input)
        case_choice(test, "input", row->input);
    if (row->full)
        case_choice(test, "full", row->full);
    if (row->epsilon > 0)
        case_number(test, "epsilon", row->epsilon);
    case_uniform(test, "y", DIMS(N, K), row->low, row->high);
    loss_case_labels(test, N, K, row->most + 1, 0, 1);
}

static const struct refusal refusals[] = {
    /* clang-format off */
    {"count_negative", "ordinary", ELEMENT_SET, "t", -1, NULL, 3,
     "Nothing happens less than 0 times."},
    {"rate_negative", "rates", ELEMENT_SET, "y", -1, NULL, 2, "No rate is negative."},
    {"epsilon_negative", "rates_shifted", NUMBER_SET, "epsilon", -1, NULL, 0,
     "It must be at least 0."},
    {"input_unknown", "rates", CHOICE_SET, "input", 0, "unheard_of", 0,
     "There is no such convention."},
    {"full_unknown", "full", CHOICE_SET, "full", 0, "unheard_of", 0,
     "There is no such convention."},
    {"counts_missing", "ordinary", INPUT_GONE, "t", 0, NULL, 0, "Nothing was counted."},
    /* clang-format on */
};

void poisson_negative_log_likelihood_cases(struct case_list *list)
{
    loss_cases(list, "LOS-09", 0, common);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = case_add(list, &rows[i].head);
        loss_case_reduction(test, &rows[i].loss, 0);
        fill(test, &rows[i]);
    }
    loss_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
