// SPDX-License-Identifier: MIT
#include "points.h"

struct row {
    struct case_head head;
    struct points_row points;
    size_t S;
    const char *strategy, *cycle;
    const int *permitted;
    int block;
};

static const int all[] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
static const int some[] = {0, 1, 1, 0, 1, 0, 0, 0, 0, 1, 0, 1};
static const int noise_only[] = {0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1};
static const int for_the_rare[] = {0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0};

static const struct row rows[] = {
    {{"ordinary", "bounded", "IMB-06", "Five samples become eleven: some are copied twice.", 0},
     {3, {11, 5}, .spread = 1},
     .S = 6,
     .permitted = all,
     .block = 4},
    {{"less_than_once", "bounded", "IMB-06", "Not every sample of the rare class is copied.", 0},
     {3, {9, 6}, .spread = 1},
     .S = 3,
     .permitted = all,
     .block = 4},
    {{"four_times", "bounded", "IMB-06", "Two samples become ten: every operation for each.", 0},
     {3, {10, 2}, .spread = 1},
     .S = 8,
     .permitted = all,
     .block = 2},
    {{"four_times_by_copy", "bounded", "IMB-06", "The same, one operation for each copy.", 0},
     {3, {10, 2}, .spread = 1},
     .S = 8,
     .permitted = all,
     .cycle = "copy",
     .block = 2},
    {{"three_classes", "bounded", "IMB-06", "Operations and strengths of each class.", 0},
     {3, {3, 8, 5}, .spread = 1},
     .S = 8,
     .permitted = some,
     .block = 4},
    {{"three_classes_by_copy", "bounded", "IMB-06", "The same by copies.", 0},
     {3, {3, 8, 3}, .spread = 1},
     .S = 10,
     .permitted = some,
     .cycle = "copy",
     .block = 4},
    {{"noise_only", "bounded", "IMB-06 IMB-02", "Oversampling with noise of each class's strength.",
      0},
     {4, {4, 8, 6}, .spread = 1},
     .S = 6,
     .permitted = noise_only,
     .block = 4},
    {{"only_the_smallest", "bounded", "IMB-06", "Of three classes the smallest is augmented.", 0},
     {3, {4, 7, 3}, .spread = 1},
     .S = 4,
     .permitted = all,
     .strategy = "minority",
     .block = 4},
    {{"none_for_the_frequent", "bounded", "IMB-06",
      "A class that does not grow needs no operation; four features, which a flip turns all.", 0},
     {4, {9, 3}, .spread = 1},
     .S = 6,
     .permitted = for_the_rare,
     .cycle = "copy",
     .block = 4},
    {{"many_blocks", "bounded", "IMB-06 DST-02", "New samples in blocks of three.", 0},
     {2, {17, 4}, .spread = 1},
     .S = 13,
     .permitted = all,
     .block = 3},
};

static const struct refusal refusals[] = {
    {"no_operation", "noise_only", ELEMENT_SET, "permitted", 0, NULL, 3, "Nothing can be done."},
    {"permitted_two", "less_than_once", ELEMENT_SET, "permitted", 2, NULL, 0, "Yes or no."},
    {"order_twice", "less_than_once", ELEMENT_SET, "order", 15, NULL, 3,
     "There is no such sample."},
    {"noise_short", "less_than_once", INPUT_SHORTER, "noise", 0, NULL, 0,
     "A sample without noise."},
    {"cycle_unknown", "four_times_by_copy", CHOICE_SET, "cycle", 0, "unheard_of", 0,
     "There is no such convention."},
};

void class_augmentation_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        points_case(test, &row->points);
        const char *const choice[] = {"strategy", row->strategy, "cycle", row->cycle};
        points_choices(test, choice, 2);
        size_t C = row->points.count[2] > 0 ? 3 : 2;
        case_integers(test, "permitted", DIMS(C, 4), row->permitted);
        case_uniform(test, "shift", DIMS(C), 0.25, 2);
        case_uniform(test, "scale", DIMS(C), 0.1, 1);
        case_normal(test, "noise", DIMS(row->S, row->points.D), 0, 1);
        case_permutations(test, "order", 1, points_count(&row->points));
        points_flatten(test, "order");
        case_number(test, "block", row->block);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
