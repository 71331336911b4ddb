// SPDX-License-Identifier: MIT
#include "loss_cases.h"

/* Targets of either sign and magnitudes in [low, high), predictions up to half of that away; every
 * `zero`th target is 0. What is 0 or NULL is not stated. */
static const struct row {
    struct case_head head;
    struct loss_row loss;
    const char *percent, *place;
    double low, high, epsilon;
    size_t zero;
    int whole;
} rows[] = {
    /* clang-format off */
    {{"stated", "bounded", "LOS-09", "Percent and the larger one stated, with epsilon 0.25.", 0},
     {.N = 8, .K = 3, .block = 2}, .percent = "yes", .place = "larger", .low = 0.05, .high = 1,
      .epsilon = 0.25},
    {{"fraction", "bounded", "LOS-09", "A fraction, not percent.", 0},
     {.N = 8, .K = 3, .block = 2}, .percent = "no", .low = 0.5, .high = 4},
    {{"epsilon_added", "bounded", "LOS-09", "epsilon 0.25 added to every target.", 0},
     {.N = 8, .K = 3, .block = 2}, .place = "sum", .low = 0.05, .high = 1, .epsilon = 0.25},
    {{"targets_of_zero", "bounded", "LOS-09",
      "Every fifth target is 0: divided by 1e-7, its error outweighs all others.", 0},
     {.N = 7, .K = 3, .block = 2}, .low = 0.5, .high = 2, .zero = 5},
    {{"targets_of_zero_added", "bounded", "LOS-09", "The same with epsilon added.", 0},
     {.N = 7, .K = 3, .block = 2, .reduction = "none"}, .percent = "no", .place = "sum", .low = 0.5,
      .high = 2, .zero = 5},
    {{"prices", "bounded", "LOS-09", "Targets of 1e4: relative errors do not grow with them.", 0},
     {.N = 6, .K = 2, .block = 2}, .low = 1e4, .high = 4e4},
    {{"exact_ties", "exact", "LOS-09 DST-02",
      "Powers of two, many predictions equal to their targets: sign(0) is 0.", 0},
     {.N = 16, .K = 4, .block = 4, .dloss = 0.5}, .percent = "no", .whole = 1},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"epsilon_zero", "stated", NUMBER_SET, "epsilon", 0, NULL, 0, "A target of 0 would be 0 / 0."},
    {"epsilon_negative", "stated", NUMBER_SET, "epsilon", -0.5, NULL, 0, "Negative percentages."},
    {"percent_unknown", "stated", CHOICE_SET, "percent", 0, "permille", 0, "Percent or not."},
    {"epsilon_place_unknown", "stated", CHOICE_SET, "epsilon_place", 0, "root", 0,
     "There is no such place."},
    {"targets_missing", "ordinary", INPUT_GONE, "t", 0, NULL, 0, "Nothing to compare with."},
    /* clang-format on */
};

static void fill(struct assay_case *test, const struct row *row)
{
    struct dims dims = DIMS(row->loss.N, row->loss.K);
    size_t count = row->loss.N * row->loss.K;
    if (row->percent)
        case_choice(test, "percent", row->percent);
    if (row->place)
        case_choice(test, "epsilon_place", row->place);
    if (row->epsilon > 0)
        case_number(test, "epsilon", row->epsilon);
    if (row->whole) {
        case_dyadic(test, "y", dims, -2, 2, 1);
        case_dyadic(test, "t", dims, -1, 1, 2);
        return;
    }
    case_signed(test, "t", dims, row->low, row->high);
    case_signed(test, "y", dims, row->high / 16, row->high / 2);
    double *y = case_input(test, "y"), *t = case_input(test, "t");
    for (size_t i = 0; i < count; i++) {
        t[i] = row->zero > 0 && i % row->zero == 2 ? 0 : t[i];
        y[i] = (float)(t[i] + y[i]);
    }
}

static void common(struct assay_case *test, size_t N, size_t K)
{
    case_signed(test, "t", DIMS(N, K), 0.25, 2);
    case_uniform(test, "y", DIMS(N, K), -2, 2);
}

void mean_absolute_percentage_error_cases(struct case_list *list)
{
    loss_cases_small(list, "LOS-09", 0, common);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = case_add(list, &rows[i].head);
        loss_case_reduction(test, &rows[i].loss, 0);
        fill(test, &rows[i]);
    }
    loss_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
