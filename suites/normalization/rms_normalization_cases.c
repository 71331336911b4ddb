// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum data { RANDOM, OFFSET, ZERO_ROWS, SIGNS };
enum { WEIGHT = 1, GRADIENT = 2, ALL = 3, ONE_PLUS = 4, OUTSIDE = 8 };

/* (N,C), or (N,T,C) when there is a T. size 0: deviation 3. epsilon 0: not stated. */
struct setting {
    size_t N, T, C, block;
    unsigned has;
    enum data data;
    double size, epsilon;
};

static const struct row {
    struct case_head head;
    struct setting is;
} rows[] = {
    /* clang-format off */
    {{"rectangular", "bounded", "", "Sizes that differ, a weight, everything differentiated.", 0},
     {.N = 5, .C = 7, .block = 2, .has = ALL}},
    {{"one_plus", "bounded", "", "Gemma's weight: the factor is 1 + w.", 0},
     {.N = 4, .C = 9, .block = 2, .has = ALL | ONE_PLUS, .epsilon = 1e-6}},
    {{"plain", "bounded", "", "Without a weight: the factor is 1, not 0 and not 2.", 0},
     {.N = 4, .C = 6, .block = 1, .has = GRADIENT, .epsilon = 1e-5}},
    {{"plain_one_plus", "bounded", "", "Without a weight the convention says nothing.", 0},
     {.N = 3, .C = 5, .block = 1, .has = GRADIENT | ONE_PLUS, .epsilon = 1e-5}},
    {{"forward_only", "bounded", "", "No upstream gradient.", 0},
     {.N = 3, .C = 8, .block = 1, .has = WEIGHT, .epsilon = 1e-5}},
    {{"one_feature", "bounded", "",
      "One feature, of a size where epsilon counts: y is nearly its sign.", 0},
     {.N = 6, .C = 1, .block = 2, .has = ALL, .size = 0.5, .epsilon = 0.25}},
    {{"square", "bounded", "", "As many samples as features: the wrong axis fits the shape.", 0},
     {.N = 6, .C = 6, .block = 2, .has = ALL, .epsilon = 1e-5}},
    {{"outside", "bounded", "", "The paper's text: epsilon added to the root.", 0},
     {.N = 5, .C = 6, .block = 2, .has = ALL | OUTSIDE, .size = 0.5, .epsilon = 0.01}},
    {{"small", "bounded", "", "A mean square about as large as epsilon, forward.", 0},
     {.N = 5, .C = 9, .block = 2, .has = WEIGHT, .size = 0.003, .epsilon = 1e-5}},
    {{"small_gradient", "bounded", "", "The same at a larger scale, with gradients.", 0},
     {.N = 5, .C = 9, .block = 2, .has = ALL | ONE_PLUS, .size = 0.03, .epsilon = 1e-3}},
    {{"small_outside", "bounded", "", "The same with epsilon outside the root.", 0},
     {.N = 5, .C = 9, .block = 2, .has = ALL | OUTSIDE, .size = 0.03, .epsilon = 0.03}},
    {{"offset", "bounded", "", "Mean 100, deviation 1: nothing is centred.", 0},
     {.N = 5, .C = 11, .block = 2, .has = ALL, .data = OFFSET, .epsilon = 1e-5}},
    {{"zero_rows", "bounded", "", "Every other sample is 0: y is 0, and epsilon alone divides.", 0},
     {.N = 6, .C = 5, .block = 2, .has = ALL, .data = ZERO_ROWS, .epsilon = 0.125}},
    {{"sequence", "bounded", "", "Sequences: each position alone, one weight for all.", 0},
     {.N = 5, .T = 4, .C = 6, .block = 1, .has = ALL, .epsilon = 1e-5}},
    {{"many_blocks", "bounded", "DST-08",
      "37 samples in blocks of 2, the last of them short: dw crosses 19 blocks.", 0},
     {.N = 37, .C = 3, .block = 2, .has = ALL, .epsilon = 1e-5}},
    {{"transformer", "bounded", "", "A realistic size: 4 sequences of 3 positions, width 48.", 0},
     {.N = 4, .T = 3, .C = 48, .block = 1, .has = ALL, .epsilon = 1e-6}},
    {{"exact_signs", "exact", "",
      "Values +a and -a without epsilon: exact in every order, y and all gradients.", 0},
     {.N = 6, .C = 8, .block = 2, .has = ALL, .data = SIGNS}},
    {{"exact_one_plus", "exact", "", "The same with the factor 1 + w.", 0},
     {.N = 5, .C = 4, .block = 1, .has = ALL | ONE_PLUS, .data = SIGNS}},
    /* clang-format on */
};

static void adjust(double *x, const struct setting *is)
{
    size_t width = is->C * (is->T ? is->T : 1);
    for (size_t i = 0; i < is->N * width; i++) {
        size_t n = i / width;
        if (is->data == ZERO_ROWS && n % 2 == 0)
            x[i] = 0;
        else if (is->data == SIGNS)
            x[i] = (x[i] < 0 ? -0.5 : 0.5) * (double)(1u << n % 3);
    }
}

static void fill(struct assay_case *test, const struct setting *is)
{
    struct dims dims = is->T ? DIMS(is->N, is->T, is->C) : DIMS(is->N, is->C);
    double size = is->size > 0 ? is->size : 3;
    if (is->data == OFFSET)
        case_normal(test, "x", dims, 100, 1);
    else
        case_normal(test, "x", dims, 0.25 * size, size);
    adjust(case_input(test, "x"), is);
    if (is->data == SIGNS) {
        case_dyadic(test, "w", DIMS(is->C), 0.5, 2, 0.25);
        case_dyadic(test, "dy", dims, -2, 2, 0.5);
        return;
    }
    if (is->has & WEIGHT)
        case_signed(test, "w", DIMS(is->C), 0.25, 2.5);
    if (is->has & GRADIENT)
        case_signed(test, "dy", dims, 0.25, 2);
}

static const struct refusal refusals[] = {
    /* clang-format off */
    {"no_input", "rectangular", INPUT_GONE, "x", 0, NULL, 0,
     "There is nothing to work on."},
    {"fewer_upstream_rows", "rectangular", INPUT_SHORTER, "dy", 0, NULL, 0,
     "The upstream gradient has one sample less than x."},
    {"fewer_upstream_columns", "rectangular", INPUT_SHORTER, "dy", 0, NULL, 1,
     "The upstream gradient has one column less than x."},
    {"epsilon_negative", "rectangular", NUMBER_SET, "epsilon", -0.001, NULL, 0,
     "A root of a negative number where the variance is small."},
    {"unknown_epsilon_place", "outside", CHOICE_SET, "epsilon_place", 0, "whatever", 0,
     "A convention that nobody knows is not silently the default."},
    {"unknown_weight", "one_plus", CHOICE_SET, "weight", 0, "whatever", 0,
     "A convention that nobody knows is not silently the default."},
    {"epsilon_zero", "zero_rows", NUMBER_SET, "epsilon", 0, NULL, 0,
     "A sample of zeros is 0 / 0 then, and one of them spoils dw for all."},
    {"fewer_weights", "rectangular", INPUT_SHORTER, "w", 0, NULL, 0,
     "One feature has no weight of its own."},
    /* clang-format on */
};

void rms_normalization_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct setting *is = &rows[i].is;
        struct assay_case *test = case_add(list, &rows[i].head);
        case_number(test, "block", (double)is->block);
        if (is->epsilon > 0 || is->data == SIGNS)
            case_number(test, "epsilon", is->epsilon);
        if (is->has & ONE_PLUS)
            case_choice(test, "weight", "one_plus");
        if (is->has & OUTSIDE)
            case_choice(test, "epsilon_place", "outside_root");
        fill(test, is);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
