// SPDX-License-Identifier: MIT
#include "loss_cases.h"

/* Scores uniform in [-size, size), or whole numbers where it is 0. What is 0 or NULL is not
 * stated. */
static const struct row {
    struct case_head head;
    struct loss_row loss;
    const char *power, *half;
    double size, margin, at_zero;
} rows[] = {
    /* clang-format off */
    {{"margin_one", "bounded", "", "A margin of 1: right by too little still costs.", 0},
     {.N = 8, .K = 3, .block = 2}, .size = 1.5, .margin = 1},
    {{"power_stated", "bounded", "", "The first power and no half, stated.", 0},
     {.N = 7, .K = 3, .block = 2, .dloss = 1.5}, .power = "one", .half = "no", .size = 1,
      .margin = 0.5},
    {{"squared", "bounded", "", "Squares of what is missing.", 0},
     {.N = 8, .K = 3, .block = 2}, .power = "two", .size = 1.5, .margin = 1},
    {{"squared_half", "bounded", "", "Half of the squares.", 0},
     {.N = 8, .K = 3, .block = 2, .reduction = "sum"}, .power = "two", .half = "yes", .size = 1.5,
      .margin = 1},
    {{"exact_ties", "exact", "DST-02",
      "Whole scores and margin 0: equal ones are at the corner, where the slope is 0.", 0},
     {.N = 16, .K = 4, .block = 4, .dloss = 0.5}, .size = 0},
    {{"exact_ties_one", "exact", "", "The same with slope 1 at the corner, as of a clamp.", 0},
     {.N = 16, .K = 4, .block = 4}, .size = 0, .at_zero = 1},
    {{"exact_ties_half", "exact", "", "The same with slope 1/2, as of a maximum, and margin 1.", 0},
     {.N = 16, .K = 4, .block = 4}, .size = 0, .at_zero = 0.5, .margin = 1},
    {{"exact_ties_squared", "exact", "", "Squares have no corner, whatever slope is stated.", 0},
     {.N = 16, .K = 2, .block = 4}, .power = "two", .size = 0, .at_zero = 1},
    {{"one_pair_each", "bounded", "",
      "One pair for each of 13 samples: where (N,1) against (N) makes a table of N by N.", 0},
     {.N = 13, .K = 1, .block = 2}, .size = 1, .margin = 0.25},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"margin_negative", "margin_one", NUMBER_SET, "margin", -1, NULL, 0,
     "Wrong orders would be right."},
    {"slope_above_one", "exact_ties_one", NUMBER_SET, "slope_at_zero", 1.5, NULL, 0,
     "No subgradient of max(0, h)."},
    {"slope_negative", "exact_ties_one", NUMBER_SET, "slope_at_zero", -0.5, NULL, 0,
     "No subgradient of max(0, h)."},
    {"label_zero", "margin_one", ELEMENT_SET, "t", 0, NULL, 5, "Neither is larger."},
    {"label_two", "margin_one", ELEMENT_SET, "t", 2, NULL, 23, "A label is -1 or 1."},
    {"power_unknown", "squared", CHOICE_SET, "power", 0, "three", 0, "There is no such power."},
    {"half_unknown", "squared_half", CHOICE_SET, "half", 0, "third", 0, "A half or none."},
    {"other_missing", "ordinary", INPUT_GONE, "b", 0, NULL, 0, "Nothing to rank against."},
    {"other_short", "ordinary", INPUT_SHORTER, "b", 0, NULL, 1, "A score without its pair."},
    /* clang-format on */
};

static void common(struct assay_case *test, size_t N, size_t K)
{
    case_uniform(test, "a", DIMS(N, K), -1, 1);
    case_uniform(test, "b", DIMS(N, K), -1, 1);
    loss_case_labels(test, N, K, 2, -1, 2);
}

static void fill(struct assay_case *test, const struct row *row)
{
    struct dims dims = DIMS(row->loss.N, row->loss.K);
    if (row->power)
        case_choice(test, "power", row->power);
    if (row->half)
        case_choice(test, "half", row->half);
    if (row->margin > 0)
        case_number(test, "margin", row->margin);
    if (row->at_zero > 0)
        case_number(test, "slope_at_zero", row->at_zero);
    if (row->size > 0) {
        case_uniform(test, "a", dims, -row->size, row->size);
        case_uniform(test, "b", dims, -row->size, row->size);
    } else {
        case_dyadic(test, "a", dims, -2, 2, 1);
        case_dyadic(test, "b", dims, -2, 2, 1);
    }
    loss_case_labels(test, row->loss.N, row->loss.K, 2, -1, 2);
}

void margin_ranking_cases(struct case_list *list)
{
    loss_cases_small(list, "", 0, common);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = case_add(list, &rows[i].head);
        loss_case_reduction(test, &rows[i].loss, 0);
        fill(test, &rows[i]);
    }
    loss_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
