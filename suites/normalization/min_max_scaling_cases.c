// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum data { RANDOM, OFFSET, SCALES, CONSTANTS, NEGATIVE, DYADIC };

/* N samples of D features, M new ones; low = high: not stated. */
static const struct row {
    struct case_head head;
    size_t N, D, M, block;
    enum data data;
    double low, high;
    int clip;
} rows[] = {
    /* clang-format off */
    {{"rectangular", "bounded", "NRM-02 NRM-03", "Sizes that all differ, to [0, 1].", 0},
     7, 5, 0, 2, RANDOM, 0, 0, 0},
    {{"symmetric", "bounded", "NRM-02", "To [-1, 1], the range of tanh.", 0},
     9, 4, 3, 2, RANDOM, -1, 1, 0},
    {{"given_range", "bounded", "NRM-02", "To [2, 7.5]: neither end is 0, nor the width 1.", 0},
     6, 6, 4, 2, RANDOM, 2, 7.5, 0},
    {{"train_and_test", "bounded", "NRM-02 NRM-04",
      "New data reaches beyond the training range, and its z beyond [0, 1].", 0},
     13, 4, 9, 4, RANDOM, 0, 0, 0},
    {{"clipped", "bounded", "NRM-02 NRM-04", "The same, clipped.", 0},
     13, 4, 9, 4, RANDOM, 0, 0, 1},
    {{"clipped_range", "bounded", "NRM-02", "Clipped to [-3, -0.5].", 0},
     8, 5, 7, 2, RANDOM, -3, -0.5, 1},
    {{"negative", "bounded", "NRM-02", "Negative values alone: the largest is not 0.", 0},
     11, 3, 5, 2, NEGATIVE, 0, 0, 0},
    {{"offset", "bounded", "NRM-02", "Mean 1000, deviation 1: x - minimum is nearly exact.", 0},
     17, 5, 3, 4, OFFSET, 0, 0, 0},
    {{"age_and_income", "bounded", "NRM-02 NRM-13", "Columns from 1e-6 to 1e6 wide.", 0},
     15, 7, 4, 4, SCALES, 0, 0, 0},
    {{"constant_columns", "bounded", "NRM-02", "Every other column is constant: z is low.", 0},
     9, 5, 4, 2, CONSTANTS, 0.25, 3, 0},
    {{"one_sample", "bounded", "NRM-02", "One sample: every column is constant.", 0},
     1, 4, 3, 1, RANDOM, -1, 2, 0},
    {{"many_blocks", "bounded", "NRM-02 DST-08", "67 samples in blocks of 4.", 0},
     67, 3, 5, 4, RANDOM, 0, 0, 0},
    {{"exact", "exact", "NRM-02", "Columns from -4 to 4 in steps of 1/2: powers of two throughout.",
      0},
     9, 4, 6, 2, DYADIC, -1, 1, 0},
    /* clang-format on */
};

static void adjust(double *x, const struct row *is)
{
    static const double width[] = {1e-6, 1e-3, 1, 1e3, 1e6, 40, 50000};
    for (size_t i = 0; i < is->N * is->D; i++) {
        size_t n = i / is->D, d = i % is->D;
        if (is->data == SCALES)
            x[i] = (float)(x[i] * width[d % 7]);
        else if (is->data == CONSTANTS && d % 2 == 0)
            x[i] = (double)d - 2.75;
        else if (is->data == NEGATIVE)
            x[i] = (float)(-1 - (x[i] < 0 ? -x[i] : x[i]));
        else if (is->data == DYADIC && n < 2)
            x[i] = (n + d) % 2 ? -4 : 4;
    }
}

static const struct refusal refusals[] = {
    /* clang-format off */
    {"no_input", "rectangular", INPUT_GONE, "x", 0, NULL, 0,
     "There is nothing to scale."},
    {"no_samples", "one_sample", INPUT_SHORTER, "x", 0, NULL, 0,
     "Nothing has no extremes."},
    {"fewer_new_features", "train_and_test", INPUT_SHORTER, "x_new", 0, NULL, 1,
     "New data lacks a feature."},
    {"empty_range", "given_range", NUMBER_SET, "high", 2, NULL, 0,
     "Low and high are equal."},
    {"range_reversed", "symmetric", NUMBER_SET, "high", -2, NULL, 0,
     "High is below low."},
    {"unknown_clip", "clipped", CHOICE_SET, "clip", 0, "whatever", 0,
     "A convention that nobody knows is not silently the default."},
    {"low_above_high", "given_range", NUMBER_SET, "low", 8, NULL, 0,
     "The same range reversed, from the other end."},
    /* clang-format on */
};

void min_max_scaling_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *is = &rows[i];
        struct assay_case *test = case_add(list, &is->head);
        struct dims dims = DIMS(is->N, is->D), fresh = DIMS(is->M, is->D);
        case_number(test, "block", (double)is->block);
        if (is->low < is->high) {
            case_number(test, "low", is->low);
            case_number(test, "high", is->high);
        }
        if (is->clip)
            case_choice(test, "clip", "yes");
        if (is->data == DYADIC)
            case_dyadic(test, "x", dims, -4, 4, 0.5);
        else
            case_normal(test, "x", dims, is->data == OFFSET ? 1000 : 3, is->data == OFFSET ? 1 : 5);
        adjust(case_input(test, "x"), is);
        if (is->M && is->data == DYADIC)
            case_dyadic(test, "x_new", fresh, -8, 8, 0.5);
        else if (is->M)
            case_normal(test, "x_new", fresh, is->data == OFFSET ? 1001 : -2,
                        is->data == OFFSET ? 2 : 9);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
