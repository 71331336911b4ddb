// SPDX-License-Identifier: MIT
#include "probability_cases.h"

static const struct row {
    struct case_head head;
    size_t N, K, block;
    enum probabilities probabilities;
    enum weights weights;
    const char *scale, *groups;
    int bins;
} rows[] = {
    {{"binary", "bounded", "", "Different probabilities: every sample is a group.", 0},
     .N = 23,
     .K = 1,
     .block = 4},
    {{"decomposition", "exact", "",
      "Three forecasts with shares of events in quarters: the parts add up exactly.", 0},
     .N = 16,
     .K = 0,
     .block = 4},
    {{"certain", "bounded", "", "0 and 1 alone, some wrong.", 0},
     .N = 22,
     .K = 1,
     .block = 4,
     .probabilities = CERTAIN},
    {{"full_scale", "bounded", "", "Both classes: twice the number.", 0},
     .N = 23,
     .K = 1,
     .block = 4,
     .scale = "full"},
    {{"half_scale", "bounded", "", "Half of both classes: the number itself.", 0},
     .N = 23,
     .K = 1,
     .block = 4,
     .scale = "half"},
    {{"bins", "bounded", "", "Parts of ten bins: the variance within them is missing.", 0},
     .N = 37,
     .K = 1,
     .block = 4,
     .groups = "bins"},
    {{"four_bins", "bounded", "", "Parts of four bins.", 0},
     .N = 37,
     .K = 1,
     .block = 4,
     .groups = "bins",
     .bins = 4},
    {{"many_blocks", "bounded", "", "31 blocks of 2.", 0},
     .N = 61,
     .K = 1,
     .block = 2,
     .groups = "bins",
     .bins = 3},
    {{"weights", "bounded", "", "Weights of samples in the score and in all parts.", 0},
     .N = 23,
     .K = 1,
     .block = 4,
     .weights = UNIFORM},
    {{"weights_bins", "bounded", "", "Weights in bins.", 0},
     .N = 23,
     .K = 1,
     .block = 4,
     .weights = UNIFORM,
     .groups = "bins",
     .bins = 4},
    {{"classes", "bounded", "", "Four classes, the sum over them.", 0},
     .N = 19,
     .K = 4,
     .block = 4},
    {{"classes_half", "bounded", "", "Three classes, half of the sum.", 0},
     .N = 19,
     .K = 3,
     .block = 4,
     .scale = "half"},
    {{"classes_weights", "bounded", "", "Three classes with weights.", 0},
     .N = 19,
     .K = 3,
     .block = 4,
     .weights = UNIFORM},
    {{"classes_eighths", "exact", "", "16 samples of eighths: exact.", 0},
     .N = 16,
     .K = 3,
     .block = 4,
     .probabilities = EIGHTHS},
};

/* 1 of 4, 6 of 8 and 1 of 4 happened, half of all: every quotient is exact. */
static const double forecasts[] = {0.25, 0.5, 0.75, 0.5,  0.5,  0.25, 0.5, 0.75,
                                   0.5,  0.5, 0.25, 0.75, 0.25, 0.5,  0.5, 0.75};
static const int happened[] = {0, 1, 1, 1, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0};

static const struct refusal refusals[] = {
    {"above_one", "decomposition", ELEMENT_SET, "probabilities", 1.5, NULL, 3, "No probability."},
    {"below_zero", "decomposition", ELEMENT_SET, "probabilities", -0.5, NULL, 3, "No probability."},
    {"label_two", "decomposition", ELEMENT_SET, "labels", 2, NULL, 3, "Labels are 0 and 1."},
    {"labels_short", "decomposition", INPUT_SHORTER, "labels", 0, NULL, 0,
     "A probability without a label."},
    {"scale_unknown", "decomposition", CHOICE_SET, "scale", 0, "third", 0,
     "There is no such convention."},
    {"bins_zero", "four_bins", NUMBER_SET, "bins", 0, NULL, 0, "No parts."},
    {"weight_negative", "weights", ELEMENT_SET, "weight", -1, NULL, 2, "Weights are not negative."},
};

void brier_score_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        if (row->K > 0) {
            probability_fill(test, row->N, row->K, row->block, row->probabilities, row->weights);
        } else {
            case_number(test, "block", (double)row->block);
            case_values(test, "probabilities", DIMS(row->N), forecasts);
            case_integers(test, "labels", DIMS(row->N), happened);
        }
        if (row->scale)
            case_choice(test, "scale", row->scale);
        if (row->groups)
            case_choice(test, "groups", row->groups);
        if (row->bins > 0)
            case_number(test, "bins", row->bins);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
