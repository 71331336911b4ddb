// SPDX-License-Identifier: MIT
#include "points.h"

struct row {
    struct case_head head;
    struct points_row trained, tested; /* counts */
    const char *rule, *ties;
    int constant, zero_division, right,
        block; /* right: how many a classifier gets right; 0: none */
};

static const struct row rows[] = {
    {{"nineteen_of_twenty", "bounded", "IMB-10 IMB-09 MET-01",
      "Always the majority: accuracy 0.95, recall of the minority 0, balanced accuracy one half.",
      0},
     {.count = {38, 2}},
     {.count = {19, 1}},
     .block = 4},
    {{"prior_changes", "bounded", "IMB-10", "Tested where the other class is frequent.", 0},
     {.count = {9, 4}},
     {.count = {3, 8}},
     .block = 4},
    {{"three_classes", "bounded", "IMB-10 IMB-09", "The majority is the last of three classes.", 0},
     {.count = {3, 4, 9}},
     {.count = {2, 3, 6}},
     .block = 2},
    {{"by_prior", "bounded", "IMB-09 IMB-10",
      "Drawn by the shares: every recall is a share, accuracy the sum of their products.", 0},
     {.count = {11, 3, 5}},
     {.count = {7, 2, 4}},
     .rule = "prior",
     .block = 4},
    {{"uniform", "bounded", "IMB-09", "All classes equally: accuracy 1/3, whatever the shares.", 0},
     {.count = {11, 3, 5}},
     {.count = {7, 2, 4}},
     .rule = "uniform",
     .block = 4},
    {{"constant_minority", "bounded", "IMB-09",
      "Always the rare class: recall 1, and precision its share.", 0},
     {.count = {12, 3}},
     {.count = {9, 2}},
     .rule = "constant",
     .constant = 1,
     .block = 4},
    {{"never_tested", "bounded", "IMB-09 IMB-10",
      "A class without test samples counts in no mean; what is 0 / 0 is 0.", 0},
     {.count = {9, 3, 2}},
     {.count = {6, 3}, .classes = 3},
     .rule = "prior",
     .block = 4},
    {{"zero_division_one", "bounded", "IMB-09", "The same, where 0 / 0 counts as 1.", 0},
     {.count = {9, 3, 2}},
     {.count = {6, 3}, .classes = 3},
     .zero_division = 1,
     .block = 4},
    {{"never_trained", "bounded", "IMB-10", "A class that training did not have.", 0},
     {.count = {5, 4}, .classes = 3},
     {.count = {3, 3, 2}},
     .rule = "prior",
     .block = 4},
    {{"skill", "bounded", "IMB-10 IMB-09",
      "A classifier with accuracy 0.9 where the baseline has 0.85: a third of what is left.", 0},
     {.count = {17, 3}},
     {.count = {17, 3}},
     .right = 18,
     .block = 4},
    {{"ties_first", "bounded", "IMB-10", "Equally frequent labels: the smaller one.", 0},
     {.count = {2, 3, 3}},
     {.count = {1, 1, 2}},
     .ties = "first",
     .block = 2},
    {{"ties_last", "bounded", "IMB-10", "Equally frequent labels: the larger one.", 0},
     {.count = {2, 3, 3}},
     {.count = {1, 1, 2}},
     .ties = "last",
     .block = 2},
    {{"many_blocks", "bounded", "IMB-09 DST-02", "61 and 37 samples in blocks of three.", 0},
     {.count = {41, 6, 14}},
     {.count = {22, 6, 9}},
     .rule = "prior",
     .right = 29,
     .block = 3},
};

static const struct refusal refusals[] = {
    {"constant_unknown", "constant_minority", NUMBER_SET, "constant", 2, NULL, 0,
     "There are two classes."},
    {"constant_missing", "constant_minority", NUMBER_GONE, "constant", 0, NULL, 0,
     "Always which one?"},
    {"zero_division_half", "zero_division_one", NUMBER_SET, "zero_division", 0.5, NULL, 0,
     "0 / 0 is neither."},
    {"rule_unknown", "constant_minority", CHOICE_SET, "rule", 0, "unheard_of", 0,
     "There is no such convention."},
};

void majority_baseline_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        size_t T = points_count(&row->tested);
        points_named_labels(test, "truth", &row->tested);
        points_labels(test, &row->trained);
        if (row->right > 0) {
            points_named_labels(test, "predicted", &row->tested);
            for (size_t t = (size_t)row->right; t < T; t++) {
                double *wrong = &case_input(test, "predicted")[(5 * t) % T];
                *wrong = *wrong > 0 ? 0 : 1;
            }
        }
        const char *const choice[] = {"rule", row->rule, "ties", row->ties};
        points_choices(test, choice, 2);
        case_number(test, "block", row->block);
        if (row->rule && row->rule[0] == 'c')
            case_number(test, "constant", row->constant);
        if (row->zero_division)
            case_number(test, "zero_division", row->zero_division);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
