// SPDX-License-Identifier: MIT
#include "class_rows.h"

static const struct class_row rows[] = {
    {{"binary", "bounded", "IMB-09 MET-11", "Two classes of different sizes.", 0},
     .N = 43,
     .K = 2,
     .block = 4,
     .classes = SKEWED},
    {{"four_classes", "bounded", "IMB-09 MET-11", "Several classes at once.", 0},
     .N = 41,
     .K = 4,
     .block = 4},
    {{"many_blocks", "bounded", "IMB-09", "31 blocks of 2: no mean of coefficients.", 0},
     .N = 61,
     .K = 3,
     .block = 2},
    {{"perfect", "bounded", "IMB-09", "Everything right: 1.", 0},
     .N = 19,
     .K = 3,
     .block = 4,
     .classes = PERFECT},
    {{"all_wrong", "bounded", "IMB-09", "Two classes, everything wrong: -1.", 0},
     .N = 19,
     .K = 2,
     .block = 4,
     .classes = ALL_WRONG},
    {{"all_wrong_of_three", "bounded", "IMB-09",
      "Three classes, everything wrong: not -1, which is for two.", 0},
     .N = 22,
     .K = 3,
     .block = 4,
     .classes = ALL_WRONG},
    {{"no_label", "bounded", "IMB-09", "A class without labels changes nothing but its column.", 0},
     .N = 33,
     .K = 4,
     .block = 4,
     .classes = NO_LABEL},
    {{"weights", "bounded", "IMB-09", "Weights of samples.", 0},
     .N = 37,
     .K = 3,
     .block = 4,
     .weights = UNIFORM},
    {{"large_counts", "bounded", "IMB-09",
      "Counts in the thousands: their product does not fit into 32 bits.", 0},
     .N = 31,
     .K = 2,
     .block = 4,
     .weights = LARGE},
    {{"constant_limit_right", "exact", "IMB-09", "One class, all right: 1 in the limit.", 0},
     .N = 9,
     .K = 2,
     .block = 4,
     .classes = ONE_CLASS,
     .choice = {{"undefined", "limit"}}},
    {{"one_label_limit_wrong", "exact", "IMB-09", "One label, always missed: -1 in the limit.", 0},
     .N = 9,
     .K = 2,
     .block = 4,
     .classes = ONE_CLASS,
     .choice = {{"undefined", "limit"}}},
};

static const struct refusal refusals[] = {
    {"label_too_large", "constant_limit_right", ELEMENT_SET, "labels", 2, NULL, 3,
     "There are two classes."},
    {"predicted_short", "constant_limit_right", INPUT_SHORTER, "predicted", 0, NULL, 0,
     "A label without a prediction."},
    {"undefined_refused", "constant_limit_right", CHOICE_SET, "undefined", 0, "refused", 0,
     "0 / 0 shall be an error."},
    {"undefined_unknown", "constant_limit_right", CHOICE_SET, "undefined", 0, "two", 0,
     "There is no such convention."},
    {"weight_negative", "weights", ELEMENT_SET, "weight", -1, NULL, 4, "Weights are not negative."},
};

void matthews_correlation_cases(struct case_list *list)
{
    class_rows(list, rows, sizeof rows / sizeof *rows);
    double *predicted = case_input(&list->test[list->count - 1], "predicted");
    for (size_t n = 0; n < 9; n++)
        predicted[n] = 1;
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
