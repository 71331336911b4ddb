// SPDX-License-Identifier: MIT
#include "ranking_cases.h"

static const struct row {
    struct case_head head;
    size_t N, P, block;
    enum scores scores;
    enum weights weights;
    const char *drop, *first, *rates;
} rows[] = {
    {{"ordinary", "bounded", "MET-05 MET-18", "Runs of one class are one straight line each.", 0},
     .N = 23,
     .P = 8,
     .block = 4},
    {{"all_points", "bounded", "MET-05 MET-18", "The same curve with every point.", 0},
     .N = 23,
     .P = 8,
     .block = 4,
     .drop = "none"},
    {{"ties", "bounded", "MET-05 MET-18",
      "Samples of both classes share a score: one slanted segment, not two steps.", 0},
     .N = 37,
     .P = 15,
     .block = 8,
     .scores = COARSE},
    {{"ties_all_points", "bounded", "MET-05", "The same, with all points.", 0},
     .N = 37,
     .P = 15,
     .block = 8,
     .scores = COARSE,
     .drop = "none"},
    {{"all_equal", "exact", "MET-05", "One threshold: the diagonal.", 0},
     .N = 16,
     .P = 8,
     .block = 4,
     .scores = EQUAL},
    {{"sorted_classes", "exact", "MET-05", "Nearly perfect: most points are collinear.", 0},
     .N = 24,
     .P = 8,
     .block = 4,
     .scores = RISING,
     .drop = "collinear"},
    {{"exact_rates", "exact", "MET-05", "8 and 8 samples: rates are eighths.", 0},
     .N = 16,
     .P = 8,
     .block = 4,
     .scores = FALLING,
     .drop = "none"},
    {{"first_above_maximum", "bounded", "MET-05 MET-18",
      "The first threshold is 1 above the largest score.", 0},
     .N = 22,
     .P = 7,
     .block = 4,
     .first = "max_plus_one"},
    {{"first_one", "bounded", "MET-05 MET-18", "The first threshold is 1, as of probabilities.", 0},
     .N = 22,
     .P = 7,
     .block = 4,
     .scores = PROBABLE,
     .first = "one",
     .drop = "none"},
    {{"detection_error", "bounded", "MET-18",
      "Misses against false alarms: the detection error trade-off.", 0},
     .N = 26,
     .P = 11,
     .block = 4,
     .rates = "detection_error",
     .drop = "none"},
    {{"many_blocks", "bounded", "MET-05", "31 blocks of 2 in one ranking.", 0},
     .N = 61,
     .P = 27,
     .block = 2},
    {{"weights", "bounded", "MET-05", "Rates of weights.", 0},
     .N = 23,
     .P = 9,
     .block = 4,
     .weights = UNIFORM,
     .drop = "none"},
    {{"weights_dropped", "exact", "MET-05",
      "Whole weights: collinear are only steps of the same weight.", 0},
     .N = 16,
     .P = 8,
     .block = 4,
     .scores = RISING,
     .weights = QUARTERS},
    {{"rare_positives", "bounded", "MET-05 IMB-09", "3 positives in 43 samples.", 0},
     .N = 43,
     .P = 3,
     .block = 4},
};

static const struct refusal refusals[] = {
    {"label_two", "all_equal", ELEMENT_SET, "labels", 2, NULL, 3, "Labels are 0 and 1."},
    {"labels_short", "all_equal", INPUT_SHORTER, "labels", 0, NULL, 0, "A score without a label."},
    {"drop_unknown", "all_equal", CHOICE_SET, "drop", 0, "half", 0, "There is no such convention."},
    {"first_unknown", "all_equal", CHOICE_SET, "first_threshold", 0, "two", 0,
     "There is no such convention."},
    {"weight_negative", "weights_dropped", ELEMENT_SET, "weight", -1, NULL, 2, "Rates would fall."},
};

void roc_curve_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        ranking_fill(test, row->N, row->P, row->block, row->scores, row->weights);
        /* Exact rates need a power of two. */
        for (size_t n = 0; row->weights == QUARTERS && n < row->N; n++)
            case_input(test, "weight")[n] = n % 4 == 0 ? 0.5 : n % 4 == 1 ? 1.5 : 1;
        if (row->drop)
            case_choice(test, "drop", row->drop);
        if (row->first)
            case_choice(test, "first_threshold", row->first);
        if (row->rates)
            case_choice(test, "rates", row->rates);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
