// SPDX-License-Identifier: MIT
#include "ranking_cases.h"

static const struct row {
    struct case_head head;
    size_t N, P, block;
    enum scores scores;
    int parts;
    const char *taken, *ties, *sided;
} rows[] = {
    {{"tenths", "bounded", "IMB-09 MET-18", "Ten parts of 30 samples.", 0},
     .N = 30,
     .P = 9,
     .block = 4},
    {{"uneven_up", "bounded", "MET-18", "23 samples in five parts: the ceiling is taken.", 0},
     .N = 23,
     .P = 8,
     .block = 4,
     .parts = 5},
    {{"uneven_down", "bounded", "MET-18", "The floor.", 0},
     .N = 23,
     .P = 8,
     .block = 4,
     .parts = 5,
     .taken = "down"},
    {{"uneven_interpolated", "bounded", "MET-18", "A straight line between whole samples.", 0},
     .N = 23,
     .P = 8,
     .block = 4,
     .parts = 5,
     .taken = "interpolated"},
    {{"nothing_taken", "bounded", "MET-18", "Nine samples in twenty parts: some take nothing.", 0},
     .N = 9,
     .P = 4,
     .block = 2,
     .parts = 20,
     .taken = "down"},
    {{"ties_averaged", "bounded", "MET-18", "Equal scores on both sides of a cut share.", 0},
     .N = 37,
     .P = 15,
     .block = 8,
     .scores = COARSE,
     .parts = 6},
    {{"ties_by_index", "bounded", "MET-18", "They are taken in the order of the samples.", 0},
     .N = 37,
     .P = 15,
     .block = 8,
     .scores = COARSE,
     .parts = 6,
     .ties = "index"},
    {{"ties_interpolated", "bounded", "MET-18", "Both at once.", 0},
     .N = 37,
     .P = 15,
     .block = 8,
     .scores = COARSE,
     .parts = 7,
     .taken = "interpolated"},
    {{"all_equal", "exact", "MET-18", "All scores equal: no gain, lift 1, distance 0.", 0},
     .N = 16,
     .P = 8,
     .block = 4,
     .scores = EQUAL,
     .parts = 4},
    {{"worse_than_chance", "bounded", "MET-18", "Positives score low: the distance has two sides.",
      0},
     .N = 22,
     .P = 9,
     .block = 2,
     .scores = FALLING},
    {{"one_sided", "bounded", "MET-18", "One side of the distance alone, in the other direction.",
      1},
     .N = 22,
     .P = 9,
     .block = 2,
     .scores = FALLING,
     .sided = "positive"},
    {{"many_blocks", "bounded", "IMB-09", "31 blocks of 2; 7 positives in 61.", 0},
     .N = 61,
     .P = 7,
     .block = 2},
};

static const struct refusal refusals[] = {
    {"parts_zero", "all_equal", NUMBER_SET, "parts", 0, NULL, 0, "No parts."},
    {"label_two", "all_equal", ELEMENT_SET, "labels", 2, NULL, 3, "Labels are 0 and 1."},
    {"labels_short", "all_equal", INPUT_SHORTER, "labels", 0, NULL, 0, "A score without a label."},
    {"taken_unknown", "all_equal", CHOICE_SET, "taken", 0, "half", 0,
     "There is no such convention."},
    {"sided_unknown", "all_equal", CHOICE_SET, "sided", 0, "three", 0,
     "There is no such convention."},
};

void lift_and_gain_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        ranking_fill(test, row->N, row->P, row->block, row->scores, UNWEIGHTED);
        if (row->parts > 0)
            case_number(test, "parts", row->parts);
        if (row->taken)
            case_choice(test, "taken", row->taken);
        if (row->ties)
            case_choice(test, "ties", row->ties);
        if (row->sided)
            case_choice(test, "sided", row->sided);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
