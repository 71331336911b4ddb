// SPDX-License-Identifier: MIT
#include "loss_cases.h"

/* Where predictions and targets come from: uniform in [-1, 1); whole numbers, some of them equal;
 * every other prediction exact; errors of 1e4, and of 1e-4; one output near 1000. */
enum data { UNIFORM, WHOLE, HALF_RIGHT, LARGE, SMALL, OUTLIER };

static const struct row {
    struct case_head head;
    struct loss_row loss;
    enum data data;
} rows[] = {
    /* clang-format off */
    {{"regression_head", "bounded", "LOS-02 LOS-09 FND-09",
      "One output for each of 13 samples: where (N,1) against (N) makes a table of N by N.", 0},
     {.N = 13, .K = 1, .block = 2}, UNIFORM},
    {{"exact_ties", "exact", "LOS-02",
      "Whole numbers, many predictions equal to their targets: sign(0) is 0, not 1 or -1.", 0},
     {.N = 16, .K = 4, .block = 4, .dloss = 0.5}, WHOLE},
    {{"exact_sum", "exact", "LOS-02 DST-02",
      "Whole numbers in 13 blocks: a sample that is lost or counted twice cannot hide.", 0},
     {.N = 50, .K = 3, .block = 4, .reduction = "sum", .dloss = 3}, WHOLE},
    {{"exact_mean_of_sums", "exact", "LOS-02",
      "Whole numbers, five outputs and 32 samples: only the number of samples divides.", 0},
     {.N = 32, .K = 5, .block = 4, .reduction = "mean_of_sums"}, WHOLE},
    {{"half_right", "bounded", "LOS-02",
      "Every other prediction and target are 0: equal, so their gradient is exactly 0.", 0},
     {.N = 7, .K = 4, .block = 2}, HALF_RIGHT},
    {{"large_errors", "bounded", "LOS-02 LOS-09",
      "Errors of about 1e4, as of prices: the gradient does not grow with them.", 0},
     {.N = 6, .K = 3, .block = 2}, LARGE},
    {{"small_errors", "bounded", "LOS-02",
      "Errors of about 1e-4: the gradient does not shrink, and a root with an epsilon shows.", 0},
     {.N = 6, .K = 3, .block = 2}, SMALL},
    {{"outlier", "bounded", "LOS-02",
      "One target of 1000 among small ones: it counts once, not squared.", 0},
     {.N = 9, .K = 3, .block = 2}, OUTLIER},
    /* clang-format on */
};

static void uniform(struct assay_case *test, size_t N, size_t K)
{
    case_uniform(test, "y", DIMS(N, K), -1, 1);
    case_uniform(test, "t", DIMS(N, K), -1, 1);
}

static void fill(struct assay_case *test, const struct row *row)
{
    struct dims dims = DIMS(row->loss.N, row->loss.K);
    static const double sizes[] = {1, 1, 1, 1e4, 1e-4, 1};
    double size = sizes[row->data];
    if (row->data == WHOLE) {
        case_dyadic(test, "y", dims, -3, 3, 1);
        case_dyadic(test, "t", dims, -2, 2, 1);
        return;
    }
    case_uniform(test, "y", dims, -size, size);
    case_uniform(test, "t", dims, -size, size);
    double *y = case_input(test, "y"), *t = case_input(test, "t");
    for (size_t i = 0; row->data == HALF_RIGHT && i < row->loss.N * row->loss.K; i += 2)
        t[i] = y[i] = 0;
    if (row->data == OUTLIER)
        t[4] = 1000;
}

static const struct refusal refusals[] = {
    /* clang-format off */
    {"targets_missing", "ordinary", INPUT_GONE, "t", 0, NULL, 0, "Nothing to compare with."},
    {"targets_short", "ordinary", INPUT_SHORTER, "t", 0, NULL, 1, "An output without a target."},
    /* clang-format on */
};

void mean_absolute_error_cases(struct case_list *list)
{
    loss_cases(list, "LOS-02 LOS-09", 0, uniform);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = case_add(list, &rows[i].head);
        loss_case_reduction(test, &rows[i].loss, 0);
        fill(test, &rows[i]);
    }
    loss_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
