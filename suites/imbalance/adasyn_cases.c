// SPDX-License-Identifier: MIT
#include "points.h"

struct row {
    struct case_head head;
    struct points_row points;
    size_t G;
    int k;
    const char *strategy, *rounding, *ties;
    double balance;
    int block;
};

/* Class 1 (places 5, 12 and 14) at 0, 1 and 100: one, one and two of two neighbours are others. */
static const double line[] = {-1.5, 200, 211, 223, 2.5, 0,   99,  101.5,
                              236,  250, 265, 281, 1,   298, 100, 316};
/* The nearest of 0 are 1 (of class 1) and, equally far, -2 (of class 0) and 2 (of class 1). */
static const double equal[] = {-2,  200, 211, 223, 50, 0,   60, 70,
                               236, 250, 265, 281, 1,  298, 2,  3.5};

static const struct row rows[] = {
    {{"ordinary", "bounded", "IMB-04", "Five neighbours; who has many others around makes more.",
      1},
     {3, {13, 7}, .spread = 1},
     .G = 10,
     .block = 4},
    {{"three_neighbours", "bounded", "IMB-04", "Three neighbours.", 0},
     {2, {12, 6}, .spread = 1},
     .G = 10,
     .k = 3,
     .balance = 0.9,
     .block = 4},
    {{"three_classes", "bounded", "IMB-04", "Two classes grow, each with hardnesses of its own.",
      0},
     {2, {5, 11, 6}, .spread = 0.7},
     .G = 14,
     .k = 3,
     .block = 4},
    {{"only_the_smallest", "bounded", "IMB-04", "Of three classes the smallest grows.", 0},
     {2, {5, 11, 6}, .spread = 0.7},
     .G = 9,
     .k = 2,
     .strategy = "minority",
     .block = 2},
    {{"half_the_balance", "bounded", "IMB-04", "Half of what is missing is made.", 0},
     {3, {15, 6}, .spread = 1},
     .G = 13,
     .k = 4,
     .balance = 0.5,
     .block = 4},
    {{"rounded_down", "bounded", "IMB-04", "Shares are cut: fewer than asked for are made.", 0},
     {2, {13, 6}, .spread = 1},
     .G = 8,
     .k = 3,
     .balance = 0.9,
     .rounding = "down",
     .block = 4},
    {{"rounded_to_nearest", "bounded", "IMB-04", "The same shares to the nearest number.", 0},
     {2, {13, 6}, .spread = 1},
     .G = 10,
     .k = 3,
     .balance = 0.9,
     .rounding = "half_up",
     .block = 4},
    {{"easy_members", "bounded", "IMB-04",
      "Members deep in their class make nothing; more draws than needed.", 0},
     {2, {14, 8}, .spread = 3},
     .G = 9,
     .k = 3,
     .balance = 0.9,
     .block = 4},
    {{"many_features", "bounded", "IMB-04", "17 features.", 0},
     {17, {10, 6}, .spread = 0.2},
     .G = 6,
     .k = 3,
     .block = 4},
    {{"halves_to_even", "exact", "IMB-04", "Shares of 2.5 of ten new samples: two each.", 0},
     {1, {13, 3}, .x = line},
     .G = 12,
     .k = 2,
     .rounding = "even",
     .block = 4},
    {{"halves_up", "exact", "IMB-04", "Shares of 2.5: three each, eleven in all.", 0},
     {1, {13, 3}, .x = line},
     .G = 12,
     .k = 2,
     .rounding = "half_up",
     .block = 4},
    {{"ties_first", "exact", "IMB-04", "Equidistant neighbours of two classes: the first counts.",
      0},
     {1, {13, 3}, .x = equal},
     .G = 16,
     .k = 2,
     .ties = "first",
     .block = 4},
    {{"ties_last", "exact", "IMB-04", "The same, where the last one counts.", 0},
     {1, {13, 3}, .x = equal},
     .G = 16,
     .k = 2,
     .ties = "last",
     .block = 4},
};

static const struct refusal refusals[] = {
    {"too_many_neighbours", "halves_up", NUMBER_SET, "neighbours", 3, NULL, 0,
     "There are two other members."},
    {"balance_above_one", "half_the_balance", NUMBER_SET, "balance", 1.5, NULL, 0,
     "The small class would be the large one."},
    {"gap_above_one", "halves_up", ELEMENT_SET, "gap", 2, NULL, 0, "Beyond the neighbour."},
    {"pick_beyond", "halves_up", ELEMENT_SET, "pick", 2, NULL, 0, "There are two neighbours."},
    {"rounding_unknown", "halves_up", CHOICE_SET, "rounding", 0, "unheard_of", 0,
     "There is no such convention."},
};

void adasyn_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        points_case(test, &row->points);
        const char *const choice[] = {"strategy",    row->strategy, "rounding",
                                      row->rounding, "ties",        row->ties};
        points_choices(test, choice, 3);
        if (row->k > 0)
            case_number(test, "neighbours", row->k);
        if (row->balance > 0)
            case_number(test, "balance", row->balance);
        case_number(test, "block", row->block);
        case_labels(test, "pick", row->G, row->k > 0 ? row->k : 5);
        if (row->points.x)
            case_dyadic(test, "gap", DIMS(row->G), 0.25, 0.75, 0.125);
        else
            case_uniform(test, "gap", DIMS(row->G), 0.1, 0.9);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
