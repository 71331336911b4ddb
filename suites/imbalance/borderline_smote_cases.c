// SPDX-License-Identifier: MIT
#include "points.h"

struct row {
    struct case_head head;
    struct points_row points;
    size_t S;
    int k, m;
    const char *kind, *partners, *ties;
    double factor;
    int shorten, block;
};

/* Class 1 (places 5, 12 and 14) at 4, 5 and 2: as far from 4 as the sample of class 0 at 6. */
static const double line[] = {60, 30, 31, 33, 6, 4, 61, 7, 40, 41, 43, 50, 5, 52, 2, 21};

static const struct row rows[] = {
    {{"ordinary", "bounded", "IMB-04", "Nothing stated but the draws: ten neighbours, then five.",
      0},
     {2, {14, 8}, .spread = 1.5},
     .S = 6,
     .block = 4},
    {{"four_around", "bounded", "IMB-04", "Four neighbours judge: two of four are danger enough.",
      0},
     {2, {12, 7}, .spread = 1.5},
     .S = 5,
     .k = 3,
     .m = 4,
     .block = 4},
    {{"five_around", "bounded", "IMB-04", "Of five neighbours two are not half.", 0},
     {2, {12, 7}, .spread = 1.5},
     .S = 5,
     .k = 3,
     .m = 5,
     .block = 2},
    {{"noise_among_them", "bounded", "IMB-04",
      "Classes that overlap: who has no neighbour of its class is noise, and makes nothing.", 1},
     {2, {14, 7}, .spread = 0.5},
     .S = 7,
     .k = 2,
     .m = 3,
     .block = 4},
    {{"nobody_in_danger", "bounded", "IMB-04", "Classes far apart: nothing is made.", 0},
     {2, {7, 4}, .spread = 20},
     .S = 3,
     .k = 2,
     .m = 3,
     .block = 4},
    {{"three_classes", "bounded", "IMB-04", "Two classes grow; all other classes are the others.",
      0},
     {2, {6, 9, 5}, .spread = 1},
     .S = 7,
     .k = 2,
     .m = 4,
     .block = 4},
    {{"one_of_two_has_nobody", "bounded", "IMB-04",
      "Of two classes that grow one has nobody in danger: its rows stay 0.", 0},
     {2, {9, 5, 5}, .spread = 1, .shift = 1},
     .S = 8,
     .k = 2,
     .m = 1,
     .block = 2},
    {{"second_kind", "bounded", "IMB-04",
      "Neighbours of all classes; half the way to those of another one.", 0},
     {2, {13, 7}, .spread = 1},
     .S = 6,
     .k = 4,
     .m = 5,
     .kind = "two",
     .block = 4},
    {{"second_kind_factor", "bounded", "IMB-04", "A quarter of the way.", 1},
     {2, {13, 7}, .spread = 1},
     .S = 6,
     .k = 3,
     .m = 4,
     .kind = "two",
     .factor = 0.25,
     .block = 4},
    {{"second_kind_shortened", "bounded", "IMB-04",
      "The way to others shortened by draws of their own, as imbalanced-learn does.", 0},
     {2, {13, 7}, .spread = 1},
     .S = 6,
     .k = 4,
     .m = 4,
     .kind = "two",
     .shorten = 1,
     .block = 4},
    {{"second_kind_separate", "bounded", "IMB-04",
      "Neighbours of the class, or of the others, by a draw: as in the paper.", 0},
     {2, {13, 7}, .spread = 1},
     .S = 6,
     .k = 3,
     .m = 4,
     .kind = "two",
     .partners = "separate",
     .block = 4},
    {{"many_features", "bounded", "IMB-04", "18 features.", 0},
     {18, {10, 6}, .spread = 0.4},
     .S = 4,
     .k = 2,
     .m = 4,
     .block = 4},
    {{"ties_first", "exact", "IMB-04", "Equidistant neighbours: the first decides.", 0},
     {1, {13, 3}, .x = line},
     .S = 10,
     .k = 2,
     .m = 2,
     .ties = "first",
     .block = 4},
    {{"ties_last", "exact", "IMB-04", "The same, where the last decides.", 0},
     {1, {13, 3}, .x = line},
     .S = 10,
     .k = 2,
     .m = 2,
     .ties = "last",
     .block = 4},
};

static const struct refusal refusals[] = {
    {"too_many_judges", "nobody_in_danger", NUMBER_SET, "border", 11, NULL, 0,
     "There are ten others."},
    {"too_many_neighbours", "nobody_in_danger", NUMBER_SET, "neighbours", 4, NULL, 0,
     "There are three other members."},
    {"factor_above_one", "second_kind_factor", NUMBER_SET, "factor", 1.5, NULL, 0,
     "Beyond a sample of another class."},
    {"u_one", "nobody_in_danger", ELEMENT_SET, "u", 1, NULL, 0, "Beyond the last in danger."},
    {"shorten_too_long", "second_kind_shortened", ELEMENT_SET, "shorten", 0.75, NULL, 0,
     "More than half the way to another class."},
    {"kind_unknown", "second_kind_factor", CHOICE_SET, "kind", 0, "three", 0,
     "There is no such convention."},
};

void borderline_smote_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        points_case(test, &row->points);
        const char *const choice[] = {"kind",        row->kind, "partners",
                                      row->partners, "ties",    row->ties};
        points_choices(test, choice, 3);
        if (row->k > 0)
            case_number(test, "neighbours", row->k);
        if (row->m > 0)
            case_number(test, "border", row->m);
        if (row->factor > 0)
            case_number(test, "factor", row->factor);
        case_number(test, "block", row->block);
        int k = row->k > 0 ? row->k : 5;
        if (row->points.x) {
            case_dyadic(test, "u", DIMS(row->S), 0.1875, 0.8125, 0.125);
            case_dyadic(test, "gap", DIMS(row->S), 0.25, 0.75, 0.125);
        } else {
            case_uniform(test, "u", DIMS(row->S), 0, 1);
            case_uniform(test, "gap", DIMS(row->S), 0.1, 0.9);
        }
        case_labels(test, "pick", row->S, k);
        if (row->shorten)
            case_uniform(test, "shorten", DIMS(row->S), 0.05, 0.45);
        if (row->partners)
            case_labels(test, "side", row->S, 2);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
