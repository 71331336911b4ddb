// SPDX-License-Identifier: MIT
#include "points.h"

struct row {
    struct case_head head;
    struct points_row points;
    size_t T, B; /* weighted */
    int batches, each;
    const char *wrap;
    double heavy; /* weights in [0.1, heavy) */
    const double *weight;
    int block;
};

static const double some_zero[] = {0, 1, 0.5, 2, 0, 1, 4, 0.25, 1, 0, 0, 0};

static const struct row rows[] = {
    {{"ordinary", "bounded", "IMB-02 IMB-01", "Both classes have the same chance.", 0},
     {.count = {13, 4}},
     .T = 3,
     .B = 6,
     .block = 4},
    {{"three_classes", "bounded", "IMB-02", "Three classes of different sizes.", 0},
     {.count = {11, 2, 5}},
     .T = 3,
     .B = 5,
     .block = 4},
    {{"class_without_samples", "bounded", "IMB-02", "A class that does not occur.", 0},
     {.count = {6, 0, 3}},
     .T = 2,
     .B = 5,
     .block = 2},
    {{"given_weights", "bounded", "IMB-02 IMB-01", "Weights of samples, whatever their class.", 0},
     {.count = {10, 4}},
     .T = 3,
     .B = 5,
     .heavy = 3,
     .block = 4},
    {{"weights_of_zero", "bounded", "IMB-02", "Samples of weight 0, the first and the last too.",
      0},
     {.count = {8, 4}},
     .T = 4,
     .B = 4,
     .weight = some_zero,
     .block = 4},
    {{"dealt", "bounded", "IMB-02", "One of each class in every batch; the small one starts over.",
      0},
     {.count = {9, 4}},
     .batches = 6,
     .each = 1,
     .block = 4},
    {{"dealt_in_threes", "bounded", "IMB-02", "Three of each: a stream ends inside a batch.", 0},
     {.count = {11, 4, 7}},
     .batches = 4,
     .each = 3,
     .block = 4},
    {{"dealt_anew", "bounded", "IMB-02", "The same, where a batch begins with a new stream.", 0},
     {.count = {11, 4, 7}},
     .batches = 4,
     .each = 3,
     .wrap = "batch",
     .block = 4},
    {{"dealt_more_than_there_are", "bounded", "IMB-02", "More of each than a class has.", 0},
     {.count = {7, 2}},
     .batches = 2,
     .each = 3,
     .block = 2},
    {{"dealt_without_a_class", "bounded", "IMB-02", "A class that does not occur has no part.", 0},
     {.count = {5, 0, 3}},
     .batches = 3,
     .each = 2,
     .block = 3},
};

static const struct refusal refusals[] = {
    {"u_one", "class_without_samples", ELEMENT_SET, "u", 1, NULL, 4, "Beyond the last."},
    {"weight_negative", "given_weights", ELEMENT_SET, "weight", -1, NULL, 0, "No chance at all."},
    {"each_too_many", "dealt_anew", NUMBER_SET, "each", 5, NULL, 0, "A class has four samples."},
    {"each_none", "dealt_without_a_class", NUMBER_SET, "each", 0, NULL, 0, "Empty batches."},
    {"order_beyond", "dealt_without_a_class", ELEMENT_SET, "order", 8, NULL, 0, "No such sample."},
    {"method_unknown", "dealt_without_a_class", CHOICE_SET, "method", 0, "unheard_of", 0,
     "There is no such convention."},
};

void balanced_batches_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        size_t N = points_count(&row->points);
        points_labels(test, &row->points);
        case_number(test, "block", row->block);
        if (row->T > 0)
            case_uniform(test, "u", DIMS(row->T, row->B), 0, 1);
        if (row->heavy > 0)
            case_uniform(test, "weight", DIMS(N), 0.1, row->heavy);
        if (row->weight)
            case_values(test, "weight", DIMS(N), row->weight);
        if (row->batches == 0)
            continue;
        case_permutations(test, "order", 1, N);
        points_flatten(test, "order");
        const char *const choice[] = {"method", "by_class", "wrap", row->wrap};
        points_choices(test, choice, 2);
        case_number(test, "batches", row->batches);
        case_number(test, "each", row->each);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
