// SPDX-License-Identifier: MIT
#include "points.h"

struct row {
    struct case_head head;
    struct points_row points;
    const char *strategy, *replacement, *arrangement;
    size_t U; /* draws, with replacement */
    double ratio;
    int block, counts[POINT_CLASSES];
};

static const struct row rows[] = {
    {{"ordinary", "bounded", "IMB-03", "The large class shrinks to the size of the small one.", 0},
     {2, {9, 4}, .spread = 1},
     .block = 4},
    {{"minority_first", "bounded", "IMB-03", "The small class is 0.", 0},
     {2, {3, 10}, .spread = 1},
     .block = 2},
    {{"three_classes", "bounded", "IMB-03", "Both larger classes shrink to the smallest.", 0},
     {2, {7, 3, 5}, .spread = 1},
     .block = 4},
    {{"only_the_largest", "bounded", "IMB-03", "Strategy majority.", 0},
     {2, {5, 9, 4}, .spread = 1},
     .strategy = "majority"},
    {{"all_but_the_largest", "bounded", "IMB-03",
      "Strategy not_majority: the largest class stays as it is.", 0},
     {2, {5, 9, 4}, .spread = 1},
     .strategy = "not_majority"},
    {{"all_classes", "bounded", "IMB-03",
      "Strategy all: the smallest class is drawn too, so its order changes.", 0},
     {2, {5, 7, 4}, .spread = 1},
     .strategy = "all"},
    {{"equal_smallest", "bounded", "IMB-03",
      "Two smallest classes: the one with the smaller label is left alone.", 0},
     {2, {7, 4, 4}, .spread = 1},
     .block = 4},
    {{"down_to_a_ratio", "bounded", "IMB-03", "4 / 0.7 of the large class, rounded down.", 0},
     {2, {9, 4}, .spread = 1},
     .strategy = "ratio",
     .ratio = 0.7},
    {{"given_counts", "bounded", "IMB-03", "So many samples of each class as asked for.", 0},
     {2, {5, 7, 4}, .spread = 1},
     .strategy = "counts",
     .counts = {2, 6, 4}},
    {{"class_removed", "bounded", "IMB-03", "A goal of no samples.", 0},
     {2, {5, 4, 3}, .spread = 1},
     .strategy = "counts",
     .counts = {4, 0, 2}},
    {{"with_replacement", "bounded", "IMB-03", "Samples of the large class may occur twice.", 0},
     {2, {8, 5}, .spread = 1},
     .replacement = "yes",
     .U = 5},
    {{"all_with_replacement", "bounded", "IMB-03",
      "The smallest class is drawn with replacement too, and loses samples.", 0},
     {2, {6, 4, 5}, .spread = 1},
     .replacement = "yes",
     .strategy = "all",
     .U = 12},
    {{"in_the_order_of_the_data", "bounded", "IMB-03", "Kept samples as they stood.", 0},
     {2, {9, 4}, .spread = 1},
     .arrangement = "data",
     .block = 2},
    {{"drawn_twice_in_order", "bounded", "IMB-03", "The same with samples that occur twice.", 0},
     {2, {4, 6}, .spread = 1},
     .arrangement = "data",
     .replacement = "yes",
     .U = 4},
    {{"class_without_samples", "bounded", "IMB-03",
      "A class that does not occur is not the smallest: nothing shrinks to 0.", 0},
     {2, {6, 0, 4}, .spread = 1},
     .block = 4},
};

static const struct refusal refusals[] = {
    {"sample_twice", "class_without_samples", ELEMENT_SET, "order", 0, NULL, 9,
     "A permutation names each sample once."},
    {"order_beyond", "class_without_samples", ELEMENT_SET, "order", 10, NULL, 0,
     "There is no such sample."},
    {"u_one", "drawn_twice_in_order", ELEMENT_SET, "u", 1, NULL, 0, "Beyond the last member."},
    {"u_short", "drawn_twice_in_order", INPUT_SHORTER, "u", 0, NULL, 0, "One draw too few."},
    {"more_than_there_are", "class_removed", ELEMENT_SET, "counts", 6, NULL, 0,
     "Nothing is added here."},
    {"ratio_too_small", "down_to_a_ratio", NUMBER_SET, "ratio", 0.25, NULL, 0,
     "The large class has not so many samples."},
    {"ratio_zero", "down_to_a_ratio", NUMBER_SET, "ratio", 0, NULL, 0, "4 / 0."},
    {"strategy_unknown", "only_the_largest", CHOICE_SET, "strategy", 0, "minority", 0,
     "The smallest class cannot shrink to its own size."},
};

static const struct case_head head_drawn = {
    "drawn", "statistical", "IMB-03", "Whoever draws: the right number, none twice, any of them.",
    0};

static void fill_drawn(struct assay_case *test)
{
    static const struct points_row points = {1, {240, 80}, .spread = 1};
    points_case(test, &points);
    case_drawn(test, "order", "permutation", DIMS(320));
    case_law(test, "kept", "undersampled");
}

void random_undersampling_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        points_case(test, &row->points);
        const char *const choice[] = {"strategy",       row->strategy, "replacement",
                                      row->replacement, "arrangement", row->arrangement};
        points_choices(test, choice, 3);
        if (row->ratio > 0)
            case_number(test, "ratio", row->ratio);
        if (row->block > 0)
            case_number(test, "block", row->block);
        if (row->strategy && row->strategy[0] == 'c')
            case_integers(test, "counts", DIMS(3), row->counts);
        if (row->U > 0) {
            case_uniform(test, "u", DIMS(row->U), 0, 1);
            continue;
        }
        case_permutations(test, "order", 1, points_count(&row->points));
        points_flatten(test, "order");
    }
    fill_drawn(case_add(list, &head_drawn));
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
