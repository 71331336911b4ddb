// SPDX-License-Identifier: MIT
#include "../case_builder.h"

/* Where x comes from: nearly normal; the same with an offset of a thousand for every other row; or
 * one of the lists below. */
enum data { NORMAL, ROW_OFFSETS, MASKED, LARGE_100, LARGE_1000, CONFIDENT };

/* N samples of C classes, in blocks of `block` samples. */
static const struct row {
    struct case_head head;
    size_t N, C, block;
    enum data data;
    double deviation;
    int backward;
} rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "ACT-07 FND-21",
      "Sizes that differ, so that the other axis cannot pass, and no upstream gradient of ones.",
      0},
     7, 5, 4, NORMAL, 2, 1},
    {{"one_sample", "bounded", "ACT-07", "A single row of three: nothing to be mixed up with.", 0},
     1, 3, 4, NORMAL, 1, 1},
    {{"two_classes", "bounded", "ACT-07",
      "Two classes: minus the softplus of the difference of the logits.", 0},
     5, 2, 2, NORMAL, 2, 1},
    {{"square", "bounded", "ACT-07",
      "As many samples as classes: a transposed axis keeps the shape, and still fails.", 0},
     6, 6, 2, NORMAL, 2, 1},
    {{"wide", "bounded", "ACT-07", "37 classes, which no vector width divides.", 0},
     3, 37, 2, NORMAL, 2, 1},
    {{"many_classes", "bounded", "ACT-07",
      "257 classes: both sums are long chains, and the bounds grow with them.", 0},
     2, 257, 1, NORMAL, 1, 1},
    {{"uneven_blocks", "bounded", "ACT-07 DST-08",
      "67 samples in blocks of 8: the last block is short, and a lost or repeated row shows.", 0},
     67, 3, 8, NORMAL, 2, 1},
    {{"many_blocks", "bounded", "ACT-07 DST-08",
      "16 blocks of 2 samples: more blocks than ranks, in every distribution over up to 8.", 0},
     31, 4, 2, NORMAL, 1, 1},
    {{"digits_like", "bounded", "ACT-07", "A head of realistic size: 32 samples of 10 classes.", 0},
     32, 10, 4, NORMAL, 2, 1},
    {{"nearly_level", "bounded", "ACT-07", "Logits of about 1e-3, as at the start of training.", 0},
     5, 4, 2, NORMAL, 1e-3, 1},
    {{"row_offsets", "bounded", "ACT-07",
      "Rows around +1000, 0 and -1000: each row has a maximum of its own.", 0},
     9, 5, 2, ROW_OFFSETS, 2, 1},
    {{"logits_of_100", "bounded", "ACT-07",
      "Gaps of 200: the probability underflows in binary32, its logarithm must not.", 0},
     4, 4, 1, LARGE_100, 0, 1},
    {{"logits_of_1000", "bounded", "ACT-07",
      "Gaps of 2000: the probability underflows in binary64 too.", 0},
     4, 4, 1, LARGE_1000, 0, 1},
    {{"confident", "bounded", "ACT-07 ACT-11",
      "Gaps of 10 to 60: the loss of the right class is tiny, and the others are the gaps.", 0},
     4, 5, 2, CONFIDENT, 0, 1},
    {{"masked", "bounded", "ACT-13",
      "Positions masked by -1e4, as in attention: they stay there and pass dy on.", 0},
     4, 5, 1, MASKED, 0, 1},
    {{"forward_only", "bounded", "ACT-07", "Without an upstream gradient only y is an output.", 0},
     5, 4, 2, NORMAL, 2, 0},
    /* clang-format on */
};

static const double large_100[] = {100,  99.5,   97,   101.25, -100, -99, -100.5, -102,
                                   60.5, 100.75, 99.5, -140,   0.5,  -1,  100,    99.25};
static const double large_1000[] = {1000,   998.5,  1001.25, 999, -1000, -1001, -999.5, -1002,
                                    1000.5, -999.5, 999,     1,   2,     -998,  1000,   1001.5};
static const double confident[] = {12,  0.5, -1.25, 1.5,  -0.75, -20.5, 0.5, -30.25, -18, -25,
                                   -40, 20,  -15.5, 5.25, -30,   0.25,  3.5, -8.75,  1.5, -2.5};
static const double masked[] = {1.5,  -1e4, 0.25, -1e4, -0.75, -1e4, -1e4, 2.5, 1.25, -1e4,
                                0.75, 1.75, -2.5, -1e4, 0.5,   -1e4, -0.5, 1,   -1e4, 1.375};

static void fill(struct assay_case *test, const struct row *row)
{
    static const double *const lists[] = {NULL, NULL, masked, large_100, large_1000, confident};
    struct dims dims = DIMS(row->N, row->C);
    if (lists[row->data]) {
        case_values(test, "x", dims, lists[row->data]);
        return;
    }
    case_normal(test, "x", dims, 0, row->deviation);
    double *x = case_input(test, "x");
    for (size_t i = 0; row->data == ROW_OFFSETS && i < row->N * row->C; i++)
        x[i] = (float)(x[i] - 1000 * ((double)(i / row->C % 3) - 1));
}

static const struct refusal refusals[] = {
    /* clang-format off */
    {"no_input", "ordinary", INPUT_GONE, "x", 0, NULL, 0,
     "There is nothing to work on."},
    {"fewer_upstream_rows", "ordinary", INPUT_SHORTER, "dy", 0, NULL, 0,
     "The upstream gradient has one sample less than x."},
    {"fewer_upstream_columns", "ordinary", INPUT_SHORTER, "dy", 0, NULL, 1,
     "The upstream gradient has one column less than x."},
    /* clang-format on */
};

void log_softmax_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        fill(test, row);
        if (row->backward)
            case_signed(test, "dy", DIMS(row->N, row->C), 0.5, 1.5);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
