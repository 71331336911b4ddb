// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum { MOST_SIZES = 6 };
enum data { LINE, CURVED, BENT, CLASSES, WHOLE, SIGNS };

/* What is NULL or 0 is not stated. */
static const struct row {
    struct case_head head;
    const char *learner, *against, *distance, *penalty, *intercept, *measure;
    double l2;
    size_t N, M, D, block;
    int sizes[MOST_SIZES];
    enum data data;
} rows[] = {
    /* clang-format off */
    {{"nearest_neighbour", "bounded", "FND-28 REG-16",
      "The nearest of 2 to 24 samples: on this data more samples help.", 0},
     NULL, NULL, NULL, NULL, NULL, NULL, 0, 24, 9, 2, 4, {2, 5, 11, 24}, LINE},
    {{"manhattan", "bounded", "FND-28", "City blocks in three dimensions: other neighbours.", 0},
     "nearest_neighbour", NULL, "manhattan", NULL, NULL, NULL, 0, 17, 7, 3, 2, {3, 8, 17}, CURVED},
    {{"least_squares", "bounded", "FND-28 REG-16",
      "Ridge without l2, from one sample more than weights: there the gap is largest.", 0},
     "ridge", NULL, NULL, NULL, NULL, NULL, 0, 22, 9, 2, 4, {4, 6, 10, 22}, LINE},
    {{"ridge", "bounded", "FND-28 REG-16",
      "l2 of 3/4 on a sum: it weighs less and less, and the intercept is free of it.", 0},
     "ridge", NULL, NULL, NULL, NULL, NULL, 0.75, 22, 9, 3, 4, {2, 5, 12, 22}, LINE},
    {{"penalty_of_mean", "bounded", "FND-28", "l2 on a mean grows with the samples.", 0},
     "ridge", NULL, NULL, "mean", "free", NULL, 0.5, 14, 6, 2, 4, {1, 4, 14}, LINE},
    {{"penalised_intercept", "bounded", "FND-28",
      "The intercept of data of level 3 shrinks like a weight.", 0},
     "ridge", NULL, NULL, "sum", "penalised", NULL, 1.5, 14, 6, 2, 2, {1, 4, 14}, LINE},
    {{"no_intercept", "bounded", "FND-28", "A plane through the origin cannot follow a level of 3.",
      0},
     "ridge", NULL, NULL, NULL, "none", NULL, 0.25, 14, 6, 2, 2, {2, 5, 14}, LINE},
    {{"nearest_class", "bounded", "FND-28 REG-16", "The share of wrong classes of the nearest.", 0},
     NULL, NULL, NULL, NULL, NULL, "zero_one", 0, 26, 11, 2, 4, {2, 7, 26}, CLASSES},
    {{"class_by_sign", "bounded", "FND-28 REG-16", "Ridge on -1 and 1, judged by its sign.", 0},
     "ridge", NULL, NULL, NULL, NULL, "zero_one", 0.5, 26, 11, 2, 4, {2, 7, 26}, CLASSES},
    {{"line_against_nearest", "bounded", "FND-28",
      "A linear truth: the model that assumes it is ahead of the nearest neighbour.", 0},
     "ridge", "nearest_neighbour", NULL, NULL, NULL, NULL, 0.25, 18, 9, 2, 4, {3, 6, 18}, LINE},
    {{"nearest_against_line", "bounded", "FND-28",
      "A truth that is a little bent: behind on little data, the nearest neighbour overtakes the "
       "line.", 0},
     NULL, "ridge", NULL, NULL, NULL, NULL, 0.25, 48, 12, 1, 4, {3, 6, 12, 24, 48}, BENT},
    {{"many_blocks", "bounded", "FND-28 DST-02 DST-08",
      "61 samples in blocks of 4, sizes that end inside one: who owns what changes with each.", 0},
     "ridge", "nearest_neighbour", "manhattan", NULL, NULL, NULL, 0.125, 61, 9, 1, 4,
     {3, 17, 30, 61}, CURVED},
    {{"one_feature_one_size", "bounded", "FND-28", "The smallest curve: one size, one test point.",
      0},
     "ridge", NULL, NULL, NULL, NULL, NULL, 0.5, 3, 1, 1, 2, {3}, LINE},
    {{"equal_distances", "exact", "FND-28",
      "Whole numbers on a line: test points between two samples, and samples at one place whose "
       "values "
      "disagree.", 0},
     NULL, NULL, NULL, NULL, NULL, NULL, 0, 16, 8, 1, 2, {2, 4, 8, 16}, WHOLE},
    {{"equal_learners", "exact", "FND-28", "A learner against itself: nobody ever overtakes.", 0},
     NULL, "nearest_neighbour", NULL, NULL, NULL, "zero_one", 0, 8, 8, 1, 2, {2, 8}, WHOLE},
    {{"on_the_border", "exact", "FND-28",
      "One weight from features of -1 and 1; a test point at 0 is on the border and counts as "
       "above.",
      0},
     "ridge", NULL, NULL, NULL, "none", "zero_one", 0, 16, 4, 1, 2, {4, 16}, SIGNS},
    {{"exact_line", "exact", "FND-28 DST-02", "The same by squared errors: nothing is rounded.", 0},
     "ridge", NULL, NULL, NULL, "none", NULL, 0, 16, 4, 1, 2, {4, 16}, SIGNS},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"sizes_fall", "equal_learners", ELEMENT_SET, "sizes", 8,
     .why = "The same size twice is no curve."},
    {"size_beyond", "one_feature_one_size", ELEMENT_SET, "sizes", 4,
     .why = "There are three samples."},
    {"no_size", "one_feature_one_size", INPUT_SHORTER, "sizes", .why = "A curve of no point."},
    {"no_test_point", "one_feature_one_size", INPUT_GONE, "test_x", .why = "There is no test."},
    {"values_short", "one_feature_one_size", INPUT_SHORTER, "y", .why = "A sample has no value."},
    {"l2_negative", "one_feature_one_size", NUMBER_SET, "l2", -1,
     .why = "It would reward weights."},
    {"too_few_samples", "least_squares", ELEMENT_SET, "sizes", 2,
     .why = "Two samples do not determine three weights."},
    {"learner_unknown", "one_feature_one_size", CHOICE_SET, "learner", 0, "tree",
     .why = "No tree is defined."},
    {"measure_unknown", "one_feature_one_size", CHOICE_SET, "measure", 0, "hinge",
     .why = "No such loss is defined."},
};

/* Values of samples at x (N,D): around level 3, classes around 0. */
static void fill_values(struct assay_case *test, const char *x, const char *y, size_t N, size_t D,
                        enum data data)
{
    case_normal(test, y, DIMS(N), 0, data == CURVED || data == BENT ? 0.0625 : 0.375);
    const double *at = case_input(test, x);
    double *value = case_input(test, y);
    for (size_t n = 0; n < N; n++) {
        const double *a = &at[n * D], first = a[0], last = a[D - 1];
        double z = data == CURVED ? first * first * (1 + last / 2) : first - last / 2;
        z = data == BENT ? first + first * first / 4 : z;
        value[n] = (float)(value[n] + z + (data == CLASSES ? 0 : 3));
        if (data == CLASSES)
            value[n] = value[n] > 0 ? 1 : -1;
    }
}

static void fill(struct assay_case *test, const struct row *row)
{
    size_t N = row->N, M = row->M, D = row->D;
    if (row->data == WHOLE) {
        case_dyadic(test, "x", DIMS(N, D), -6, 6, 1);
        case_dyadic(test, "test_x", DIMS(M, D), -6, 6, 0.5);
    } else if (row->data == SIGNS) {
        case_signed(test, "x", DIMS(N, D), 1, 1);
        case_values(test, "test_x", DIMS(M, D), (const double[]){0, -1, 2, 0});
    } else {
        case_normal(test, "x", DIMS(N, D), 0, 1);
        case_normal(test, "test_x", DIMS(M, D), 0, 1);
    }
    if (row->data < WHOLE) {
        fill_values(test, "x", "y", N, D, row->data);
        fill_values(test, "test_x", "test_y", M, D, row->data);
    } else {
        case_dyadic(test, "y", DIMS(N), -4, 4, 1);
        case_dyadic(test, "test_y", DIMS(M), -4, 4, 1);
    }
}

void learning_curve_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        const char *const names[] = {"learner", "against",   "distance",
                                     "penalty", "intercept", "measure"};
        const char *const choices[] = {row->learner, row->against,   row->distance,
                                       row->penalty, row->intercept, row->measure};
        struct assay_case *test = case_add(list, &row->head);
        size_t K = 0;
        case_number(test, "block", (double)row->block);
        if (row->l2 != 0)
            case_number(test, "l2", row->l2);
        for (size_t c = 0; c < sizeof names / sizeof *names; c++) {
            if (choices[c])
                case_choice(test, names[c], choices[c]);
        }
        while (K < MOST_SIZES && row->sizes[K])
            K++;
        fill(test, row);
        case_integers(test, "sizes", DIMS(K), row->sizes);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
