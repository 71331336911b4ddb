// SPDX-License-Identifier: MIT
#include "../case_builder.h"

/* Where x comes from: uniform in [low, high), random signs with magnitudes in [low, high), or one
 * of the lists below. */
enum data { UNIFORM, SIGNED, SATURATED, OVERFLOWING, TINY };

/* N samples of C values, in blocks of `block` samples; without upstream no gradient is asked for.
 */
static const struct row {
    struct case_head head;
    size_t N, C, block;
    enum data data;
    double low, high, upstream;
} rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "ACT-03 ACT-12 FND-21",
      "Arguments where every formula works, with sizes that differ: the plain definition.", 0},
     7, 5, 4, UNIFORM, -3, 3, 1},
    {{"one_value", "bounded", "ACT-03", "One sample of one value: the smallest case there is.", 0},
     1, 1, 4, UNIFORM, 0.5, 1, 1},
    {{"two_samples", "bounded", "ACT-03",
      "Two blocks of one sample with three values each: a rank may own a single row.", 0},
     2, 3, 1, UNIFORM, -2, 2, 1},
    {{"single_column", "bounded", "ACT-03", "One value for each of 13 samples, 7 blocks.", 0},
     13, 1, 2, UNIFORM, -2, 2, 1},
    {{"wide", "bounded", "ACT-03", "Rows of 37 values, which no vector width divides.", 0},
     3, 37, 2, UNIFORM, -3, 3, 1},
    {{"uneven_blocks", "bounded", "ACT-03 DST-08",
      "67 samples in blocks of 8: the last block is short, and a lost or repeated row shows.", 0},
     67, 3, 8, UNIFORM, -3, 3, 1},
    {{"many_blocks", "bounded", "ACT-03 DST-08",
      "16 blocks of 2 samples: more blocks than ranks, in every distribution over up to 8.", 0},
     31, 2, 2, UNIFORM, -2, 2, 1},
    {{"digits_like", "bounded", "ACT-03", "A layer of realistic size: 32 samples of 10 values.", 0},
     32, 10, 4, UNIFORM, -2.5, 2.5, 1},
    {{"near_zero", "bounded", "ACT-03",
      "Around 1e-4 the value is nearly its argument and must keep all its digits; a difference of "
      "exponentials does not.",
      0},
     4, 9, 2, SIGNED, 1e-5, 1e-3, 1},
    {{"large_upstream", "bounded", "ACT-03 FND-22",
      "Upstream gradients of several hundred: the chain rule multiplies by them, once.", 0},
     5, 3, 2, UNIFORM, -2, 2, 500},
    {{"saturated", "bounded", "ACT-03 ACT-11",
      "Up to 40 on both sides, where the value reaches +-1 and the slope cancels.", 0},
     4, 4, 2, SATURATED, 0, 0, 1},
    {{"overflowing", "bounded", "ACT-03 ACT-11",
      "e^1000 overflows in every precision, the tanh of +-1000 is +-1.", 0},
     4, 4, 1, OVERFLOWING, 0, 0, 1},
    {{"tiny_arguments", "bounded", "ACT-03",
      "Signed zeros and arguments down to 1e-30: tanh x is x, not 0.", 0},
     2, 5, 1, TINY, 0, 0, 1},
    {{"forward_only", "bounded", "ACT-03", "Without an upstream gradient only y is an output.", 0},
     5, 4, 2, UNIFORM, -3, 3, 0},
    /* clang-format on */
};

/* Fewer than half of the values in a list are saturated, where the slope has lost its relative
 * accuracy: the typical relative error of the tensor should be that of the others. */
static const double saturated[] = {-40,   -18.5, -9.25, 0.125, -1.5, -0.5, -0.75, 0.25,
                                   0.375, 1,     1.75,  2,     1.25, 9.5,  19,    40};
static const double overflowing[] = {-1000, 1000, 0.75,  -1.5,  -800, 800, 0.25,   -0.375,
                                     -89.5, 0.5,  -1.25, 0.625, 710,  1.5, -0.125, -1.75};
static const double tiny[] = {0.0, -0.0, 1e-30, -1e-30, 1e-10, -1e-10, 1e-4, -1e-4, 0.5, -0.25};

static void fill(struct assay_case *test, const struct row *row)
{
    static const double *const lists[] = {NULL, NULL, saturated, overflowing, tiny};
    struct dims dims = DIMS(row->N, row->C);
    if (row->data == UNIFORM)
        case_uniform(test, "x", dims, row->low, row->high);
    else if (row->data == SIGNED)
        case_signed(test, "x", dims, row->low, row->high);
    else
        case_values(test, "x", dims, lists[row->data]);
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

void tanh_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        fill(test, row);
        if (row->upstream > 0)
            case_signed(test, "dy", DIMS(row->N, row->C), 0.5 * row->upstream, 1.5 * row->upstream);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
