// SPDX-License-Identifier: MIT
#include "points.h"

struct row {
    struct case_head head;
    struct points_row points;
    const char *clean, *ties;
    int block;
};

/* On a line: links 0-5 and 7-9; equidistant neighbours of 12 and 14. */
static const double line[] = {0,    20, 21.5, 23.5, 26,   0.5, 40,  4,    29.5,
                              4.25, 44, 60,   10,   10.5, 70,  9.5, 70.5, 69.5};
/* Three pairs at one place each: of one class, of two classes, and a third sample with them. */
static const double doubles[] = {1, 1, 8, 8, 2, 5, 9, 9, 8, 8, 1,  1,
                                 5, 5, 3, 3, 5, 5, 3, 3, 3, 3, 12, 2};

static const struct row rows[] = {
    {{"ordinary", "bounded", "IMB-03", "Overlapping classes: some links, of which one side goes.",
      0},
     {2, {11, 6}, .spread = 0.5},
     .block = 4},
    {{"minority_first", "bounded", "IMB-03", "The small class is 0 and keeps its samples.", 0},
     {2, {5, 11}, .spread = 0.5},
     .block = 4},
    {{"three_classes", "bounded", "IMB-03", "Links between any two of three classes.", 0},
     {2, {9, 5, 7}, .spread = 0.3},
     .block = 4},
    {{"both_sides", "bounded", "IMB-03", "Strategy all: both samples of a link go.", 0},
     {2, {11, 6}, .spread = 0.5},
     .clean = "all",
     .block = 2},
    {{"largest_only", "bounded", "IMB-03", "Only the largest of three classes loses samples.", 0},
     {2, {9, 5, 7}, .spread = 0.3},
     .clean = "majority",
     .block = 4},
    {{"all_but_the_largest", "bounded", "IMB-03", "The largest of three classes loses none.", 0},
     {2, {9, 5, 7}, .spread = 0.3},
     .clean = "not_majority",
     .block = 4},
    {{"far_apart", "bounded", "IMB-03", "Classes far apart: no links, nothing goes.", 0},
     {3, {8, 5}, .spread = 9},
     .block = 4},
    {{"two_samples", "bounded", "IMB-03", "Two samples of two classes are a link.", 0},
     {2, {1, 1}, .spread = 1},
     .block = 1,
     .clean = "all"},
    {{"many_features", "bounded", "IMB-03", "21 features, which no vector width divides.", 0},
     {21, {9, 6}, .spread = 0.3},
     .block = 3},
    {{"many_blocks", "bounded", "IMB-03 DST-02", "31 samples in blocks of three.", 0},
     {2, {19, 12}, .spread = 0.2},
     .block = 3,
     .clean = "all"},
    {{"ties_first", "exact", "IMB-03", "Equidistant neighbours: the first one is nearest.", 0},
     {1, {11, 7}, .x = line},
     .ties = "first",
     .block = 4,
     .clean = "all"},
    {{"ties_last", "exact", "IMB-03", "The same, where the last one is.", 0},
     {1, {11, 7}, .x = line},
     .ties = "last",
     .block = 4,
     .clean = "all"},
    {{"duplicates", "exact", "IMB-03",
      "Samples at one place: a sample is never its own nearest neighbour.", 0},
     {2, {7, 5}, .x = doubles},
     .block = 4,
     .clean = "all"},
};

static const struct refusal refusals[] = {
    {"label_too_large", "two_samples", ELEMENT_SET, "label", 2, NULL, 0, "There are two classes."},
    {"features_missing", "two_samples", INPUT_GONE, "x", 0, NULL, 0, "Nothing is near anything."},
    {"clean_unknown", "two_samples", CHOICE_SET, "clean", 0, "unheard_of", 0,
     "There is no such convention."},
};

void tomek_links_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        points_case(test, &row->points);
        const char *const choice[] = {"clean", row->clean, "ties", row->ties};
        points_choices(test, choice, 2);
        case_number(test, "block", row->block);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
