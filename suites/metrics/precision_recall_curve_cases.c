// SPDX-License-Identifier: MIT
#include "ranking_cases.h"

static const struct row {
    struct case_head head;
    size_t N, P, block;
    enum scores scores;
    enum weights weights;
    const char *area, *full_recall, *no_positives;
} rows[] = {
    {{"ordinary", "bounded", "MET-02 MET-03 MET-18 IMB-09",
      "More negatives than positives, no ties.", 0},
     .N = 23,
     .P = 8,
     .block = 4},
    {{"ties", "bounded", "MET-02 MET-03 MET-18",
      "Many ties between both classes: one point for each score, whatever the order of samples.",
      0},
     .N = 37,
     .P = 15,
     .block = 8,
     .scores = COARSE},
    {{"all_equal", "exact", "MET-02 MET-03", "One threshold: the share of positives.", 0},
     .N = 16,
     .P = 4,
     .block = 4,
     .scores = EQUAL},
    {{"rare_positives", "bounded", "IMB-09 MET-02",
      "3 positives in 43 samples: precision falls fast where a ROC curve looks good.", 0},
     .N = 43,
     .P = 3,
     .block = 4,
     .scores = RISING},
    {{"worse_than_chance", "bounded", "MET-02 MET-03", "Positives score low.", 0},
     .N = 16,
     .P = 8,
     .block = 2,
     .scores = FALLING},
    {{"many_blocks", "bounded", "MET-02 MET-03", "31 blocks of 2 in one ranking.", 0},
     .N = 61,
     .P = 27,
     .block = 2,
     .scores = PROBABLE},
    {{"cut", "bounded", "MET-03", "The curve begins where every positive is found.", 0},
     .N = 37,
     .P = 9,
     .block = 4,
     .full_recall = "cut"},
    {{"trapezoid", "bounded", "MET-02 MET-03", "Straight lines between the points.", 0},
     .N = 26,
     .P = 9,
     .block = 4,
     .area = "trapezoid"},
    {{"trapezoid_ties", "bounded", "MET-02 MET-03",
      "Straight lines over long steps: much more than the sum of steps.", 0},
     .N = 37,
     .P = 15,
     .block = 4,
     .scores = COARSE,
     .area = "trapezoid"},
    {{"envelope", "bounded", "MET-02 MET-03", "Precision as the largest one from there on.", 0},
     .N = 29,
     .P = 11,
     .block = 4,
     .area = "envelope"},
    {{"eleven_points", "bounded", "MET-02 MET-03",
      "10 positives: recalls hit the eleven points exactly, and count for them.", 0},
     .N = 29,
     .P = 10,
     .block = 4,
     .area = "eleven_points"},
    {{"eleven_points_between", "bounded", "MET-02 MET-03", "7 positives: they lie between.", 0},
     .N = 29,
     .P = 7,
     .block = 4,
     .area = "eleven_points"},
    {{"hundred_points", "bounded", "MET-02 MET-03", "The 101 points of COCO.", 0},
     .N = 29,
     .P = 11,
     .block = 4,
     .area = "hundred_points"},
    {{"weights", "bounded", "MET-02 MET-03", "Weights of samples.", 0},
     .N = 23,
     .P = 9,
     .block = 4,
     .weights = UNIFORM},
    {{"weights_envelope", "bounded", "MET-02 MET-03", "Weights under the envelope.", 0},
     .N = 22,
     .P = 9,
     .block = 4,
     .weights = UNIFORM,
     .area = "envelope"},
    {{"only_positives", "bounded", "MET-02 MET-03", "No negatives: precision 1 throughout.", 0},
     .N = 9,
     .P = 9,
     .block = 4},
    {{"no_positives", "exact", "MET-02 MET-03", "No positives: recall is said to be 1, the area 0.",
      0},
     .N = 9,
     .P = 0,
     .block = 4,
     .no_positives = "one",
     .scores = COARSE},
};

static const struct refusal refusals[] = {
    {"no_positives_refused", "no_positives", CHOICE_SET, "no_positives", 0, "refused", 0,
     "Recall is 0 / 0."},
    {"label_two", "no_positives", ELEMENT_SET, "labels", 2, NULL, 3, "Labels are 0 and 1."},
    {"labels_short", "no_positives", INPUT_SHORTER, "labels", 0, NULL, 0,
     "A score without a label."},
    {"area_unknown", "no_positives", CHOICE_SET, "area", 0, "simpson", 0,
     "There is no such convention."},
    {"weight_negative", "weights_envelope", ELEMENT_SET, "weight", -1, NULL, 2,
     "Precision could be anything."},
};

void precision_recall_curve_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        ranking_fill(test, row->N, row->P, row->block, row->scores, row->weights);
        if (row->area)
            case_choice(test, "area", row->area);
        if (row->full_recall)
            case_choice(test, "full_recall", row->full_recall);
        if (row->no_positives)
            case_choice(test, "no_positives", row->no_positives);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
