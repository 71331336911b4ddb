// SPDX-License-Identifier: MIT
#include "ranking_cases.h"

/* N samples, P of them positive; with C > 0 instead N samples of C classes. What is 0 or NULL is
 * not stated. */
static const struct row {
    struct case_head head;
    size_t N, P, block, C;
    enum scores scores;
    enum weights weights;
    double max_fpr;
    const char *one_class, *multi_class, *average, *correction;
    int absent; /* the last class has no samples */
} rows[] = {
    {{"ordinary", "bounded", "MET-05 IMB-09",
      "More negatives than positives, no ties: pairs in the right order are counted.", 0},
     .N = 23,
     .P = 8,
     .block = 4},
    {{"negative_scores", "bounded", "MET-05",
      "All scores negative, as logarithms are: the order of bits is not that of numbers.", 0},
     .N = 19,
     .P = 9,
     .block = 4,
     .scores = NEGATIVE},
    {{"ties", "bounded", "MET-05",
      "Whole scores with many ties between both classes, which count half.", 0},
     .N = 37,
     .P = 15,
     .block = 8,
     .scores = COARSE},
    {{"all_equal", "exact", "MET-05", "All scores equal: 1/2, whatever the order of samples.", 0},
     .N = 16,
     .P = 4,
     .block = 4,
     .scores = EQUAL},
    {{"exact_ties", "exact", "MET-05",
      "8 positives and 8 negatives with ties: a multiple of 1/128 in every precision.", 0},
     .N = 16,
     .P = 8,
     .block = 4,
     .scores = COARSE},
    {{"worse_than_chance", "exact", "MET-05",
      "Most positives score low: an area below 1/2 is not turned around.", 0},
     .N = 16,
     .P = 8,
     .block = 2,
     .scores = FALLING},
    {{"rare_positives", "bounded", "MET-05 IMB-09",
      "3 positives in 61 samples: most blocks have no positive, and no area of their own.", 0},
     .N = 61,
     .P = 3,
     .block = 4,
     .scores = RISING},
    {{"many_blocks", "bounded", "MET-05",
      "31 blocks of 2, the last of 1: scores cross between all ranks.", 0},
     .N = 61,
     .P = 27,
     .block = 2},
    {{"weights", "bounded", "MET-05", "Every pair counts with the product of its weights.", 0},
     .N = 23,
     .P = 9,
     .block = 4,
     .weights = UNIFORM},
    {{"weights_and_ties", "bounded", "MET-05",
      "Whole weights, some 0, and tied scores: a sample of weight 3 is three samples.", 0},
     .N = 29,
     .P = 13,
     .block = 4,
     .scores = COARSE,
     .weights = WHOLE},
    {{"partial", "bounded", "MET-05",
      "The area left of 0.3 after the correction; the cut is inside a segment.", 0},
     .N = 26,
     .P = 11,
     .block = 4,
     .max_fpr = 0.3f},
    {{"partial_with_ties", "bounded", "MET-05",
      "The cut is inside a slanted segment, where several samples share a score.", 0},
     .N = 37,
     .P = 15,
     .block = 4,
     .scores = COARSE,
     .max_fpr = 0.4f},
    {{"partial_at_a_point", "exact", "MET-05",
      "A cut exactly at a point of the curve takes its vertical part too.", 0},
     .N = 16,
     .P = 8,
     .block = 4,
     .scores = RISING,
     .max_fpr = 0.5,
     .correction = "divided"},
    {{"partial_not_corrected", "bounded", "MET-05", "The plain area left of 0.2.", 0},
     .N = 29,
     .P = 12,
     .block = 4,
     .max_fpr = 0.2f,
     .correction = "none"},
    {{"partial_divided", "bounded", "MET-05", "That area divided by its width.", 0},
     .N = 29,
     .P = 12,
     .block = 4,
     .max_fpr = 0.2f,
     .correction = "divided"},
    {{"partial_weights", "bounded", "MET-05", "Rates of weights, cut at 0.6.", 0},
     .N = 23,
     .P = 9,
     .block = 4,
     .weights = UNIFORM,
     .max_fpr = 0.6f},
    {{"only_negatives_half", "exact", "MET-05",
      "Without positives the area is said to be 1/2 here.", 0},
     .N = 9,
     .P = 0,
     .block = 2,
     .one_class = "half"},
    {{"rest", "bounded", "MET-05", "Four classes, each against the others; plain mean.", 0},
     .N = 33,
     .C = 4,
     .block = 4},
    {{"rest_weighted", "bounded", "MET-05",
      "The mean over classes weighted by their samples, which differ.", 0},
     .N = 31,
     .C = 3,
     .block = 4,
     .average = "weighted"},
    {{"rest_sample_weights", "bounded", "MET-05",
      "Weights of samples make the areas and the weights of classes.", 0},
     .N = 25,
     .C = 3,
     .block = 4,
     .average = "weighted",
     .weights = UNIFORM},
    {{"micro", "bounded", "MET-05", "All scores of all classes in one ranking.", 0},
     .N = 17,
     .C = 3,
     .block = 4,
     .average = "micro"},
    {{"micro_weights", "bounded", "MET-05", "The same where each sample's row has its weight.", 0},
     .N = 15,
     .C = 3,
     .block = 4,
     .average = "micro",
     .weights = UNIFORM},
    {{"absent_class_zero", "bounded", "MET-05",
      "A class without samples counts as 0, and pulls the mean down.", 0},
     .N = 22,
     .C = 4,
     .block = 4,
     .one_class = "zero",
     .absent = 1},
    {{"absent_class_excluded", "bounded", "MET-05", "The same class left out of the mean.", 0},
     .N = 22,
     .C = 4,
     .block = 4,
     .one_class = "excluded",
     .absent = 1},
    {{"pairs", "bounded", "MET-05",
      "Every pair of classes in both directions: the two directions differ.", 0},
     .N = 33,
     .C = 4,
     .block = 4,
     .multi_class = "one_vs_one"},
    {{"pairs_weighted", "bounded", "MET-05", "Pairs weighted by how many samples they have.", 0},
     .N = 31,
     .C = 3,
     .block = 4,
     .multi_class = "one_vs_one",
     .average = "weighted"},
    {{"pairs_absent_class", "bounded", "MET-05", "Pairs with an empty class are left out.", 0},
     .N = 22,
     .C = 4,
     .block = 4,
     .multi_class = "one_vs_one",
     .one_class = "excluded",
     .absent = 1},
};

/* Scores of classes, the label's raised; classes of different sizes. */
static void fill_classes(struct assay_case *test, const struct row *row)
{
    int classes = (int)row->C - row->absent;
    case_number(test, "block", (double)row->block);
    case_labels(test, "labels", row->N, classes * (classes + 1) / 2);
    double *label = case_input(test, "labels");
    for (size_t n = 0; n < row->N; n++) {
        int draw = (int)label[n], c = 0;
        for (; draw > c; c++)
            draw -= c + 1;
        label[n] = n < (size_t)classes ? (double)n : c;
    }
    case_normal(test, "scores", DIMS(row->N, row->C), 0, 1);
    double *score = case_input(test, "scores");
    for (size_t n = 0; n < row->N; n++) {
        double *s = &score[n * row->C + (size_t)label[n]];
        *s = (float)(*s + 1 + label[n] / 2);
    }
    ranking_fill_weights(test, row->N, row->weights);
}

static const struct refusal refusals[] = {
    {"one_class_only", "only_negatives_half", CHOICE_SET, "one_class", 0, "refused", 0,
     "There is no pair of a positive and a negative sample."},
    {"one_class_unknown", "only_negatives_half", CHOICE_SET, "one_class", 0, "unheard_of", 0,
     "There is no such convention."},
    {"label_two", "all_equal", ELEMENT_SET, "labels", 2, NULL, 3, "Labels are 0 and 1."},
    {"labels_short", "all_equal", INPUT_SHORTER, "labels", 0, NULL, 0, "A score without a label."},
    {"max_fpr_zero", "all_equal", NUMBER_SET, "max_fpr", 0, NULL, 0, "No area is left of 0."},
    {"max_fpr_above_one", "all_equal", NUMBER_SET, "max_fpr", 1.5, NULL, 0, "Rates end at 1."},
    {"weight_negative", "weights", ELEMENT_SET, "weight", -1, NULL, 2, "Weights are not negative."},
    {"max_fpr_of_classes", "micro", NUMBER_SET, "max_fpr", 0.5, NULL, 0,
     "The part of a curve of several classes is not defined."},
    {"average_unknown", "micro", CHOICE_SET, "average", 0, "median", 0,
     "There is no such average."},
};

void roc_auc_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        if (row->C > 0)
            fill_classes(test, row);
        else
            ranking_fill(test, row->N, row->P, row->block, row->scores, row->weights);
        if (row->max_fpr > 0)
            case_number(test, "max_fpr", row->max_fpr);
        if (row->one_class)
            case_choice(test, "one_class", row->one_class);
        if (row->multi_class)
            case_choice(test, "multi_class", row->multi_class);
        if (row->average)
            case_choice(test, "average", row->average);
        if (row->correction)
            case_choice(test, "correction", row->correction);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
