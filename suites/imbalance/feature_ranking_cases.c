// SPDX-License-Identifier: MIT
#include "points.h"

struct row {
    struct case_head head;
    struct points_row points;
    const char *method, *ranks, *ties;
    int select, block;
};

/* Eight samples of three features: F 32, constant, F 32 again. */
static const double equal[] = {0, 3, 2, 1, 3, 1, 1, 3, 0, 2, 3, 1,
                               4, 3, 6, 4, 3, 4, 6, 3, 6, 6, 3, 4};

static const struct row rows[] = {
    {{"ordinary", "bounded", "IMB-08", "Two classes, of which one is rare.", 0},
     {4, {13, 4}, .spread = 1},
     .block = 4},
    {{"three_classes", "bounded", "IMB-08", "Between and within three classes.", 0},
     {5, {9, 4, 6}, .spread = 1},
     .select = 2,
     .block = 4},
    {{"class_without_samples", "bounded", "IMB-08",
      "A class that does not occur counts in no degree of freedom.", 0},
     {3, {7, 0, 5}, .spread = 1},
     .block = 4},
    {{"far_from_zero", "bounded", "IMB-08",
      "Values near 1000: sums of squares less squares of sums lose their digits.", 0},
     {3, {9, 5}, .spread = 1, .shift = 1000},
     .block = 4},
    {{"select_three", "bounded", "IMB-08", "The best three of six.", 0},
     {6, {9, 6}, .spread = 0.7},
     .select = 3,
     .block = 4},
    {{"select_all", "bounded", "IMB-08", "As many as there are.", 0},
     {3, {6, 5}, .spread = 1},
     .select = 3,
     .block = 2},
    {{"minimum_ranks", "bounded", "IMB-08", "Competition ranks without ties are ordinal ones.", 0},
     {4, {8, 5}, .spread = 1},
     .ranks = "minimum",
     .block = 4},
    {{"chi_squared", "bounded", "IMB-08", "Values as counts: observed against expected.", 0},
     {4, {9, 5}, .spread = 1, .shift = 7},
     .method = "chi_squared",
     .block = 4},
    {{"chi_squared_of_three", "bounded", "IMB-08", "Three classes, two features selected.", 0},
     {5, {5, 8, 4}, .spread = 2, .shift = 7},
     .method = "chi_squared",
     .select = 2,
     .block = 4},
    {{"ties_first", "exact", "IMB-08",
      "Two features of equal score and a constant one: the first of the equal is selected.", 0},
     {3, {4, 4}, .x = equal},
     .ties = "first",
     .block = 4},
    {{"ties_last", "exact", "IMB-08", "The same, where the last of them is.", 0},
     {3, {4, 4}, .x = equal},
     .ties = "last",
     .block = 4},
    {{"equal_minimum", "exact", "IMB-08", "Equal scores share the smaller rank.", 0},
     {3, {4, 4}, .x = equal},
     .ranks = "minimum",
     .block = 2},
    {{"equal_average", "exact", "IMB-08", "Equal scores share the average rank.", 0},
     {3, {4, 4}, .x = equal},
     .ranks = "average",
     .block = 2},
    {{"many_blocks", "bounded", "IMB-08 DST-02", "41 samples in blocks of three.", 0},
     {3, {27, 14}, .spread = 0.5},
     .select = 2,
     .block = 3},
};

static const struct refusal refusals[] = {
    {"select_too_many", "select_all", NUMBER_SET, "select", 4, NULL, 0, "There are three."},
    {"select_none", "select_all", NUMBER_SET, "select", 0, NULL, 0, "Nothing would be left."},
    {"negative_counts", "chi_squared", ELEMENT_SET, "x", -1, NULL, 5, "No count."},
    {"ranks_unknown", "equal_average", CHOICE_SET, "ranks", 0, "unheard_of", 0,
     "There is no such convention."},
    {"label_too_large", "select_all", ELEMENT_SET, "label", 2, NULL, 0, "There are two classes."},
};

void feature_ranking_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        points_case(test, &row->points);
        const char *const choice[] = {"method",   row->method, "ranks",
                                      row->ranks, "ties",      row->ties};
        points_choices(test, choice, 3);
        if (row->select > 0)
            case_number(test, "select", row->select);
        case_number(test, "block", row->block);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
