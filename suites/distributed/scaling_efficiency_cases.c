// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum { RUNS = 8 };

static const struct row {
    struct case_head head;
    size_t M;
    int processors[RUNS];
    double time[RUNS], f, block;
    const char *scaling;
} rows[] = {
    /* clang-format off */
    {{"strong", "bounded", "DST-13", "The same work on 1 to 16 processors: efficiency falls.", 0},
     5, {1, 2, 4, 8, 16}, {100, 53.5, 29.75, 18.125, 13.25}, 0.0625, 2, NULL},
    {{"weak", "bounded", "DST-13", "Work that grows with the processors: times that hardly grow.",
      0}, 5, {1, 2, 4, 8, 16}, {100, 102.5, 105.25, 111.75, 121.5}, 0.0625, 2, "weak"},
    {{"baseline_of_four", "bounded", "DST-13",
      "The first run has four processors: everything is relative to it.", 0},
     4, {4, 8, 12, 32}, {60, 31.5, 22.75, 11.125}, 0.125, 3, NULL},
    {{"baseline_of_four_weak", "bounded", "DST-13", "The same with work that grows.", 0},
     4, {4, 8, 12, 32}, {60, 61.5, 62.75, 69.125}, 0.125, 3, "weak"},
    {{"superlinear", "bounded", "DST-13",
      "Data that fit into caches: a speed-up above q, a serial fraction below 0.", 0},
     4, {1, 2, 3, 6}, {90, 41.5, 27.25, 13.75}, 0.25, 2, NULL},
    {{"slower", "bounded", "DST-13", "More processors take longer: a serial fraction above 1.", 0},
     4, {1, 2, 3, 6}, {10, 11.5, 12.25, 15.75}, 0.5, 2, NULL},
    {{"fewer_processors", "bounded", "DST-13",
      "The baseline is the largest run: ratios below 1.", 0},
     4, {16, 8, 4, 2}, {10, 18.5, 35.25, 67.75}, 0.0625, 2, NULL},
    {{"baseline_twice", "bounded", "DST-13",
      "The baseline was measured again: no serial fraction can be told from it.", 0},
     4, {2, 2, 4, 6}, {50, 51.5, 27.25, 20.75}, 0.125, 2, NULL},
    {{"one_run", "bounded", "DST-13", "One run: speed-up 1, and nothing to be fitted.", 0},
     1, {7}, {12.75}, 0.25, 2, NULL},
    {{"all_serial", "bounded", "DST-13", "f = 1: no law promises anything.", 0},
     3, {1, 3, 5}, {10, 4.5, 3.25}, 1, 2, NULL},
    {{"all_parallel", "bounded", "DST-13", "f = 0: both laws promise q.", 0},
     3, {1, 3, 5}, {10, 4.5, 3.25}, 0, 2, NULL},
    {{"exact", "exact", "DST-13", "Powers of two and perfect scaling: no rounding.", 0},
     4, {1, 2, 4, 8}, {64, 32, 16, 8}, 1, 4, NULL},
    {{"short_block", "bounded", "DST-13 DST-02", "Seven runs in blocks of three.", 0},
     7, {1, 2, 3, 5, 7, 11, 13}, {200, 104.5, 72.25, 46.75, 36.5, 27.125, 24.5}, 0.0625, 3, NULL},
    /* clang-format on */
};

void scaling_efficiency_cases(struct case_list *list)
{
    static const struct refusal refusals[] = {
        {"no_processor", "one_run", ELEMENT_SET, "processors", 0, NULL, 0, "Nobody worked."},
        {"time_zero", "one_run", ELEMENT_SET, "time", 0, NULL, 0, "Work in no time."},
        {"fraction_above", "one_run", NUMBER_SET, "serial_fraction", 1.5, NULL, 0,
         "More than all of the work is serial."},
        {"fraction_negative", "one_run", NUMBER_SET, "serial_fraction", -0.25, NULL, 0,
         "Less than none of the work is serial."},
        {"fraction_missing", "one_run", NUMBER_GONE, "serial_fraction", 0, NULL, 0,
         "The laws need it."},
        {"unknown_scaling", "one_run", CHOICE_SET, "scaling", 0, "sideways", 0,
         "A convention that does not exist."},
        {"times_missing", "one_run", INPUT_GONE, "time", 0, NULL, 0, "Nothing was measured."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        if (row->scaling)
            case_choice(test, "scaling", row->scaling);
        case_number(test, "serial_fraction", row->f);
        case_number(test, "block", row->block);
        case_integers(test, "processors", DIMS(row->M), row->processors);
        case_values(test, "time", DIMS(row->M), row->time);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
