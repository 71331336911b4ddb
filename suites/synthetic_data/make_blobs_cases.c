// SPDX-License-Identifier: MIT
#include "generator_cases.h"

static const struct recipe rows[] = {
    {{"drawn_centers", "bounded", "DAT-14",
      "Three centres drawn in the default box from -10 to 10; 11 points leave a remainder of 2.",
      0},
     "block=4 z:11x2:uniform:-2:2 u:3x2:uniform:0:1"},
    {{"given_centers", "bounded", "DAT-14", "Centres given, deviation 1.05 as in the document.", 0},
     "block=2 z:9x3:uniform:-2:2 centers:2x3:list:-2,9,0.5,4,2,-7 deviation=1.05"},
    {{"box", "bounded", "DAT-14", "Centres in a box from 3 to 5: they are not scaled about 0.", 0},
     "block=2 z:8x3:uniform:-2:2 u:4x3:uniform:0:1 low=3 high=5 deviation=0.25"},
    {{"point_box", "bounded", "DAT-14", "A box of one point: all blobs coincide.", 0},
     "block=2 z:6x2:uniform:-2:2 u:2x2:uniform:0:1 low=2 high=2"},
    {{"deviations", "bounded", "DAT-14", "A deviation for each blob.", 0},
     "block=2 z:10x2:uniform:-2:2 centers:3x2:list:0,1,5,-5,-8,3 deviations:3:list:0.5,1.5,2.5"},
    {{"deviation_zero", "exact", "DAT-14", "Deviation 0 in one blob: its points are its centre.",
      0},
     "block=2 z:6x2:dyadic:-2:2:0.25 centers:2x2:list:1,2,-3,0.5 deviations:2:list:0,0.5"},
    {{"remainder_stated", "bounded", "DAT-14",
      "14 points in 4 blobs: the first two have 4, as stated.", 0},
     "block=4 z:14x2:uniform:-2:2 centers:4x2:list:0,8,3,-3,-6,1,9,9 remainder=first"},
    {{"remainder_last", "bounded", "DAT-14", "The same with the larger blobs at the end.", 0},
     "block=4 z:14x2:uniform:-2:2 centers:4x2:list:0,8,3,-3,-6,1,9,9 remainder=last"},
    {{"counts", "bounded", "DAT-14 IMB-10", "Sizes 7, 1, 0 and 3: imbalance, and an empty blob.",
      0},
     "block=2 z:11x2:uniform:-2:2 centers:4x2:list:0,8,3,-3,-6,1,9,9 count:4:whole:7,1,0,3"},
    {{"first_blob_empty", "bounded", "DAT-14",
      "The first blob has no points: the first one belongs to the second.", 0},
     "block=2 z:5x1:uniform:-2:2 centers:2x1:list:4,-4 count:2:whole:0,5"},
    {{"order", "bounded", "DAT-14",
      "Shuffled with their labels; the deviates belong to points, not to rows.", 0},
     "block=2 z:9x2:uniform:-2:2 centers:2x2:list:-2,9,4,2 order:9:whole:3,8,0,5,2,7,1,4,6"},
    {{"fewer_points_than_blobs", "bounded", "DAT-14",
      "Two points in three blobs: the last is empty.", 0},
     "block=1 z:2x2:uniform:-2:2 u:3x2:uniform:0:1"},
    {{"many_blocks", "bounded", "DAT-14 DST-08", "23 points in blocks of 2.", 0},
     "block=2 z:23x3:uniform:-2:2 u:5x3:uniform:0:1 deviation=2.5"},
};

static const struct refusal refusals[] = {
    {"deviation_negative", "given_centers", NUMBER_SET, "deviation", -1, .why = "No deviation is."},
    {"one_deviation_negative", "deviation_zero", ELEMENT_SET, "deviations", -0.5, .element = 1,
     .why = "Of the second blob."},
    {"counts_too_few", "first_blob_empty", ELEMENT_SET, "count", 4, .element = 1,
     .why = "One of five points is in no blob."},
    {"count_negative", "counts", ELEMENT_SET, "count", -1, .element = 2, .why = "No blob has."},
    {"box_inverted", "point_box", NUMBER_SET, "high", 1, .why = "It is below the low end."},
    {"no_centers", "first_blob_empty", INPUT_GONE, "centers", .why = "Nor draws of them."},
    {"no_points", "fewer_points_than_blobs", INPUT_SHORTER, "u", .element = 1,
     .why = "Centres of fewer features than the points have."},
    {"order_repeats", "order", ELEMENT_SET, "order", 8, .why = "8 twice: no permutation."},
    {"remainder_unknown", "point_box", CHOICE_SET, "remainder", 0, "random",
     .why = "No such convention."},
};

void make_blobs_cases(struct case_list *list)
{
    static const struct case_head document = {
        "document", "bounded", "DAT-14",
        "The document's own data, 150 points in 2 blobs of deviation 1.05, seed 42: its draws.", 0};
    struct legacy_random random;
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    struct assay_case *test = case_add(list, &document);
    legacy_seed(&random, 42);
    case_number(test, "deviation", 1.05);
    legacy_input(test, &random, "u", 0, DIMS(2, 2));
    legacy_input(test, &random, "z", 1, DIMS(150, 2));
    legacy_order(test, &random, "order", 150);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
