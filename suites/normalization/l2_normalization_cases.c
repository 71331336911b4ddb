// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum data { RANDOM, ZERO_ROWS, MIXED_SIZES, TRIPLES };

/* N samples of C features; size 0: deviation 2. epsilon 0: not stated. */
static const struct row {
    struct case_head head;
    size_t N, C, block;
    enum data data;
    double size, epsilon;
    const char *guard;
    int no_gradient;
} rows[] = {
    /* clang-format off */
    {{"rectangular", "bounded", "", "Sizes that differ and norms far from 1.", 0},
     5, 7, 2, RANDOM, 0, 0, NULL, 0},
    {{"forward_only", "bounded", "", "No upstream gradient.", 0},
     4, 6, 1, RANDOM, 0, 1e-12, NULL, 1},
    {{"square", "bounded", "", "As many samples as features: the wrong axis fits the shape.", 0},
     6, 6, 2, RANDOM, 0, 1e-12, NULL, 0},
    {{"one_feature", "bounded", "", "One feature, guarded: y is x over epsilon.", 0},
     5, 1, 2, RANDOM, 0.25, 8, NULL, 0},
    {{"guarded", "bounded", "", "Norms below and above an epsilon of 2.", 0},
     8, 5, 2, MIXED_SIZES, 0, 2, NULL, 0},
    {{"guarded_square", "bounded", "", "Squares below and above an epsilon of 2.", 0},
     8, 5, 2, MIXED_SIZES, 0, 2, "larger_square", 0},
    {{"under_root", "bounded", "", "Epsilon is added to the square.", 0},
     8, 5, 2, MIXED_SIZES, 0, 0.25, "under_root", 0},
    {{"zero_rows", "bounded", "", "Rows of zeros have a gradient: dy over epsilon.", 0},
     6, 4, 2, ZERO_ROWS, 0, 0.01, NULL, 0},
    {{"zero_rows_square", "bounded", "", "Rows of zeros in TensorFlow's convention.", 0},
     6, 4, 2, ZERO_ROWS, 0, 0.01, "larger_square", 0},
    {{"zero_rows_root", "bounded", "", "Rows of zeros with epsilon under the root.", 0},
     6, 4, 2, ZERO_ROWS, 0, 0.01, "under_root", 0},
    {{"default_zero_rows", "bounded", "", "The default epsilon, forward: 0 / 1e-12 is 0.", 0},
     6, 4, 2, ZERO_ROWS, 0, 0, NULL, 1},
    {{"small", "bounded", "", "Norms of 1e-5: squares of 1e-10, far above 1e-12 squared.", 0},
     4, 9, 1, RANDOM, 3e-6, 1e-12, NULL, 1},
    {{"embeddings", "bounded", "", "A realistic size: 8 embeddings of width 40.", 0},
     8, 40, 2, RANDOM, 0, 1e-12, NULL, 0},
    {{"many_blocks", "bounded", "DST-08", "35 samples in blocks of 2, the last of them short.", 0},
     35, 3, 2, RANDOM, 0, 1e-12, NULL, 0},
    {{"exact_lengths", "exact", "",
      "Four values of one size a: length 2 a, so y is 1/2 and everything is exact.", 0},
     5, 4, 1, TRIPLES, 0, 0.125, NULL, 0},
    /* clang-format on */
};

static void adjust(double *x, const struct row *is)
{
    for (size_t i = 0; i < is->N * is->C; i++) {
        size_t n = i / is->C;
        if (is->data == ZERO_ROWS && n % 2 == 0)
            x[i] = 0;
        else if (is->data == MIXED_SIZES && n % 2 == 0)
            x[i] = (float)(x[i] * 0.0625);
        else if (is->data == TRIPLES)
            x[i] = (x[i] < 0 ? -0.5 : 0.5) * (double)(1u << n % 3);
    }
}

static const struct refusal refusals[] = {
    /* clang-format off */
    {"no_input", "rectangular", INPUT_GONE, "x", 0, NULL, 0,
     "There is nothing to work on."},
    {"fewer_upstream_rows", "rectangular", INPUT_SHORTER, "dy", 0, NULL, 0,
     "The upstream gradient has one sample less than x."},
    {"fewer_upstream_columns", "rectangular", INPUT_SHORTER, "dy", 0, NULL, 1,
     "The upstream gradient has one column less than x."},
    {"epsilon_negative", "guarded", NUMBER_SET, "epsilon", -0.001, NULL, 0,
     "A negative guard guards nothing."},
    {"epsilon_zero", "zero_rows", NUMBER_SET, "epsilon", 0, NULL, 0,
     "A row of zeros would be divided by 0."},
    {"epsilon_zero_under_root", "zero_rows_root", NUMBER_SET, "epsilon", 0, NULL, 0,
     "The same with epsilon under the root."},
    {"unknown_guard", "guarded_square", CHOICE_SET, "guard", 0, "whatever", 0,
     "A convention that nobody knows is not silently the default."},
    {"epsilon_zero_square", "zero_rows_square", NUMBER_SET, "epsilon", 0, NULL, 0,
     "The same where the square is guarded."},
    /* clang-format on */
};

void l2_normalization_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *is = &rows[i];
        struct assay_case *test = case_add(list, &is->head);
        double size = is->size > 0 ? is->size : 2;
        case_number(test, "block", (double)is->block);
        if (is->epsilon > 0)
            case_number(test, "epsilon", is->epsilon);
        if (is->guard)
            case_choice(test, "guard", is->guard);
        case_signed(test, "x", DIMS(is->N, is->C), 0.5 * size, 2 * size);
        adjust(case_input(test, "x"), is);
        if (is->data == TRIPLES)
            case_dyadic(test, "dy", DIMS(is->N, is->C), -2, 2, 0.5);
        else if (!is->no_gradient)
            case_signed(test, "dy", DIMS(is->N, is->C), 0.25, 2);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
