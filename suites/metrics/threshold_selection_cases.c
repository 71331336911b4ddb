// SPDX-License-Identifier: MIT
#include "ranking_cases.h"

static const struct row {
    struct case_head head;
    size_t N, P, block;
    enum scores scores;
    enum weights weights;
    const char *criterion, *ties, *threshold;
    double beta, cost_positive, cost_negative, target;
} rows[] = {
    {{"youden", "bounded", "MET-18", "The default: the largest difference of the two rates.", 0},
     .N = 23,
     .P = 8,
     .block = 4},
    {{"youden_ties", "bounded", "MET-18", "Several samples at each threshold.", 0},
     .N = 37,
     .P = 15,
     .block = 8,
     .scores = COARSE},
    {{"closest", "bounded", "MET-18", "The point next to the corner: another one than Youden's.",
      2},
     .N = 29,
     .P = 9,
     .block = 4,
     .criterion = "closest"},
    {{"f_score", "bounded", "MET-18 MET-04 IMB-09", "F1 of every threshold.", 0},
     .N = 29,
     .P = 9,
     .block = 4,
     .criterion = "f_score"},
    {{"f_two", "bounded", "MET-18 MET-04", "Recall counts twice as much: a smaller threshold.", 0},
     .N = 29,
     .P = 9,
     .block = 4,
     .criterion = "f_score",
     .beta = 2},
    {{"accuracy", "bounded", "MET-18 IMB-09",
      "4 positives in 33: accuracy is best when hardly anything is called positive.", 1},
     .N = 33,
     .P = 4,
     .block = 4,
     .criterion = "accuracy",
     .ties = "largest"},
    {{"cost", "exact", "MET-18", "A miss costs four false alarms.", 0},
     .N = 26,
     .P = 9,
     .block = 4,
     .criterion = "cost",
     .scores = RISING,
     .cost_positive = 0.5,
     .cost_negative = 2},
    {{"cost_of_alarms", "exact", "MET-18", "A false alarm costs three misses: the other end.", 0},
     .N = 26,
     .P = 9,
     .block = 4,
     .criterion = "cost",
     .scores = RISING,
     .cost_positive = 1.5,
     .cost_negative = 0.5},
    {{"equal_error", "bounded", "MET-18", "As many misses as false alarms, in shares.", 0},
     .N = 37,
     .P = 11,
     .block = 4,
     .criterion = "equal_error"},
    {{"recall_at_precision", "bounded", "MET-18 MET-02 MET-03",
      "The largest recall of those with a precision of 0.6.", 0},
     .N = 37,
     .P = 13,
     .block = 4,
     .criterion = "recall_at_precision",
     .target = 0.61f},
    {{"precision_at_recall", "bounded", "MET-18 MET-02 MET-03",
      "The largest precision of those with a recall of 0.8.", 0},
     .N = 37,
     .P = 13,
     .block = 4,
     .criterion = "precision_at_recall",
     .target = 0.81f},
    {{"ties_largest", "exact", "MET-18", "Equal values: the largest threshold.", 0},
     .N = 16,
     .P = 8,
     .block = 4,
     .scores = FALLING,
     .ties = "largest"},
    {{"ties_smallest", "exact", "MET-18", "Equal values: the smallest threshold.", 0},
     .N = 16,
     .P = 8,
     .block = 4,
     .scores = FALLING,
     .ties = "smallest"},
    {{"midpoint", "bounded", "MET-18", "Half way to the next smaller score.", 0},
     .N = 23,
     .P = 8,
     .block = 4,
     .threshold = "midpoint"},
    {{"many_blocks", "bounded", "MET-18", "31 blocks of 2 in one ranking.", 0},
     .N = 61,
     .P = 27,
     .block = 2,
     .criterion = "f_score"},
    {{"weights", "bounded", "MET-18",
      "Weights of samples in all counts; they add up exactly, so the last value is 0.", 0},
     .N = 23,
     .P = 9,
     .block = 4,
     .weights = QUARTERS,
     .criterion = "youden"},
    {{"all_equal", "exact", "MET-18", "One candidate: everything is positive.", 0},
     .N = 16,
     .P = 4,
     .block = 4,
     .scores = EQUAL,
     .criterion = "accuracy"},
};

static const struct refusal refusals[] = {
    {"label_two", "all_equal", ELEMENT_SET, "labels", 2, NULL, 3, "Labels are 0 and 1."},
    {"labels_short", "all_equal", INPUT_SHORTER, "labels", 0, NULL, 0, "A score without a label."},
    {"criterion_unknown", "all_equal", CHOICE_SET, "criterion", 0, "best", 0,
     "There is no such criterion."},
    {"beta_negative", "all_equal", NUMBER_SET, "beta", -1, NULL, 0, "Its square would hide it."},
    {"cost_negative", "cost", NUMBER_SET, "cost_positive", -1, NULL, 0, "An error that pays."},
    {"cost_missing", "cost", NUMBER_GONE, "cost_negative", 0, NULL, 0, "A miss has no price."},
    {"target_above_one", "recall_at_precision", NUMBER_SET, "target", 1.5, NULL, 0,
     "No precision is above 1."},
};

void threshold_selection_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        ranking_fill(test, row->N, row->P, row->block, row->scores, row->weights);
        if (row->criterion)
            case_choice(test, "criterion", row->criterion);
        if (row->ties)
            case_choice(test, "ties", row->ties);
        if (row->threshold)
            case_choice(test, "threshold", row->threshold);
        if (row->beta > 0)
            case_number(test, "beta", row->beta);
        if (row->target > 0)
            case_number(test, "target", row->target);
        if (row->cost_positive > 0) {
            case_number(test, "cost_positive", row->cost_positive);
            case_number(test, "cost_negative", row->cost_negative);
        }
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
