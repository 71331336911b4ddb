// SPDX-License-Identifier: MIT
#include "../case_builder.h"

/* Where predictions and targets come from: uniform in [-1, 1); the same, but for a first output
 * near 1000 that is predicted exactly; whole numbers; every other prediction exact; or another
 * size. */
enum data { UNIFORM, FAR_FROM_ZERO, WHOLE, HALF_RIGHT, LARGE, SMALL };

/* N samples of K outputs, in blocks of `block` samples. What is 0 or NULL is not stated. */
static const struct row {
    struct case_head head;
    size_t N, K, block;
    enum data data;
    const char *reduction, *half;
    double dloss;
} rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "LOS-01 LOS-09 MET-08",
      "The plain mean over all elements, with sizes that differ.", 0},
     .N = 7, .K = 5, .block = 4},
    {{"one_of_each", "bounded", "LOS-01", "One sample of one output: every mean is the sum.", 0},
     .N = 1, .K = 1, .block = 4},
    {{"regression_head", "bounded", "LOS-01 FND-09 FND-16",
      "One output for each of 13 samples: where (N,1) against (N) makes a table of N by N.", 0},
     .N = 13, .K = 1, .block = 2},
    {{"two_samples", "bounded", "LOS-01", "Two blocks of one sample with three outputs.", 0},
     .N = 2, .K = 3, .block = 1},
    {{"square", "bounded", "LOS-01", "As many samples as outputs: a swapped axis keeps the shape.",
      0},
     .N = 6, .K = 6, .block = 4},
    {{"mean_stated", "bounded", "LOS-01 MET-08",
      "The defaults stated, with an upstream gradient of 0.75.", 0},
     .N = 9, .K = 4, .block = 2, .reduction = "mean", .half = "no", .dloss = 0.75},
    {{"summed", "bounded", "LOS-01", "The sum of all squares.", 0},
     .N = 9, .K = 4, .block = 2, .reduction = "sum"},
    {{"mean_of_sums", "bounded", "LOS-01 LOS-10",
      "Summed over outputs, averaged over samples, as a reconstruction is.", 0},
     .N = 9, .K = 4, .block = 2, .reduction = "mean_of_sums"},
    {{"halved", "bounded", "LOS-01", "Half the mean, whose gradient has no factor 2.", 0},
     .N = 9, .K = 4, .block = 2, .half = "yes"},
    {{"halved_sum", "bounded", "LOS-01", "Half the sum, as derivations of backpropagation have it.",
      0},
     .N = 8, .K = 3, .block = 2, .reduction = "sum", .half = "yes"},
    {{"halved_mean_of_sums", "bounded", "LOS-01 FND-22",
      "Half the mean of sums, with an upstream gradient of -2.5.", 0},
     .N = 8, .K = 3, .block = 2, .reduction = "mean_of_sums", .half = "yes", .dloss = -2.5},
    {{"exact_mean", "exact", "LOS-01 MET-08",
      "Whole numbers and 32 elements: the mean is exact in any order.", 0},
     .N = 16, .K = 2, .block = 4, .data = WHOLE, .dloss = 0.5},
    {{"exact_sum", "exact", "LOS-01 DST-02",
      "Whole numbers in 13 blocks: a sample that is lost or counted twice cannot hide.", 0},
     .N = 50, .K = 3, .block = 4, .data = WHOLE, .reduction = "sum", .dloss = 3},
    {{"exact_halved_mean_of_sums", "exact", "LOS-01 DST-02",
      "Whole numbers, five outputs and 64 samples: only the number of samples divides.", 0},
     .N = 64, .K = 5, .block = 8, .data = WHOLE, .reduction = "mean_of_sums", .half = "yes"},
    {{"half_right", "bounded", "LOS-01",
      "Every other prediction equals its target: its gradient is exactly 0.", 0},
     .N = 7, .K = 4, .block = 2, .data = HALF_RIGHT},
    {{"far_from_zero", "bounded", "LOS-01",
      "One output near 1000 that is predicted exactly: expanding the square cancels there, and the "
      "rest of that hides the other outputs.", 0},
     .N = 12, .K = 3, .block = 4, .data = FAR_FROM_ZERO},
    {{"large_errors", "bounded", "LOS-01 LOS-09",
      "Errors of about 1e4, as of prices: the squares dominate and must not be absolute.", 0},
     .N = 6, .K = 3, .block = 2, .data = LARGE},
    {{"small_errors", "bounded", "LOS-01",
      "Errors of about 1e-4, as at the end of training: squares of 1e-8 with all digits.", 0},
     .N = 6, .K = 3, .block = 2, .data = SMALL},
    {{"uneven_blocks", "bounded", "LOS-01 DST-01 DST-02 DST-08",
      "67 samples in blocks of 8: the last block is short, so a mean of means is wrong.", 0},
     .N = 67, .K = 3, .block = 8},
    {{"many_blocks", "bounded", "LOS-01 DST-01 DST-02",
      "16 blocks of 2 samples: more blocks than ranks, in every distribution over up to 8.", 0},
     .N = 31, .K = 2, .block = 2, .reduction = "mean_of_sums"},
    {{"wide", "bounded", "LOS-01", "37 outputs, which no vector width divides.", 0},
     .N = 3, .K = 37, .block = 2},
    {{"long_rows", "bounded", "LOS-10",
      "An image of 257 values a sample: the bound grows with the chain.", 0},
     .N = 3, .K = 257, .block = 1, .reduction = "mean_of_sums"},
    {{"digits_like", "bounded", "LOS-01", "Realistic sizes: 64 samples of 10 outputs.", 0},
     .N = 64, .K = 10, .block = 8},
    /* clang-format on */
};

static void fill(struct assay_case *test, const struct row *row)
{
    struct dims dims = DIMS(row->N, row->K);
    static const double sizes[] = {1, 1, 0, 1, 1e4, 1e-4};
    if (row->data == WHOLE) {
        case_dyadic(test, "y", dims, -8, 8, 1);
        case_dyadic(test, "t", dims, -6, 6, 1);
        return;
    }
    case_uniform(test, "y", dims, -sizes[row->data], sizes[row->data]);
    case_uniform(test, "t", dims, -sizes[row->data], sizes[row->data]);
    if (row->data != HALF_RIGHT && row->data != FAR_FROM_ZERO)
        return;
    double *y = case_input(test, "y"), *t = case_input(test, "t");
    for (size_t i = 0; i < row->N * row->K; i += row->data == HALF_RIGHT ? 2 : row->K) {
        if (row->data == FAR_FROM_ZERO)
            y[i] = (float)(1000 + y[i]);
        t[i] = y[i];
    }
}

static const struct refusal refusals[] = {
    /* clang-format off */
    {"targets_missing", "ordinary", INPUT_GONE, "t", 0, NULL, 0, "Nothing to compare with."},
    {"targets_short", "ordinary", INPUT_SHORTER, "t", 0, NULL, 1, "An output without a target."},
    {"reduction_unknown", "ordinary", CHOICE_SET, "reduction", 0, "unheard_of", 0,
     "There is no such convention."},
    {"half_unknown", "ordinary", CHOICE_SET, "half", 0, "unheard_of", 0,
     "There is no such convention."},
    /* clang-format on */
};

void mean_squared_error_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        if (row->reduction)
            case_choice(test, "reduction", row->reduction);
        if (row->half)
            case_choice(test, "half", row->half);
        fill(test, row);
        if (row->dloss < 0 || row->dloss > 0)
            case_constant(test, "dloss", SCALAR, row->dloss);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
