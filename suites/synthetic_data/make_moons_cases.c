// SPDX-License-Identifier: MIT
#include "generator_cases.h"

static const struct recipe rows[] = {
    {{"grid", "bounded", "DAT-16", "No noise, no order: the arcs themselves, 7 + 7 points.", 0},
     "block=4 z:14x2:constant:1"},
    {{"odd", "bounded", "DAT-16",
      "15 points: the odd one belongs to the inner arc, so the steps differ.", 0},
     "block=4 z:15x2:uniform:-2:2 noise=0.25"},
    {{"noise", "bounded", "DAT-16", "Deviates times 0.3, the noise of the document.", 0},
     "block=2 z:11x2:uniform:-2:2 noise=0.3"},
    {{"order", "bounded", "DAT-16", "Shuffled, then noise: deviate n belongs to row n.", 0},
     "block=2 z:9x2:uniform:-2:2 noise=0.25 order:9:whole:3,8,0,5,2,7,1,4,6"},
    {{"noise_before_order", "bounded", "DAT-16",
      "Noise, then shuffled: deviates travel with their points.", 0},
     "block=2 z:9x2:uniform:-2:2 noise=0.25 noise_to=points order:9:whole:3,8,0,5,2,7,1,4,6"},
    {{"end_stated", "bounded", "DAT-16", "The default end stated: the last angle is pi.", 0},
     "block=4 z:10x2:uniform:-2:2 noise=0.125 end=included"},
    {{"end_excluded", "bounded", "DAT-16", "Without the end point all steps are shorter.", 0},
     "block=4 z:10x2:uniform:-2:2 noise=0.125 end=excluded"},
    {{"unequal_arcs", "bounded", "DAT-16",
      "3 points outside and 8 inside, as a pair of counts states.", 0},
     "block=2 z:11x2:uniform:-2:2 noise=0.125 outer=3"},
    {{"one_outside", "bounded", "DAT-16", "An arc of one point: its angle is 0, not 0 / 0.", 0},
     "block=2 z:6x2:uniform:-2:2 noise=0.5 outer=1"},
    {{"all_inside", "bounded", "DAT-16", "An arc of no points.", 0},
     "block=2 z:5x2:uniform:-2:2 noise=0.5 outer=0"},
    {{"all_outside", "bounded", "DAT-16", "The other arc of no points, excluded end.", 0},
     "block=2 z:5x2:uniform:-2:2 noise=0.5 outer=5 end=excluded order:5:whole:4,0,3,1,2"},
    {{"one_point", "bounded", "DAT-16", "A single point: it is on the inner arc.", 0},
     "block=2 z:1x2:uniform:-2:2 noise=1.5"},
    {{"many_blocks", "bounded", "DAT-16 DST-08", "29 points in blocks of 2.", 0},
     "block=2 z:29x2:uniform:-2:2 noise=0.75 outer=13"},
};

static const struct refusal refusals[] = {
    {"noise_negative", "one_point", NUMBER_SET, "noise", -0.5, .why = "No deviation is negative."},
    {"three_columns", "one_point", INPUT_SHORTER, "z", .element = 1, .why = "The plane has two."},
    {"no_points", "one_point", INPUT_SHORTER, "z", .element = 0, .why = "There is no data."},
    {"outer_too_many", "all_outside", NUMBER_SET, "outer", 6, .why = "There are five points."},
    {"order_repeats", "all_outside", ELEMENT_SET, "order", 3, .element = 1,
     .why = "3 twice: no permutation."},
    {"order_beyond", "all_outside", ELEMENT_SET, "order", 5, .why = "There is no such point."},
    {"order_short", "all_outside", INPUT_SHORTER, "order", .why = "A point has no place."},
    {"end_unknown", "end_stated", CHOICE_SET, "end", 0, "both", .why = "No such convention."},
};

void make_moons_cases(struct case_list *list)
{
    static const struct case_head document = {
        "document", "bounded", "DAT-16",
        "The document's own data, 200 points with noise 0.3 and seed 42: its very draws.", 0};
    struct legacy_random random;
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    struct assay_case *test = case_add(list, &document);
    legacy_seed(&random, 42);
    case_number(test, "noise", 0.3);
    legacy_order(test, &random, "order", 200);
    legacy_input(test, &random, "z", 1, DIMS(200, 2));
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
