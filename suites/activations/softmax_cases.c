// SPDX-License-Identifier: MIT
#include "../case_builder.h"

/* Where x comes from: nearly normal; the same with an offset of a thousand for every other row;
 * constant along each row; or one of the lists below. */
enum data { NORMAL, ROW_OFFSETS, LEVEL_ROWS, MASKED, LARGE_100, LARGE_1000, CONFIDENT };

/* N samples of C classes, in blocks of `block` samples. */
static const struct row {
    struct case_head head;
    size_t N, C, block;
    enum data data;
    double deviation;
    int backward;
} rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "ACT-07 FND-19 FND-21",
      "Sizes that differ, so that the other axis cannot pass, and no upstream gradient of ones.",
      0},
     7, 5, 4, NORMAL, 2, 1},
    {{"one_sample", "bounded", "ACT-07", "A single row of three: nothing to be mixed up with.", 0},
     1, 3, 4, NORMAL, 1, 1},
    {{"two_classes", "bounded", "ACT-07",
      "Two classes: the sigmoid of the difference of the logits.", 0},
     5, 2, 2, NORMAL, 2, 1},
    {{"square", "bounded", "ACT-07",
      "As many samples as classes: a transposed axis keeps the shape, and still fails.", 0},
     6, 6, 2, NORMAL, 2, 1},
    {{"one_class", "exact", "ACT-07",
      "A single class: the probability is exactly 1 and the gradient exactly 0.", 0},
     3, 1, 2, NORMAL, 1, 1},
    {{"level_rows", "exact", "ACT-07",
      "Four equal logits in each row, and dyadic upstream gradients: a tie of all classes is 1/4 "
      "each, exactly, whatever the level.",
      0},
     9, 4, 2, LEVEL_ROWS, 0, 1},
    {{"wide", "bounded", "ACT-07", "37 classes, which no vector width divides.", 0},
     3, 37, 2, NORMAL, 2, 1},
    {{"many_classes", "bounded", "ACT-07",
      "257 classes: the sum in the denominator is a long chain, and its bound grows with it.", 0},
     2, 257, 1, NORMAL, 1, 1},
    {{"uneven_blocks", "bounded", "ACT-07 DST-08",
      "67 samples in blocks of 8: the last block is short, and a lost or repeated row shows.", 0},
     67, 3, 8, NORMAL, 2, 1},
    {{"many_blocks", "bounded", "ACT-07 DST-08",
      "16 blocks of 2 samples: more blocks than ranks, in every distribution over up to 8.", 0},
     31, 4, 2, NORMAL, 1, 1},
    {{"digits_like", "bounded", "ACT-07 FND-19",
      "A head of realistic size: 64 samples of 10 classes.", 0},
     64, 10, 8, NORMAL, 2, 1},
    {{"nearly_level", "bounded", "ACT-07",
      "Logits of about 1e-3, as at the start of training: nearly equal probabilities.", 0},
     5, 4, 2, NORMAL, 1e-3, 1},
    {{"row_offsets", "bounded", "ACT-07",
      "Rows around +1000, 0 and -1000: each row has a maximum of its own.", 0},
     9, 5, 2, ROW_OFFSETS, 2, 1},
    {{"logits_of_100", "bounded", "ACT-07",
      "e^100 overflows in binary32: the maximum has to be taken out first.", 0},
     4, 4, 1, LARGE_100, 0, 1},
    {{"logits_of_1000", "bounded", "ACT-07",
      "e^1000 overflows in binary64 too, and gaps of 1000 underflow to 0.", 0},
     4, 4, 1, LARGE_1000, 0, 1},
    {{"confident", "bounded", "ACT-07 ACT-11",
      "Gaps of 10 to 60: the small probabilities keep their digits, and so do their gradients.", 0},
     4, 5, 2, CONFIDENT, 0, 1},
    {{"masked", "bounded", "ACT-13",
      "Positions masked by -1e9, as in attention: their weight is exactly 0, the others add to 1.",
      0},
     4, 5, 1, MASKED, 0, 1},
    {{"forward_only", "bounded", "ACT-07", "Without an upstream gradient only y is an output.", 0},
     5, 4, 2, NORMAL, 2, 0},
    /* clang-format on */
};

static const double large_100[] = {100,  99.5,   97,   101.25, -100, -99, -100.5, -102,
                                   60.5, 100.75, 99.5, 40,     0.5,  -1,  100,    99.25};
static const double large_1000[] = {1000,   998.5,  1001.25, 999, -1000, -1001, -999.5, -1002,
                                    1000.5, -999.5, 999,     1,   2,     -998,  1000,   1001.5};
static const double confident[] = {12,  0.5, -1.25, 1.5,  -0.75, -20.5, 0.5, -30.25, -18, -25,
                                   -40, 20,  -15.5, 5.25, -30,   0.25,  3.5, -8.75,  1.5, -2.5};
static const double masked[] = {1.5,  -1e9, 0.25, -1e9, -0.75, -1e9, -1e9, 2.5, 1.25, -1e9,
                                0.75, 1.75, -2.5, -1e9, 0.5,   -1e9, -0.5, 1,   -1e9, 1.375};

static void fill(struct assay_case *test, const struct row *row)
{
    static const double *const lists[] = {NULL,      NULL,       NULL,     masked,
                                          large_100, large_1000, confident};
    struct dims dims = DIMS(row->N, row->C);
    if (lists[row->data]) {
        case_values(test, "x", dims, lists[row->data]);
        return;
    }
    case_normal(test, "x", dims, 0, row->deviation);
    double *x = case_input(test, "x");
    for (size_t i = 0; i < row->N * row->C; i++) {
        double offset = 1000 * ((double)(i / row->C % 3) - 1);
        if (row->data == ROW_OFFSETS)
            x[i] = (float)(x[i] - offset);
        if (row->data == LEVEL_ROWS)
            x[i] = (double)(i / row->C) - 3.5;
    }
}

/* Rows that keep some classes, one, all; and, with an even number, none. */
static const int some_kept[] = {1, 0, 1, 1, 0, 0, 1, 0, 1, 1, 1, 1, 0, 1, 0, 1, 1, 1, 0, 1};
static const int none_kept[] = {1, 0, 1, 1, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1};

static const struct {
    struct case_head head;
    const int *mask; /* (5,4) */
    const char *fully_masked;
} masked_rows[] = {
    /* clang-format off */
    {{"mask", "bounded", "ACT-13", "A mask, that keeps something of every row.", 0}, some_kept,
      NULL},
    {{"fully_masked", "bounded", "ACT-13", "Rows that keep nothing are 0, by default.", 0},
     none_kept, NULL},
    {{"fully_masked_zero", "bounded", "ACT-13", "The same, stated.", 0}, none_kept, "zero"},
    {{"fully_masked_uniform", "bounded", "ACT-13",
      "Rows that keep nothing are 1/4, without gradient.",
      0},
     none_kept, "uniform"},
    {{"mask_refuses_none", "bounded", "ACT-13", "Rows without any class would be refused.", 0},
     some_kept, "refused"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"no_input", "ordinary", INPUT_GONE, "x", 0, NULL, 0,
     "There is nothing to work on."},
    {"fewer_upstream_rows", "ordinary", INPUT_SHORTER, "dy", 0, NULL, 0,
     "The upstream gradient has one sample less than x."},
    {"fewer_upstream_columns", "ordinary", INPUT_SHORTER, "dy", 0, NULL, 1,
     "The upstream gradient has one column less than x."},
    {"fully_masked_refused", "fully_masked_zero", CHOICE_SET, "fully_masked", 0, "refused", 0,
     "A row keeps nothing. The refusal is of the mask."},
    {"mask_of_two", "mask", ELEMENT_SET, "mask", 2, NULL, 0, "Neither kept nor not."},
    {"unknown_convention", "mask", CHOICE_SET, "fully_masked", 0, "whatever", 0,
     "A convention that nobody knows is not silently the default."},
    {"no_classes", "one_class", INPUT_SHORTER, "x", 0, NULL, 1,
     "A distribution over no classes has no sum of 1."},
    /* clang-format on */
};

void softmax_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        fill(test, row);
        if (row->backward && row->data == LEVEL_ROWS)
            case_dyadic(test, "dy", DIMS(row->N, row->C), -4, 4, 0.25);
        else if (row->backward)
            case_signed(test, "dy", DIMS(row->N, row->C), 0.5, 1.5);
    }
    for (size_t i = 0; i < sizeof masked_rows / sizeof *masked_rows; i++) {
        struct assay_case *test = case_add(list, &masked_rows[i].head);
        case_number(test, "block", 2);
        if (masked_rows[i].fully_masked)
            case_choice(test, "fully_masked", masked_rows[i].fully_masked);
        case_normal(test, "x", DIMS(5, 4), 0, 2);
        case_integers(test, "mask", DIMS(5, 4), masked_rows[i].mask);
        case_signed(test, "dy", DIMS(5, 4), 0.5, 1.5);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
