// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum data { RANDOM, SCALES, ZEROS, NEGATIVE, SPARSE, DYADIC };

/* N samples of D features, M new ones. */
static const struct row {
    struct case_head head;
    size_t N, D, M, block;
    enum data data;
    int all, clip;
} rows[] = {
    /* clang-format off */
    {{"rectangular", "bounded", "NRM-03", "Sizes that all differ, nothing stated.", 0},
     7, 5, 0, 2, RANDOM, 0, 0},
    {{"train_and_test", "bounded", "NRM-03 NRM-04",
      "New data is larger than the training data, and its z leaves [-1, 1].", 0},
     9, 4, 6, 2, RANDOM, 0, 0},
    {{"clipped", "bounded", "NRM-03 NRM-04", "The same, clipped.", 0},
     9, 4, 6, 2, RANDOM, 0, 1},
    {{"negative", "bounded", "NRM-03", "Negative values alone: the largest is that of the least.",
      0},
     8, 3, 4, 2, NEGATIVE, 0, 0},
    {{"of_all", "bounded", "NRM-03", "One largest value for all features.", 0},
     6, 5, 4, 2, RANDOM, 1, 0},
    {{"of_all_scales", "bounded", "NRM-03", "The same: small features stay small.", 0},
     7, 4, 3, 2, SCALES, 1, 1},
    {{"age_and_income", "bounded", "NRM-03 NRM-13", "Features from 1e-6 to 1e6 wide.", 0},
     7, 7, 3, 2, SCALES, 0, 0},
    {{"features_of_zeros", "bounded", "NRM-03", "Every other feature is 0, and new data is not.",
      0},
     7, 5, 3, 2, ZEROS, 0, 0},
    {{"sparse", "bounded", "NRM-03", "Mostly zeros, which stay zeros.", 0},
     9, 5, 0, 2, SPARSE, 0, 0},
    {{"one_sample", "bounded", "NRM-03", "One sample: z is its signs.", 0},
     1, 4, 3, 1, RANDOM, 0, 0},
    {{"many_blocks", "bounded", "NRM-03 DST-08", "47 samples in blocks of 4.", 0},
     47, 3, 5, 4, RANDOM, 0, 0},
    {{"exact", "exact", "NRM-03", "Largest values of 4, 8 and 16: nothing is rounded.", 0},
     7, 3, 4, 2, DYADIC, 0, 0},
    /* clang-format on */
};

static void adjust(double *x, const struct row *is)
{
    static const double width[] = {1e-6, 1e-3, 1, 1e3, 1e6, 40, 50000};
    for (size_t i = 0; i < is->N * is->D; i++) {
        size_t n = i / is->D, d = i % is->D;
        if (is->data == SCALES)
            x[i] = (float)(x[i] * width[d % 7]);
        else if (is->data == ZEROS && d % 2 == 0)
            x[i] = 0;
        else if (is->data == SPARSE && i % 4 != 1)
            x[i] = 0;
        else if (is->data == NEGATIVE)
            x[i] = x[i] < 0 ? x[i] : -x[i];
        else if (is->data == DYADIC && n == 1)
            x[i] = -4 * (double)(1u << d);
    }
}

static const struct refusal refusals[] = {
    /* clang-format off */
    {"no_input", "one_sample", INPUT_GONE, "x", 0, NULL, 0, "There is nothing to scale."},
    {"no_samples", "one_sample", INPUT_SHORTER, "x", 0, NULL, 0, "Nothing has no largest value."},
    {"fewer_new_features", "one_sample", INPUT_SHORTER, "x_new", 0, NULL, 1,
     "New data lacks a feature."},
    {"unknown_scope", "one_sample", CHOICE_SET, "scope", 0, "whatever", 0,
     "A convention that nobody knows is not silently the default."},
    {"unknown_clip", "one_sample", CHOICE_SET, "clip", 0, "whatever", 0, "The same of the other."},
    /* clang-format on */
};

void max_abs_scaling_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *is = &rows[i];
        struct assay_case *test = case_add(list, &is->head);
        struct dims dims = DIMS(is->N, is->D), fresh = DIMS(is->M, is->D);
        case_number(test, "block", (double)is->block);
        if (is->all)
            case_choice(test, "scope", "all");
        if (is->clip)
            case_choice(test, "clip", "yes");
        if (is->data == DYADIC)
            case_dyadic(test, "x", dims, -4, 4, 0.5);
        else
            case_signed(test, "x", dims, 0.5, 6);
        adjust(case_input(test, "x"), is);
        if (is->M && is->data == DYADIC)
            case_dyadic(test, "x_new", fresh, -24, 24, 0.5);
        else if (is->M)
            case_signed(test, "x_new", fresh, 2, 9);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
