// SPDX-License-Identifier: MIT
#include "../case_builder.h"

/* Labels 0..C-1 in an irregular order, or one of the lists. */
enum labels { MIXED, GAP, WITH_IGNORED, NEGATIVE, OUTSIDE };
/* Rows to decode: none; a permutation's one-hot rows; scores; ties; rows without an `on`. */
enum rows { NO_ROWS, ONE_HOT, SCORES, TIES, BLANKS };

static const struct row {
    struct case_head head;
    size_t N, C, block;
    enum labels labels;
    enum rows rows;
    size_t classes; /* 0: not stated */
    double on, off; /* both 0: not stated */
    const char *outside, *ties;
    double ignored, blank; /* 0: not stated */
} rows[] = {
    /* clang-format off */
    {{"ordinary", "exact", "FND-29 FND-30", "Labels of four classes, their number not stated.", 0},
     .N = 9, .C = 4, .block = 2},
    {{"classes_stated", "exact", "FND-29",
      "More classes than the labels show: the last columns are off.", 0},
     .N = 9, .C = 4, .block = 2, .classes = 7},
    {{"class_without_label", "exact", "FND-29", "Class 2 never occurs: its column is off.", 0},
     .N = 7, .C = 5, .block = 2, .labels = GAP},
    {{"one_label", "exact", "FND-29", "One label of three classes.", 0},
     .N = 1, .C = 3, .block = 4, .classes = 3},
    {{"square", "exact", "FND-29",
      "As many labels as classes, in no order: the transposed matrix keeps the shape.", 0},
     .N = 6, .C = 6, .block = 2, .labels = MIXED, .rows = ONE_HOT, .classes = 6},
    {{"on_and_off", "exact", "FND-29 LOS-05",
      "Values 0.75 and 0.25 stand for on and off, as smoothed labels do.", 0},
     .N = 11, .C = 3, .block = 2, .on = 0.75, .off = 0.25},
    {{"minus_one_for_off", "exact", "FND-29 LOS-08", "1 and -1, as hinge losses want.", 0},
     .N = 10, .C = 4, .block = 2, .on = 1, .off = -1},
    {{"ignored_label", "exact", "FND-29",
      "Label -100 is ignored: its rows are off and nothing is counted.", 0},
     .N = 11, .C = 4, .block = 2, .labels = WITH_IGNORED, .ignored = -100},
    {{"ignored_class", "exact", "FND-29",
      "The ignored label is one of the classes, so its column stays off.", 0},
     .N = 12, .C = 4, .block = 2, .ignored = 1},
    {{"outside_off", "exact", "FND-29",
      "Labels below 0 and above the last class give rows of off.", 0},
     .N = 9, .C = 4, .block = 2, .labels = OUTSIDE, .classes = 4, .outside = "off"},
    {{"outside_wraps", "exact", "FND-29", "Label -1 is the last class, -2 the one before.", 0},
     .N = 9, .C = 4, .block = 2, .labels = NEGATIVE, .classes = 4, .outside = "wrap"},
    {{"negative_off", "exact", "FND-29", "The same labels where those below 0 are off.", 0},
     .N = 9, .C = 4, .block = 2, .labels = NEGATIVE, .classes = 4, .outside = "off"},
    {{"decoded", "exact", "FND-29", "The inverse: one-hot rows back to labels.", 0},
     .N = 5, .C = 7, .block = 2, .rows = ONE_HOT, .classes = 7},
    {{"decoded_scores", "exact", "FND-29 ACT-07",
      "Rows of scores, some all negative, decode to their largest entry.", 0},
     .N = 5, .C = 4, .block = 2, .rows = SCORES, .classes = 4},
    {{"decoded_ties", "exact", "FND-29", "Between equal largest entries the first counts.", 0},
     .N = 5, .C = 4, .block = 1, .rows = TIES, .classes = 4},
    {{"decoded_ties_last", "exact", "FND-29", "The same where the last counts.", 0},
     .N = 5, .C = 4, .block = 1, .rows = TIES, .classes = 4, .ties = "last"},
    {{"decoded_blanks", "exact", "FND-29", "Rows with all entries equal have no label: -1.", 0},
     .N = 5, .C = 4, .block = 1, .rows = BLANKS, .classes = 4},
    {{"decoded_blanks_named", "exact", "FND-29", "The same, named -100.", 0},
     .N = 5, .C = 4, .block = 1, .rows = BLANKS, .classes = 4, .blank = -100},
    {{"digits_like", "exact", "FND-29 DST-08",
      "67 labels of 10 classes in blocks of 4: the last block is short.", 0},
     .N = 67, .C = 10, .block = 4},
    {{"wide", "exact", "FND-29", "37 classes, which no vector width divides.", 0},
     .N = 13, .C = 37, .block = 2, .classes = 37},
    /* clang-format on */
};

static const int gap[] = {4, 0, 1, 3, 4, 1, 4};
static const int with_ignored[] = {2, -100, 0, 3, 3, -100, 1, 0, 2, -100, 3};
static const int negative[] = {0, -1, 2, -2, 3, 1, -4, -1, 0};
static const int outside[] = {1, -1, 4, 0, 3, 117, 2, -5, 3};
static const double scores[] = {0.5, 2, -1, 1, -3, -0.5, -4, -2, 0, 1, 2, 3, 7, -7, 6.5, 0};
static const double ties[] = {1, 3, 0, 3, 2, 2, 2, 1, -1, -2, -1, -2, 0, -0.0, -1, -3};
static const double blanks[] = {0, 0, 0, 0, 0, 0, 1, 0, 1, 1, 1, 1, -2, -2, -2, -2};

static void fill_labels(struct assay_case *test, const struct row *row)
{
    static const int *const lists[] = {NULL, gap, with_ignored, negative, outside};
    if (row->labels != MIXED) {
        case_integers(test, "labels", DIMS(row->N), lists[row->labels]);
        return;
    }
    case_labels(test, "labels", row->N, (int)row->C);
    double *label = case_input(test, "labels");
    for (size_t n = 0; n < row->N; n++)
        label[n] = (double)((n * n * 3 + n / 2 + 1) % row->C);
    if (row->N > 1)
        label[row->N / 2] = (double)row->C - 1;
}

static void fill_rows(struct assay_case *test, const struct row *row)
{
    static const double *const lists[] = {NULL, NULL, scores, ties, blanks};
    size_t C = row->C;
    if (row->rows == NO_ROWS)
        return;
    if (row->rows != ONE_HOT) {
        case_values(test, "rows", DIMS(4, C), lists[row->rows]);
        return;
    }
    case_constant(test, "rows", DIMS(C, C), 0);
    for (size_t m = 0; m < C; m++)
        case_input(test, "rows")[m * C + (m * 3 + 2) % (C == 6 ? 5 : C)] = 1;
}

/* What the definition refuses. */
static const struct refusal refusals[] = {
    {"label_outside", "classes_stated", ELEMENT_SET, "labels", 7, .element = 4,
     .why = "Under the default a label that is no class is refused."},
    {"label_negative", "classes_stated", ELEMENT_SET, "labels", -1, .element = 4,
     .why = "Under the default -1 is not the last class."},
    {"label_below_the_wrap", "outside_wraps", ELEMENT_SET, "labels", -5, .element = 3,
     .why = "-5 of four classes wraps beyond the first."},
    {"no_classes", "classes_stated", NUMBER_SET, "classes", 0,
     .why = "No classes: not the same as a number that was not stated."},
    {"classes_of_halves", "classes_stated", NUMBER_SET, "classes", 6.5,
     .why = "Rounded down a class is lost."},
    {"labels_missing", "classes_stated", INPUT_GONE, "labels", .why = "Nothing to encode."},
    {"outside_unknown", "outside_off", CHOICE_SET, "outside", 0, "clip",
     .why = "Not a convention."},
    {"ties_unknown", "decoded_ties_last", CHOICE_SET, "ties", 0, "random",
     .why = "Not a convention."},
    {"row_too_short", "decoded", INPUT_SHORTER, "rows", .element = 1,
     .why = "A row lacks a class."},
};

void one_hot_encoding_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        if (row->classes != 0)
            case_number(test, "classes", (double)row->classes);
        if (row->on != 0) {
            case_number(test, "on", row->on);
            case_number(test, "off", row->off);
        }
        if (row->ignored != 0)
            case_number(test, "ignored", row->ignored);
        if (row->blank != 0)
            case_number(test, "blank", row->blank);
        if (row->outside)
            case_choice(test, "outside", row->outside);
        if (row->ties)
            case_choice(test, "ties", row->ties);
        fill_labels(test, row);
        fill_rows(test, row);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
