// SPDX-License-Identifier: MIT
#include "../case_builder.h"

/* Where x comes from: uniform in [low, high), or one of the lists below. */
enum data { UNIFORM, SATURATED, TINY };

/* N samples of C values, in blocks of `block` samples; beta 0: no such input; upstream 0: no
 * gradient is asked for. */
static const struct row {
    struct case_head head;
    size_t N, C, block;
    enum data data;
    double low, high, beta, upstream;
} rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "ACT-01 FND-21", "Both signs, no beta: it is 1 and has no gradient.",
      0},
     7, 5, 4, UNIFORM, -4, 4, 0, 1},
    {{"one_value", "bounded", "ACT-01", "One sample of one value: the smallest case there is.", 0},
     1, 1, 4, UNIFORM, 1, 2, 0.75, 1},
    {{"swish", "bounded", "ACT-01", "beta = 1.7 and its gradient, with sizes that differ.", 0},
     7, 5, 4, UNIFORM, -3, 3, 1.7, 1},
    {{"beta_one", "bounded", "ACT-01", "beta = 1, stated: the SiLU, but beta has a gradient.", 0},
     5, 4, 2, UNIFORM, -3, 3, 1, 1},
    {{"beta_small", "bounded", "ACT-01", "beta = 0.25: half of x, nearly.", 0},
     5, 4, 2, UNIFORM, -4, 4, 0.25, 1},
    {{"beta_negative", "bounded", "ACT-01",
      "beta = -1.25: the gate opens to the left, which a formula for one sign cannot do.", 0},
     5, 4, 2, UNIFORM, -4, 4, -1.25, 1},
    {{"two_samples", "bounded", "ACT-01",
      "Two blocks of one sample with three values each: a rank may own one row.", 0},
     2, 3, 1, UNIFORM, -3, 3, 1.5, 1},
    {{"single_column", "bounded", "ACT-01", "One value for each of 13 samples, in 7 blocks.", 0},
     13, 1, 2, UNIFORM, -3, 3, 1.5, 1},
    {{"wide", "bounded", "ACT-01",
      "Rows of 37 values, which no vector width divides: dbeta is a chain over them.", 0},
     3, 37, 2, UNIFORM, -3, 3, 1.5, 1},
    {{"uneven_blocks", "bounded", "ACT-01 DST-08",
      "67 samples in blocks of 8: the last block is short, and dbeta shows what is lost.", 0},
     67, 3, 8, UNIFORM, -3, 3, 1.5, 1},
    {{"many_blocks", "bounded", "ACT-01 DST-08",
      "16 blocks of 2 samples: more blocks than ranks, in every distribution over up to 8.", 0},
     31, 2, 2, UNIFORM, -3, 3, 0.5, 1},
    {{"digits_like", "bounded", "ACT-01", "A layer of realistic size: 32 samples of 10 values.", 0},
     32, 10, 4, UNIFORM, -4, 4, 1.125, 1},
    {{"large_upstream", "bounded", "ACT-01 FND-22",
      "Upstream gradients of several hundred: the chain rule multiplies by them, once.", 0},
     5, 3, 2, UNIFORM, -3, 3, 1.5, 500},
    {{"negative_tail", "bounded", "ACT-01 ACT-11",
      "Between -40 and -5 value and slope are tiny but keep all their digits.", 0},
     4, 9, 2, UNIFORM, -40, -5, 1.25, 1},
    {{"saturated", "bounded", "ACT-11", "From -1000 to 1000: no overflow to either side.", 0},
     4, 4, 2, SATURATED, 0, 0, 0, 1},
    {{"tiny_arguments", "bounded", "ACT-01",
      "Signed zeros and arguments down to 1e-10: the slope is 1/2.", 0},
     2, 5, 1, TINY, 0, 0, 2, 1},
    {{"forward_only", "bounded", "ACT-01", "Without an upstream gradient only y is an output.", 0},
     5, 4, 2, UNIFORM, -4, 4, 1.5, 0},
    /* clang-format on */
};

static const double saturated[] = {-1000, 1000, 0.75, -1.5,  -800, 800, 2.25, -0.375,
                                   -89.5, 89.5, 1.25, -2.75, -710, 710, 0.5,  -3.5};
static const double tiny[] = {0.0, -0.0, 1e-5, -1e-5, 1e-10, -1e-10, 1e-4, -1e-4, 0.5, -0.25};

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

void silu_cases(struct case_list *list)
{
    static const double *const lists[] = {NULL, saturated, tiny};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct dims dims = DIMS(row->N, row->C);
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        if (row->data == UNIFORM)
            case_uniform(test, "x", dims, row->low, row->high);
        else
            case_values(test, "x", dims, lists[row->data]);
        if (row->beta != 0)
            case_constant(test, "beta", SCALAR, row->beta);
        if (row->upstream > 0)
            case_signed(test, "dy", dims, 0.5 * row->upstream, 1.5 * row->upstream);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
