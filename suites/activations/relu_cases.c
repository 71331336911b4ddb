// SPDX-License-Identifier: MIT
#include "../case_builder.h"

/* Magnitudes in [low, high) with random signs, negative but for some of them, or the list below. */
enum data { SIGNED, MOSTLY_DEAD, KINKS };

/* N samples of C values, in blocks of `block` samples. Nothing is ever rounded, so all is exact. */
static const struct row {
    struct case_head head;
    size_t N, C, block;
    enum data data;
    double low, high;
    int backward;
    const char *derivative_at_zero; /* NULL: not stated */
} rows[] = {
    /* clang-format off */
    {{"ordinary", "exact", "ACT-04 FND-21",
      "Both signs, away from the kink, with sizes that differ: the plain definition.", 0},
     7, 5, 4, SIGNED, 0.25, 4, 1, NULL},
    {{"one_value", "exact", "ACT-04", "One sample of one value: the smallest case there is.", 1},
     1, 1, 4, SIGNED, 0.5, 2, 1, NULL},
    {{"two_samples", "exact", "ACT-04",
      "Two blocks of one sample with three values each: a rank may own a single row.", 0},
     2, 3, 1, SIGNED, 0.25, 4, 1, NULL},
    {{"single_column", "exact", "ACT-04", "One value for each of 13 samples, 7 blocks.", 0},
     13, 1, 2, SIGNED, 0.25, 4, 1, NULL},
    {{"wide", "exact", "ACT-04", "Rows of 37 values, which no vector width divides.", 0},
     3, 37, 2, SIGNED, 0.25, 4, 1, NULL},
    {{"uneven_blocks", "exact", "ACT-04 DST-08",
      "67 samples in blocks of 8: the last block is short, and a lost or repeated row shows.", 0},
     67, 3, 8, SIGNED, 0.25, 4, 1, NULL},
    {{"many_blocks", "exact", "ACT-04 DST-08",
      "16 blocks of 2 samples: more blocks than ranks, in every distribution over up to 8.", 0},
     31, 2, 2, SIGNED, 0.25, 4, 1, NULL},
    {{"digits_like", "exact", "ACT-04", "A layer of realistic size: 32 samples of 10 values.", 0},
     32, 10, 4, SIGNED, 0.0625, 4, 1, NULL},
    {{"large_values", "exact", "ACT-04 ACT-11",
      "Values around a million: no saturation to the right, whatever their size.", 0},
     5, 7, 2, SIGNED, 1e6, 2e6, 1, NULL},
    {{"mostly_dead", "exact", "ACT-10 ACT-11",
      "A bias of -10 has nearly all units stuck: their gradient is exactly 0, the others' is not.",
      0},
     9, 7, 2, MOSTLY_DEAD, 8, 12, 1, NULL},
    {{"kink_unstated", "exact", "ACT-04",
      "Signed zeros, +-1e-30 and +-1e30 without a stated convention: the slope at 0 is 0.", 0},
     3, 4, 1, KINKS, 0, 0, 1, NULL},
    {{"kink_zero", "exact", "ACT-04",
      "The same points with the slope at 0 stated as 0: a tolerance around 0 shows at 1e-30.", 0},
     3, 4, 1, KINKS, 0, 0, 1, "zero"},
    {{"kink_half", "exact", "ACT-04",
      "The same points with the slope 1/2 at 0, as maximum(x, 0) has it.", 0},
     3, 4, 1, KINKS, 0, 0, 1, "half"},
    {{"kink_one", "exact", "ACT-04", "The same points with the slope 1 at 0, as a clamp has it.",
      0},
     3, 4, 1, KINKS, 0, 0, 1, "one"},
    {{"forward_only", "exact", "ACT-04", "Without an upstream gradient only y is an output.", 0},
     5, 4, 2, SIGNED, 0.25, 4, 0, NULL},
    /* clang-format on */
};

static const double kinks[] = {0.0,  -0.0,  1e-30, -1e-30, 1e30,  -1e30,
                               -2.5, 0.125, -0.0,  0.0,    1e-10, -1e-10};

static void fill(struct assay_case *test, const struct row *row)
{
    struct dims dims = DIMS(row->N, row->C);
    if (row->data == KINKS) {
        case_values(test, "x", dims, kinks);
        return;
    }
    if (row->data == SIGNED) {
        case_signed(test, "x", dims, row->low, row->high);
        return;
    }
    case_uniform(test, "x", dims, -row->high, -row->low);
    double *x = case_input(test, "x");
    for (size_t i = 3; i < row->N * row->C; i += 17)
        x[i] = -x[i];
}

static const struct refusal refusals[] = {
    /* clang-format off */
    {"no_input", "ordinary", INPUT_GONE, "x", 0, NULL, 0,
     "There is nothing to work on."},
    {"fewer_upstream_rows", "ordinary", INPUT_SHORTER, "dy", 0, NULL, 0,
     "The upstream gradient has one sample less than x."},
    {"fewer_upstream_columns", "ordinary", INPUT_SHORTER, "dy", 0, NULL, 1,
     "The upstream gradient has one column less than x."},
    {"unknown_convention", "kink_zero", CHOICE_SET, "derivative_at_zero", 0, "whatever", 0,
     "A convention that nobody knows is not silently the default."},
    /* clang-format on */
};

void relu_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        if (row->derivative_at_zero)
            case_choice(test, "derivative_at_zero", row->derivative_at_zero);
        fill(test, row);
        if (row->backward)
            case_signed(test, "dy", DIMS(row->N, row->C), 0.5, 1.5);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
