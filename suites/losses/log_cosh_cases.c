// SPDX-License-Identifier: MIT
#include "loss_cases.h"

/* Errors are uniform in [-2, 2) times `size`; with `right` every other one is 0. */

static const struct row {
    struct case_head head;
    struct loss_row loss;
    double size;
    int right;
} rows[] = {
    /* clang-format off */
    {{"wide_errors", "bounded", "LOS-09",
      "Errors of up to 20: on both sides of the bend.", 0},
     {.N = 9, .K = 4, .block = 2}, .size = 10},
    {{"large_errors", "bounded", "LOS-09",
      "Errors of up to 200: cosh overflows in binary32.", 0},
     {.N = 7, .K = 3, .block = 2}, .size = 100},
    {{"huge_errors", "bounded", "LOS-09",
      "Errors of 1e4: cosh overflows in binary64 too, and log 2 still counts.", 0},
     {.N = 7, .K = 3, .block = 2, .reduction = "sum"}, .size = 5000},
    {{"small_errors", "bounded", "LOS-09",
      "Errors of 1e-3: a half of the square, where |d| - log 2 cancels.", 0},
     {.N = 7, .K = 3, .block = 2}, .size = 1e-3},
    {{"tiny_errors", "bounded", "LOS-09",
      "Errors of 1e-6, whose cosh is 1 in binary32.", 0},
     {.N = 7, .K = 3, .block = 2, .reduction = "sum"}, .size = 1e-6},
    {{"half_right", "bounded", "LOS-09",
      "Every other error is exactly 0, and so are its loss and slope.", 0},
     {.N = 7, .K = 4, .block = 2}, .size = 1, .right = 1},
    {{"one_output", "bounded", "LOS-09",
      "One output for each of 13 samples.", 0},
     {.N = 13, .K = 1, .block = 2}, .size = 1},
    /* clang-format on */
};

static void errors(struct assay_case *test, struct dims dims, double size)
{
    case_uniform(test, "y", dims, -size, size);
    case_uniform(test, "t", dims, -size, size);
}

static void common(struct assay_case *test, size_t N, size_t K)
{
    errors(test, DIMS(N, K), 1.5);
}

static void fill(struct assay_case *test, const struct row *row)
{
    size_t N = row->loss.N, K = row->loss.K;
    errors(test, DIMS(N, K), row->size);
    for (size_t i = 0; row->right && i < N * K; i += 2)
        case_input(test, "y")[i] = case_input(test, "t")[i] = 0;
}

static const struct refusal refusals[] = {
    /* clang-format off */
    {"targets_missing", "ordinary", INPUT_GONE, "t", 0, NULL, 0, "Nothing to compare with."},
    {"targets_short", "ordinary", INPUT_SHORTER, "t", 0, NULL, 1, "An output without a target."},
    /* clang-format on */
};

void log_cosh_cases(struct case_list *list)
{
    loss_cases(list, "LOS-09", 0, common);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = case_add(list, &rows[i].head);
        loss_case_reduction(test, &rows[i].loss, 0);
        fill(test, &rows[i]);
    }
    loss_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
