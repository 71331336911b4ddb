// SPDX-License-Identifier: MIT
#include "points.h"

struct row {
    struct case_head head;
    struct points_row points;
    size_t S;
    const char *strategy, *draws, *size;
    double ratio, shrinkage; /* shrinkage below 0: not stated */
    int noise, block, counts[POINT_CLASSES];
};

static const struct row rows[] = {
    {{"ordinary", "bounded", "IMB-02", "The small class grows to the size of the large one.", 0},
     {2, {9, 4}, .spread = 1},
     .S = 5},
    {{"more_than_doubled", "bounded", "IMB-02",
      "Two samples for nine: samples occur more than twice.", 0},
     {2, {9, 2}, .spread = 1},
     .S = 7},
    {{"two_minorities", "bounded", "IMB-02", "Classes grow in ascending order, not by size.", 0},
     {2, {3, 9, 5}, .spread = 1},
     .S = 10},
    {{"only_the_smallest", "bounded", "IMB-02", "Strategy minority.", 0},
     {2, {3, 9, 5}, .spread = 1},
     .S = 6,
     .strategy = "minority"},
    {{"all_but_the_smallest", "bounded", "IMB-02", "Strategy not_minority.", 0},
     {2, {3, 9, 5}, .spread = 1},
     .S = 4,
     .strategy = "not_minority"},
    {{"all_classes", "bounded", "IMB-02", "Strategy all: the largest class gets nothing.", 0},
     {2, {3, 7, 5}, .spread = 1},
     .S = 6,
     .strategy = "all"},
    {{"equal_minorities", "bounded", "IMB-02",
      "Two smallest classes: strategy minority takes the one with the smaller label.", 0},
     {2, {7, 3, 3}, .spread = 1},
     .S = 4,
     .strategy = "minority"},
    {{"up_to_a_ratio", "bounded", "IMB-02", "0.6 times the largest class, rounded down.", 0},
     {2, {11, 4}, .spread = 1},
     .S = 2,
     .strategy = "ratio",
     .ratio = 0.6},
    {{"given_counts", "bounded", "IMB-02", "So many samples of each class as asked for.", 0},
     {2, {3, 7, 5}, .spread = 1},
     .S = 5,
     .strategy = "counts",
     .counts = {5, 8, 7}},
    {{"class_without_samples", "bounded", "IMB-02",
      "A class that does not occur is not the smallest and stays empty.", 0},
     {2, {3, 0, 7}, .spread = 1},
     .S = 4,
     .strategy = "minority"},
    {{"by_index", "bounded", "IMB-02", "Members drawn as whole numbers.", 0},
     {2, {9, 4}, .spread = 1},
     .S = 5,
     .draws = "index"},
    {{"smoothed", "bounded", "IMB-02",
      "A smoothed bootstrap: noise as wide as the class, with the bandwidth of all the data.", 0},
     {3, {9, 4}, .spread = 1},
     .S = 5,
     .noise = 1,
     .block = 4,
     .shrinkage = -1},
    {{"smoothed_by_class", "bounded", "IMB-02", "The bandwidth of the class's own size.", 0},
     {3, {9, 4}, .spread = 1},
     .S = 5,
     .noise = 1,
     .size = "class",
     .block = 4,
     .shrinkage = 0.5},
    {{"smoothed_classes", "bounded", "IMB-02 DST-02",
      "Two classes with bandwidths of their own, moments over many blocks.", 0},
     {2, {5, 11, 8}, .spread = 2, .shift = 3},
     .S = 9,
     .noise = 1,
     .block = 3,
     .shrinkage = 2},
    {{"shrinkage_zero", "bounded", "IMB-02", "Noise of width 0: copies after all.", 0},
     {2, {7, 4}, .spread = 1},
     .S = 3,
     .noise = 1,
     .block = 4,
     .shrinkage = 0},
    {{"one_member", "bounded", "IMB-02", "A class of one sample has no spread, so its noise is 0.",
      0},
     {2, {5, 1}, .spread = 1},
     .S = 4,
     .noise = 1,
     .block = 2,
     .shrinkage = -1},
};

/* Uniform numbers that are not near a multiple of 1/count for the counts above. */
static void draw(struct assay_case *test, const struct row *row)
{
    int least = 1 << 20;
    for (int c = 0; c < POINT_CLASSES; c++) {
        int count = row->points.count[c];
        least = count > 0 && count < least ? count : least;
    }
    if (row->draws)
        case_labels(test, "draw", row->S, least);
    else
        case_uniform(test, "u", DIMS(row->S), 0, 1);
    if (row->noise)
        case_normal(test, "noise", DIMS(row->S, row->points.D), 0, 1);
}

static const struct refusal refusals[] = {
    {"u_one", "one_member", ELEMENT_SET, "u", 1, NULL, 1, "There is no member after the last."},
    {"u_negative", "one_member", ELEMENT_SET, "u", -0.125, NULL, 1, "None before the first."},
    {"draw_beyond", "by_index", ELEMENT_SET, "draw", 4, NULL, 0, "The class has four samples."},
    {"shrinkage_negative", "shrinkage_zero", NUMBER_SET, "shrinkage", -1, NULL, 0,
     "A bandwidth is not negative."},
    {"fewer_than_there_are", "given_counts", ELEMENT_SET, "counts", 2, NULL, 0,
     "Nothing is removed here."},
    {"strategy_unknown", "class_without_samples", CHOICE_SET, "strategy", 0, "everything", 0,
     "There is no such convention."},
    {"ratio_missing", "up_to_a_ratio", NUMBER_GONE, "ratio", 0, NULL, 0, "How far is not said."},
    {"noise_short", "one_member", INPUT_SHORTER, "noise", 0, NULL, 1, "A feature without noise."},
};

static const struct case_head head_drawn = {
    "drawn", "statistical", "IMB-02", "Whoever draws: the right number, any member of the class.",
    0};

static void fill_drawn(struct assay_case *test)
{
    static const struct points_row points = {1, {290, 40}, .spread = 1};
    points_case(test, &points);
    case_drawn(test, "u", "uniform", DIMS(250));
    case_law(test, "source", "oversampled");
}

void random_oversampling_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        points_case(test, &row->points);
        const char *const choice[] = {"strategy", row->strategy, "draws",
                                      row->draws, "size",        row->size};
        points_choices(test, choice, 3);
        if (row->ratio > 0)
            case_number(test, "ratio", row->ratio);
        if (row->block > 0)
            case_number(test, "block", row->block);
        if (row->noise && row->shrinkage >= 0)
            case_number(test, "shrinkage", row->shrinkage);
        if (row->counts[0] > 0)
            case_integers(test, "counts", DIMS(3), row->counts);
        draw(test, row);
    }
    fill_drawn(case_add(list, &head_drawn));
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
