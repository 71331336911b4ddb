// SPDX-License-Identifier: MIT
#include "loss_cases.h"

/* Errors are uniform in [-2, 2), variances in [low, high); every third variance is 0 with `zeros`.
 * What is 0 or NULL is not stated. */

static const struct row {
    struct case_head head;
    struct loss_row loss;
    const char *full, *clamp;
    double low, high, epsilon;
    int zeros;
} rows[] = {
    /* clang-format off */
    {{"full", "bounded", "LOS-09",
      "With log(2 pi) / 2, which the gradient does not see.", 0},
     {.N = 9, .K = 4, .block = 2}, .full = "yes", .low = 0.25, .high = 2},
    {{"conventions_stated", "bounded", "LOS-09",
      "The defaults stated.", 0},
     {.N = 9, .K = 4, .block = 2, .reduction = "mean_of_sums"}, .full = "no", .clamp = "passing",
      .low = 0.25, .high = 2},
    {{"zero_variances", "bounded", "LOS-09",
      "Every third variance is 0 and raised to 1e-6; the slope passes.", 0},
     {.N = 7, .K = 4, .block = 2}, .low = 0.25, .high = 2, .zeros = 1},
    {{"zero_variances_cut", "bounded", "LOS-09",
      "The same, but the slope is cut.", 0},
     {.N = 7, .K = 4, .block = 2, .reduction = "none"}, .clamp = "cutting", .low = 0.25, .high = 2,
      .zeros = 1},
    {{"clamped_and_cut", "bounded", "LOS-09",
      "epsilon 0.5 raises half of the variances; their slope is 0.", 0},
     {.N = 9, .K = 4, .block = 2}, .clamp = "cutting", .low = 0.25, .high = 0.75, .epsilon = 0.5},
    {{"clamped_and_passing", "bounded", "LOS-09",
      "epsilon 0.5 with zeros among the variances: their slope is that at epsilon.", 0},
     {.N = 9, .K = 4, .block = 2, .reduction = "sum"}, .clamp = "passing", .low = 0.25,
      .high = 0.75, .epsilon = 0.5, .zeros = 1},
    {{"wide_variances", "bounded", "LOS-09",
      "Variances of 100 to 1e4: the logarithm dominates.", 0},
     {.N = 7, .K = 3, .block = 2}, .low = 100, .high = 1e4},
    /* clang-format on */
};

static void inputs(struct assay_case *test, struct dims dims, double low, double high)
{
    case_uniform(test, "y", dims, -1, 1);
    case_uniform(test, "t", dims, -1, 1);
    case_uniform(test, "v", dims, low, high);
}

static void common(struct assay_case *test, size_t N, size_t K)
{
    inputs(test, DIMS(N, K), 0.25, 2);
}

static void fill(struct assay_case *test, const struct row *row)
{
    size_t N = row->loss.N, K = row->loss.K;
    if (row->full)
        case_choice(test, "full", row->full);
    if (row->clamp)
        case_choice(test, "clamp", row->clamp);
    if (row->epsilon > 0)
        case_number(test, "epsilon", row->epsilon);
    inputs(test, DIMS(N, K), row->low, row->high);
    for (size_t i = 0; row->zeros && i < N * K; i += 3)
        case_input(test, "v")[i] = 0;
}

static const struct refusal refusals[] = {
    /* clang-format off */
    {"epsilon_zero", "ordinary", NUMBER_SET, "epsilon", 0, NULL, 0,
     "A variance of 0 would be log 0."},
    {"variance_negative", "ordinary", ELEMENT_SET, "v", -0.5, NULL, 5, "No variance is negative."},
    {"full_unknown", "full", CHOICE_SET, "full", 0, "unheard_of", 0,
     "There is no such convention."},
    {"clamp_unknown", "conventions_stated", CHOICE_SET, "clamp", 0, "unheard_of", 0,
     "There is no such convention."},
    {"variances_missing", "ordinary", INPUT_GONE, "v", 0, NULL, 0, "Means without variances."},
    {"targets_missing", "ordinary", INPUT_GONE, "t", 0, NULL, 0, "Nothing to compare with."},
    /* clang-format on */
};

void gaussian_negative_log_likelihood_cases(struct case_list *list)
{
    loss_cases(list, "LOS-09", 0, common);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = case_add(list, &rows[i].head);
        loss_case_reduction(test, &rows[i].loss, 0);
        fill(test, &rows[i]);
    }
    loss_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
