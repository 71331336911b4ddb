// SPDX-License-Identifier: MIT
#include "loss_cases.h"

/* Predictions and targets uniform in [-1, 1), or whole numbers. What is 0 or NULL is not stated. */
static const struct row {
    struct case_head head;
    struct loss_row loss;
    double quantile; /* -1: one for each output */
    const char *at_zero;
    int whole;
} rows[] = {
    /* clang-format off */
    {{"high", "bounded", "LOS-09", "The 0.9 quantile: too low costs nine times as much.", 0},
     {.N = 8, .K = 3, .block = 2}, 0.9, NULL, 0},
    {{"low", "bounded", "LOS-09", "The 0.1 quantile, with an upstream gradient.", 0},
     {.N = 8, .K = 3, .block = 2, .dloss = -1.5}, 0.1, NULL, 0},
    {{"several", "bounded", "LOS-09", "One quantile for each of five outputs.", 0},
     {.N = 6, .K = 5, .block = 2, .reduction = "mean_of_sums"}, -1, NULL, 0},
    {{"several_each", "bounded", "LOS-09", "The same without reduction.", 0},
     {.N = 5, .K = 3, .block = 2, .reduction = "none"}, -1, NULL, 0},
    {{"one_side", "bounded", "LOS-09", "Quantile 1: only what is too low costs.", 0},
     {.N = 7, .K = 3, .block = 2}, 1, NULL, 0},
    {{"exact_ties", "exact", "LOS-09 DST-02",
      "Whole numbers and quantile 3/4: predictions that are right have slope 0.", 0},
     {.N = 16, .K = 4, .block = 4, .dloss = 0.5}, 0.75, "zero", 1},
    {{"exact_ties_middle", "exact", "LOS-09",
      "The same with the slope between both sides, 1/2 - 3/4.", 0},
     {.N = 16, .K = 4, .block = 4}, 0.75, "middle", 1},
    {{"one_output", "bounded", "LOS-09",
      "One output for each of 13 samples: where (N,1) against (N) makes a table of N by N.", 0},
     {.N = 13, .K = 1, .block = 2}, 0.75, NULL, 0},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"quantile_above_one", "high", NUMBER_SET, "quantile", 1.25, NULL, 0,
     "There is no such quantile."},
    {"quantile_negative", "high", NUMBER_SET, "quantile", -0.25, NULL, 0,
     "There is no such quantile."},
    {"one_above_one", "several", ELEMENT_SET, "quantiles", 2, NULL, 4,
     "There is no such quantile."},
    {"quantiles_short", "several", INPUT_SHORTER, "quantiles", 0, NULL, 0,
     "An output without a quantile."},
    {"at_zero_unknown", "exact_ties", CHOICE_SET, "at_zero", 0, "one", 0,
     "There is no such slope."},
    {"targets_missing", "ordinary", INPUT_GONE, "t", 0, NULL, 0, "Nothing to compare with."},
    /* clang-format on */
};

static void common(struct assay_case *test, size_t N, size_t K)
{
    case_number(test, "quantile", 0.75);
    case_uniform(test, "y", DIMS(N, K), -1, 1);
    case_uniform(test, "t", DIMS(N, K), -1, 1);
}

static void fill(struct assay_case *test, const struct row *row)
{
    struct dims dims = DIMS(row->loss.N, row->loss.K);
    if (row->at_zero)
        case_choice(test, "at_zero", row->at_zero);
    if (row->quantile < 0)
        case_uniform(test, "quantiles", DIMS(row->loss.K), 0.05, 0.95);
    else
        case_number(test, "quantile", row->quantile);
    if (row->whole) {
        case_dyadic(test, "y", dims, -2, 2, 1);
        case_dyadic(test, "t", dims, -2, 2, 1);
    } else {
        case_uniform(test, "y", dims, -1, 1);
        case_uniform(test, "t", dims, -1, 1);
    }
}

void quantile_loss_cases(struct case_list *list)
{
    loss_cases_small(list, "LOS-09", 0, common);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = case_add(list, &rows[i].head);
        loss_case_reduction(test, &rows[i].loss, 0);
        fill(test, &rows[i]);
    }
    loss_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
