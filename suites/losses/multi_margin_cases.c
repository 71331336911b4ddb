// SPDX-License-Identifier: MIT
#include "loss_cases.h"

/* Scores uniform in [-size, size), or whole numbers where it is 0. What is 0 or NULL is not
 * stated. */
static const struct row {
    struct case_head head;
    struct loss_row loss;
    const char *over, *divisor, *power;
    double size, margin;
    int class_weighted;
} rows[] = {
    /* clang-format off */
    {{"stated", "bounded", "LOS-08", "The defaults stated.", 0},
     {.N = 7, .K = 4, .block = 2}, .over = "sum", .divisor = "classes", .power = "one", .size = 1.5,
      .margin = 1},
    {{"not_divided", "bounded", "LOS-08", "The sum over classes, as of the paper.", 0},
     {.N = 7, .K = 4, .block = 2}, .divisor = "none", .size = 1.5},
    {{"divided_by_others", "bounded", "LOS-08", "The mean over the other classes.", 0},
     {.N = 7, .K = 3, .block = 2, .dloss = 1.5}, .divisor = "others", .size = 1.5},
    {{"squared", "bounded", "LOS-08", "Squares of what is missing.", 0},
     {.N = 7, .K = 4, .block = 2}, .power = "two", .size = 1.5},
    {{"class_weights", "bounded", "LOS-08 LOS-14", "Each label's weight, outside the power.", 0},
     {.N = 9, .K = 4, .block = 2}, .power = "two", .size = 1.5, .class_weighted = 1},
    {{"class_weights_first_power", "bounded", "LOS-08 LOS-14",
      "The same for the first power, with margin 1/2.", 0},
     {.N = 9, .K = 4, .block = 2, .reduction = "sum"}, .size = 1, .margin = 0.5,
      .class_weighted = 1},
    {{"largest", "bounded", "LOS-08", "Only the largest other score counts, as in Keras.", 0},
     {.N = 9, .K = 5, .block = 2}, .over = "largest", .divisor = "none", .size = 1.5},
    {{"largest_squared", "bounded", "LOS-08", "Its square, weighted.", 0},
     {.N = 9, .K = 4, .block = 2, .dloss = 0.75}, .over = "largest", .divisor = "none",
      .power = "two", .size = 1.5, .class_weighted = 1},
    {{"all_right", "bounded", "LOS-08",
      "Scores of 20: most are right by far, and some wrong by far.", 0},
     {.N = 8, .K = 3, .block = 2}, .size = 20},
    {{"exact_ties", "exact", "LOS-08 DST-02",
      "Whole scores and margin 1: many are exactly at the margin, where the slope is 0.", 0},
     {.N = 16, .K = 4, .block = 4, .dloss = 0.5}, .size = 0},
    {{"exact_largest_ties", "exact", "LOS-08",
      "Equal largest scores: the gradient goes to the first of them.", 0},
     {.N = 16, .K = 4, .block = 4}, .over = "largest", .divisor = "none", .size = 0},
    {{"two_classes", "bounded", "LOS-08", "Two classes: half the hinge of their difference.", 0},
     {.N = 7, .K = 2, .block = 2}, .size = 1},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"margin_zero", "stated", NUMBER_SET, "margin", 0, NULL, 0, "Equal scores would be right."},
    {"margin_negative", "stated", NUMBER_SET, "margin", -1, NULL, 0,
     "Wrong scores would be right."},
    {"label_too_large", "stated", ELEMENT_SET, "labels", 4, NULL, 2, "There are four classes."},
    {"label_negative", "stated", ELEMENT_SET, "labels", -1, NULL, 6, "There is no such class."},
    {"class_weight_negative", "class_weights", ELEMENT_SET, "class_weight", -0.5, NULL, 1,
     "A class to be unlearnt."},
    {"class_weight_short", "class_weights", INPUT_SHORTER, "class_weight", 0, NULL, 0,
     "A class without a weight."},
    {"one_class", "two_classes", INPUT_SHORTER, "y", 0, NULL, 1, "Nothing to exceed."},
    {"over_unknown", "stated", CHOICE_SET, "over", 0, "mean", 0, "There is no such form."},
    {"divisor_unknown", "stated", CHOICE_SET, "divisor", 0, "margin", 0,
     "There is no such divisor."},
    {"power_unknown", "stated", CHOICE_SET, "power", 0, "three", 0, "There is no such power."},
    /* clang-format on */
};

static void common(struct assay_case *test, size_t N, size_t K)
{
    case_uniform(test, "y", DIMS(N, K), -1.5, 1.5);
    case_labels(test, "labels", N, (int)K);
}

static void fill(struct assay_case *test, const struct row *row)
{
    struct dims dims = DIMS(row->loss.N, row->loss.K);
    if (row->over)
        case_choice(test, "over", row->over);
    if (row->divisor)
        case_choice(test, "divisor", row->divisor);
    if (row->power)
        case_choice(test, "power", row->power);
    if (row->margin > 0)
        case_number(test, "margin", row->margin);
    if (row->size > 0)
        case_uniform(test, "y", dims, -row->size, row->size);
    else
        case_dyadic(test, "y", dims, -2, 2, 1);
    case_labels(test, "labels", row->loss.N, (int)row->loss.K);
    if (row->class_weighted)
        case_uniform(test, "class_weight", DIMS(row->loss.K), 0.25, 2);
}

void multi_margin_cases(struct case_list *list)
{
    loss_cases_small(list, "LOS-08", 1, common);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = case_add(list, &rows[i].head);
        loss_case_reduction(test, &rows[i].loss, 1);
        fill(test, &rows[i]);
    }
    loss_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
