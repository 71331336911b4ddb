// SPDX-License-Identifier: MIT
#include "loss_cases.h"

/* Predictions and targets uniform in [low, high). What is 0 or NULL is not stated. */
static const struct row {
    struct case_head head;
    struct loss_row loss;
    const char *clip;
    double low, high, epsilon;
    int same; /* every third prediction is its target */
} rows[] = {
    /* clang-format off */
    {{"stated", "bounded", "LOS-09", "No clipping stated; some values are negative, above -1.", 0},
     {.N = 8, .K = 3, .block = 2}, .clip = "no", .low = -0.75, .high = 2},
    {{"clipped", "bounded", "LOS-09",
      "Keras: what is below epsilon counts as epsilon, and gets no gradient.", 0},
     {.N = 9, .K = 3, .block = 2}, .clip = "yes", .low = -2, .high = 2},
    {{"clipped_wide", "bounded", "LOS-09", "The same with epsilon 0.5, where it shows.", 0},
     {.N = 9, .K = 3, .block = 2, .reduction = "none"}, .clip = "yes", .low = -1, .high = 2,
      .epsilon = 0.5},
    {{"prices", "bounded", "LOS-09", "Values of 1e4 to 1e6: ratios count, not differences.", 0},
     {.N = 6, .K = 2, .block = 2}, .low = 1e4, .high = 1e6},
    {{"tiny", "bounded", "LOS-09",
      "Values of 1e-4: 1 + y rounds most of them away, the logarithm of 1 + y must not.", 0},
     {.N = 6, .K = 3, .block = 2}, .low = 1e-5, .high = 2e-4},
    {{"near_minus_one", "bounded", "LOS-09", "Values near -1: large slopes.", 0},
     {.N = 6, .K = 3, .block = 2, .reduction = "sum"}, .low = -0.9, .high = -0.6},
    {{"half_right", "bounded", "LOS-09", "Every third prediction is right: loss and slope are 0.",
      0},
     {.N = 7, .K = 3, .block = 2}, .low = 0, .high = 4, .same = 1},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"prediction_of_minus_one", "stated", ELEMENT_SET, "y", -1, NULL, 4, "log 0."},
    {"prediction_below", "stated", ELEMENT_SET, "y", -1.5, NULL, 23, "The logarithm of -1/2."},
    {"target_below", "stated", ELEMENT_SET, "t", -2, NULL, 7, "The logarithm of -1."},
    {"epsilon_zero", "clipped_wide", NUMBER_SET, "epsilon", 0, NULL, 0, "It must be above 0."},
    {"clip_unknown", "stated", CHOICE_SET, "clip", 0, "always", 0, "Clipped or not."},
    {"targets_missing", "ordinary", INPUT_GONE, "t", 0, NULL, 0, "Nothing to compare with."},
    /* clang-format on */
};

static void common(struct assay_case *test, size_t N, size_t K)
{
    case_uniform(test, "y", DIMS(N, K), 0, 3);
    case_uniform(test, "t", DIMS(N, K), 0, 3);
}

static void fill(struct assay_case *test, const struct row *row)
{
    struct dims dims = DIMS(row->loss.N, row->loss.K);
    if (row->clip)
        case_choice(test, "clip", row->clip);
    if (row->epsilon > 0)
        case_number(test, "epsilon", row->epsilon);
    case_uniform(test, "y", dims, row->low, row->high);
    case_uniform(test, "t", dims, row->low, row->high);
    for (size_t i = 0; row->same && i < row->loss.N * row->loss.K; i += 3)
        case_input(test, "y")[i] = case_input(test, "t")[i] = 0;
}

void mean_squared_logarithmic_error_cases(struct case_list *list)
{
    loss_cases_small(list, "LOS-09", 0, common);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = case_add(list, &rows[i].head);
        loss_case_reduction(test, &rows[i].loss, 0);
        fill(test, &rows[i]);
    }
    loss_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
