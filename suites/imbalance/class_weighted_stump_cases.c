// SPDX-License-Identifier: MIT
#include "points.h"

struct row {
    struct case_head head;
    struct points_row points;
    const char *criterion, *threshold, *ties;
    int min_leaf;
    const double *class_weight; /* (classes) */
    double heavy;               /* sample weights in [0.25, heavy) */
};

static const double rare_heavy[] = {1, 5}, rare_light[] = {1, 0.25}, of_three[] = {1, 3, 2};
/* Two features that divide nine samples alike, with a sample of no weight at the border. */
static const double alike[] = {6, 14, 1, 0, 5, 12, 0, 2, 4, 8, 8, 10, 3, 4, 7, 16, 2, 6};
static const double no_weight[] = {1, 1, 1, 1, 0, 1, 1, 1, 1};
/* A feature with values that occur twice, and a constant one. */
static const double repeated[] = {1, 3, 1, 3, 2, 3, 2, 3, 3, 3, 4, 3, 3, 3, 4, 3};

static const struct row rows[] = {
    {{"ordinary", "bounded", "IMB-07", "Two classes, all weights 1, Gini.", 0},
     {3, {11, 4}, .spread = 2},
     .min_leaf = 1},
    {{"entropy", "bounded", "IMB-07", "The entropy instead.", 0},
     {3, {11, 4}, .spread = 2},
     .criterion = "entropy"},
    {{"rare_class_heavy", "bounded", "IMB-07 IMB-01",
      "A rare class that weighs five times: another cut, and another label.", 0},
     {3, {14, 4}, .spread = 1},
     .class_weight = rare_heavy},
    {{"rare_class_light", "bounded", "IMB-07 IMB-01", "A rare class that hardly counts.", 0},
     {3, {9, 5}, .spread = 1},
     .class_weight = rare_light},
    {{"three_classes", "bounded", "IMB-07", "Three classes with weights.", 0},
     {4, {9, 4, 5}, .spread = 2},
     .class_weight = of_three},
    {{"three_classes_entropy", "bounded", "IMB-07", "The same by entropy.", 0},
     {4, {9, 4, 5}, .spread = 2},
     .class_weight = of_three,
     .criterion = "entropy"},
    {{"sample_weights", "bounded", "IMB-07", "Weights of samples, as boosting makes them.", 0},
     {3, {10, 5}, .spread = 1},
     .heavy = 3},
    {{"both_weights", "bounded", "IMB-07", "Weights of classes and of samples together.", 0},
     {3, {10, 5}, .spread = 1},
     .heavy = 3,
     .class_weight = rare_heavy,
     .criterion = "entropy"},
    {{"threshold_is_a_value", "bounded", "IMB-07", "The threshold is the largest value below.", 0},
     {2, {9, 5}, .spread = 2},
     .threshold = "value"},
    {{"four_in_a_leaf", "bounded", "IMB-07", "No side smaller than four samples.", 0},
     {3, {12, 3}, .spread = 1.5},
     .min_leaf = 4},
    {{"pure_sides", "bounded", "IMB-07", "Classes that one feature divides: both sides are pure.",
      0},
     {1, {7, 4}, .spread = 12},
     .criterion = "entropy"},
    {{"same_label_on_both_sides", "bounded", "IMB-07 IMB-10",
      "One sample in fifteen: the majority is predicted on both sides all the same.", 0},
     {2, {14, 1}, .spread = 0},
     .min_leaf = 1},
    {{"ties_first", "exact", "IMB-07", "Equal gains: the first feature, and its first cut.", 0},
     {2, {4, 5}, .x = alike},
     .ties = "first"},
    {{"ties_last", "exact", "IMB-07", "Equal gains: the last feature, and its last cut.", 0},
     {2, {4, 5}, .x = alike},
     .ties = "last"},
    {{"repeated_values", "exact", "IMB-07",
      "No cut between equal values, and none of a feature that is constant.", 0},
     {2, {4, 4}, .x = repeated},
     .ties = "first"},
};

static const struct refusal refusals[] = {
    {"leaf_too_large", "four_in_a_leaf", NUMBER_SET, "min_leaf", 8, NULL, 0,
     "Fifteen samples have no two sides of eight."},
    {"leaf_of_nobody", "four_in_a_leaf", NUMBER_SET, "min_leaf", 0, NULL, 0, "An empty side."},
    {"weight_negative", "rare_class_light", ELEMENT_SET, "class_weight", -1, NULL, 1,
     "No class counts less than not at all."},
    {"criterion_unknown", "pure_sides", CHOICE_SET, "criterion", 0, "unheard_of", 0,
     "There is no such convention."},
    {"label_too_large", "pure_sides", ELEMENT_SET, "label", 2, NULL, 0, "There are two classes."},
};

void class_weighted_stump_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        points_case(test, &row->points);
        const char *const choice[] = {"criterion",    row->criterion, "threshold",
                                      row->threshold, "ties",         row->ties};
        points_choices(test, choice, 3);
        if (row->min_leaf > 0)
            case_number(test, "min_leaf", row->min_leaf);
        if (row->class_weight)
            case_values(test, "class_weight", DIMS(row->points.count[2] > 0 ? 3 : 2),
                        row->class_weight);
        if (row->points.x == alike)
            case_values(test, "sample_weight", DIMS(9), no_weight);
        if (row->heavy > 0)
            case_uniform(test, "sample_weight", DIMS(points_count(&row->points)), 0.25, row->heavy);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
