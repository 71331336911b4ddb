// SPDX-License-Identifier: MIT
#include "points.h"

static const struct row {
    struct case_head head;
    struct points_row points;
    const char *scheme, *normalization, *absent, *divisor;
    double beta, low, high; /* sample weights in [low, high); 0: none */
    int block;
} rows[] = {
    {{"ordinary", "bounded", "IMB-01", "Nothing stated: n / (K n_c) of three classes.", 0},
     {.count = {11, 3, 5}},
     .block = 4},
    {{"two_classes", "bounded", "IMB-01", "A minority of one in seven.", 0},
     {.count = {12, 2}},
     .block = 4},
    {{"minority_first", "bounded", "IMB-01", "The small class is 0: weights go by label.", 0},
     {.count = {2, 11}},
     .block = 2},
    {{"exact_powers", "exact", "IMB-01", "Counts 1, 2, 4 and 1: every weight is exact.", 0},
     {.count = {1, 2, 4, 1}},
     .block = 2},
    {{"class_without_samples", "bounded", "IMB-01",
      "A class that does not occur has weight 0 and does not count in K.", 0},
     {.count = {7, 0, 3, 2}},
     .block = 4},
    {{"last_class_absent", "bounded", "IMB-01", "The class that does not occur is the last.", 0},
     {.count = {7, 3}, .classes = 3},
     .block = 4,
     .absent = "zero"},
    {{"absent_weighs_one", "bounded", "IMB-01", "The class that does not occur has weight 1.", 0},
     {.count = {7, 0, 3, 2}},
     .block = 4,
     .absent = "one",
     .normalization = "classes"},
    {{"divided_by_all", "bounded", "IMB-01", "K counts the class that does not occur.", 0},
     {.count = {7, 0, 3, 2}},
     .block = 4,
     .divisor = "all"},
    {{"inverse", "bounded", "IMB-01", "One over the count.", 0},
     {.count = {9, 3, 5}},
     .block = 4,
     .scheme = "inverse"},
    {{"inverse_root", "bounded", "IMB-01", "One over the root: between no weights and balance.", 0},
     {.count = {13, 3, 6}},
     .block = 4,
     .scheme = "inverse_root"},
    {{"relative_to_largest", "bounded", "IMB-01", "The largest class weighs 1.", 0},
     {.count = {3, 13, 6}},
     .block = 4,
     .scheme = "largest"},
    {{"effective_number", "bounded", "IMB-01", "The effective number with its usual beta.", 0},
     {.count = {14, 3, 5}},
     .block = 4,
     .scheme = "effective"},
    {{"effective_with_beta", "bounded", "IMB-01",
      "beta 0.75: large classes approach 1 / (1 - beta) samples.", 0},
     {.count = {14, 3, 5}},
     .block = 4,
     .scheme = "effective",
     .beta = 0.75},
    {{"effective_normalized", "bounded", "IMB-01", "As the paper has it: the sum is K.", 0},
     {.count = {14, 2, 5}},
     .block = 4,
     .scheme = "effective",
     .beta = 0.9,
     .normalization = "classes"},
    {{"average_of_one", "bounded", "IMB-01", "The samples weigh 1 on average.", 0},
     {.count = {9, 2, 4}},
     .block = 4,
     .scheme = "inverse_root",
     .normalization = "samples"},
    {{"smallest_is_one", "bounded", "IMB-01", "The smallest weight is 1.", 0},
     {.count = {2, 9, 4}},
     .block = 4,
     .scheme = "inverse",
     .normalization = "smallest"},
    {{"largest_is_one", "bounded", "IMB-01", "The largest weight is 1: no loss grows.", 0},
     {.count = {2, 9, 4}},
     .block = 4,
     .scheme = "inverse_root",
     .normalization = "largest"},
    {{"sample_weights", "bounded", "IMB-01",
      "Masses are sums of sample weights, which weigh once more.", 0},
     {.count = {9, 3, 5}},
     .block = 2,
     .low = 0.5,
     .high = 3},
    {{"many_blocks", "bounded", "IMB-01 DST-02",
      "37 weighted samples in blocks of four, the last of one: the order of additions.", 0},
     {.count = {25, 5, 7}},
     .block = 4,
     .low = 0.1,
     .high = 2,
     .scheme = "inverse_root"},
};

static const struct refusal refusals[] = {
    {"beta_one", "effective_with_beta", NUMBER_SET, "beta", 1, NULL, 0, "0 / 0."},
    {"beta_negative", "effective_with_beta", NUMBER_SET, "beta", -0.5, NULL, 0,
     "Powers of it change their sign."},
    {"label_too_large", "two_classes", ELEMENT_SET, "label", 2, NULL, 3, "There are two classes."},
    {"no_classes", "two_classes", NUMBER_SET, "classes", 0, NULL, 0, "Samples of no class."},
    {"weight_negative", "sample_weights", ELEMENT_SET, "sample_weight", -1, NULL, 4,
     "No sample counts less than not at all."},
    {"weights_short", "sample_weights", INPUT_SHORTER, "sample_weight", 0, NULL, 0,
     "A sample without a weight."},
    {"scheme_unknown", "inverse", CHOICE_SET, "scheme", 0, "unheard_of", 0,
     "There is no such convention."},
    {"labels_missing", "two_classes", INPUT_GONE, "label", 0, NULL, 0, "Nothing to count."},
};

void class_weights_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        points_labels(test, &row->points);
        const char *const choice[] = {"scheme", row->scheme, "normalization", row->normalization,
                                      "absent", row->absent, "divisor",       row->divisor};
        points_choices(test, choice, 4);
        case_number(test, "block", row->block);
        if (row->beta > 0)
            case_number(test, "beta", row->beta);
        if (row->high > 0)
            case_uniform(test, "sample_weight", DIMS(points_count(&row->points)), row->low,
                         row->high);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
