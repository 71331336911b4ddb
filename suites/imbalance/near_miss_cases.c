// SPDX-License-Identifier: MIT
#include "points.h"

struct row {
    struct case_head head;
    struct points_row points;
    int k, m;
    const char *version, *strategy, *ties;
    double ratio;
    int block;
};

/* Class 1 (places 1, 6, 8 and 11 of twelve) at 0, 1, 2 and 3, class 0 on both sides of it. */
static const double line[] = {-1, 0, -7, 5, 4, 6, 1, -3, 2, 9, -6, 3};

static const struct row rows[] = {
    {{"ordinary", "bounded", "IMB-03", "Version one, three neighbours: nearest on average.", 0},
     {2, {12, 5}, .spread = 1.5},
     .block = 4},
    {{"two_neighbours", "bounded", "IMB-03", "Two neighbours.", 0},
     {3, {11, 4}, .spread = 1},
     .k = 2,
     .block = 4},
    {{"version_two", "bounded", "IMB-03", "The farthest three of the small class.", 0},
     {2, {12, 6}, .spread = 1.5},
     .version = "two",
     .block = 4},
    {{"version_two_of_all", "bounded", "IMB-03", "As many farthest as there are: the whole class.",
      0},
     {2, {10, 4}, .spread = 1},
     .k = 4,
     .version = "two",
     .block = 4},
    {{"version_three", "bounded", "IMB-03",
      "Of the candidates around the small class the most distant ones.", 0},
     {2, {14, 4}, .spread = 1},
     .version = "three",
     .block = 4},
    {{"version_three_few", "bounded", "IMB-03", "Two candidates each, two neighbours.", 0},
     {2, {13, 5}, .spread = 1},
     .k = 2,
     .m = 2,
     .version = "three",
     .block = 2},
    {{"too_few_candidates", "bounded", "IMB-03", "Fewer candidates than the goal: all are kept.",
      0},
     {1, {12, 5}, .spread = 6},
     .k = 2,
     .m = 1,
     .version = "three",
     .block = 4},
    {{"three_classes", "bounded", "IMB-03", "Two classes shrink, each by itself.", 0},
     {2, {8, 4, 7}, .spread = 1.5},
     .block = 4},
    {{"three_classes_version_three", "bounded", "IMB-03", "The same with candidates of each class.",
      0},
     {2, {9, 4, 8}, .spread = 1},
     .version = "three",
     .block = 4},
    {{"down_to_a_ratio", "bounded", "IMB-03", "4 / 0.6 of the large class, rounded down.", 0},
     {2, {11, 4}, .spread = 1},
     .strategy = "ratio",
     .ratio = 0.6,
     .block = 4},
    {{"largest_only", "bounded", "IMB-03", "Only the largest of three classes shrinks.", 0},
     {2, {6, 4, 9}, .spread = 1},
     .strategy = "majority",
     .block = 3},
    {{"ties_first", "exact", "IMB-03", "Equal averages on both sides: the first sample is kept.",
      0},
     {1, {8, 4}, .x = line},
     .k = 1,
     .ties = "first",
     .block = 4,
     .strategy = "not_minority"},
    {{"ties_last", "exact", "IMB-03", "The same, where the last one is.", 0},
     {1, {8, 4}, .x = line},
     .k = 1,
     .ties = "last",
     .block = 4},
};

static const struct refusal refusals[] = {
    {"too_many_neighbours", "ties_last", NUMBER_SET, "neighbours", 5, NULL, 0,
     "The small class has four samples."},
    {"too_many_candidates", "too_few_candidates", NUMBER_SET, "candidates", 13, NULL, 0,
     "The large class has twelve."},
    {"version_unknown", "too_few_candidates", CHOICE_SET, "version", 0, "four", 0,
     "There is no such convention."},
    {"label_too_large", "ties_last", ELEMENT_SET, "label", 2, NULL, 0, "There are two classes."},
};

void near_miss_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        points_case(test, &row->points);
        const char *const choice[] = {"version",     row->version, "strategy",
                                      row->strategy, "ties",       row->ties};
        points_choices(test, choice, 3);
        if (row->k > 0)
            case_number(test, "neighbours", row->k);
        if (row->m > 0)
            case_number(test, "candidates", row->m);
        if (row->ratio > 0)
            case_number(test, "ratio", row->ratio);
        case_number(test, "block", row->block);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
