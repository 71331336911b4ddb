// SPDX-License-Identifier: MIT
#include "../case_builder.h"

/* Where the scores come from: nearly normal; the same all negative; or one of the lists below. */
enum data { NORMAL, NEGATIVE, MAJORITY, TIED, TIED_ORDER };

/* N samples of C classes, in blocks of `block` samples. What is 0 or NULL is not stated. */
static const struct row {
    struct case_head head;
    size_t N, C, block;
    enum data data;
    double boost; /* added to the score of the label in two of three samples */
    size_t top;
    const char *ties;
} rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "MET-01", "Sizes that differ; neither all right nor all wrong.", 0},
     .N = 7, .C = 5, .block = 4, .boost = 2},
    {{"one_sample", "bounded", "MET-01", "A single sample, predicted rightly.", 0},
     .N = 1, .C = 3, .block = 4, .data = MAJORITY},
    {{"one_class", "exact", "MET-01", "With a single class nobody is wrong.", 0},
     .N = 4, .C = 1, .block = 2},
    {{"two_classes", "bounded", "MET-01 FND-18", "A binary classifier on 13 samples.", 0},
     .N = 13, .C = 2, .block = 2, .boost = 1},
    {{"square", "bounded", "MET-01",
      "As many samples as classes: the argmax of the other axis keeps the shape.", 0},
     .N = 6, .C = 6, .block = 2, .boost = 2},
    {{"majority", "bounded", "MET-01 IMB-10",
      "A classifier that always says class 0 is right in 19 of 20: 0.95 without any skill.", 0},
     .N = 20, .C = 3, .block = 4, .data = MAJORITY},
    {{"negative_scores", "bounded", "MET-01",
      "All scores negative, as log-probabilities are: a search that starts from 0 finds none.",
      0},
     .N = 11, .C = 4, .block = 2, .data = NEGATIVE, .boost = 2},
    {{"exact_quarters", "exact", "MET-01 DST-02",
      "64 samples: the division is exact in every precision.", 0},
     .N = 64, .C = 4, .block = 4, .boost = 1.5},
    {{"top_one_stated", "bounded", "MET-01", "The default stated.", 0},
     .N = 9, .C = 5, .block = 2, .boost = 1, .top = 1},
    {{"top_two", "bounded", "MET-01", "The label among the two largest scores.", 0},
     .N = 15, .C = 5, .block = 2, .boost = 0.5, .top = 2},
    {{"top_five", "bounded", "MET-01", "The top-5 accuracy of 20 classes, as of ImageNet.", 0},
     .N = 23, .C = 20, .block = 4, .boost = 0.5, .top = 5},
    {{"top_all", "exact", "MET-01",
      "As many as there are classes: all are right, whatever is predicted.", 0},
     .N = 9, .C = 3, .block = 2, .top = 3},
    {{"top_but_one", "bounded", "MET-01",
      "All but the lowest score: the cut is at the end of the ranking.", 0},
     .N = 17, .C = 3, .block = 2, .top = 2},
    {{"ties_unstated", "exact", "MET-01",
      "Equal scores without a stated rule: the first of them is predicted.", 0},
     .N = 8, .C = 4, .block = 2, .data = TIED},
    {{"ties_first", "exact", "MET-01", "The same with the first stated.", 0},
     .N = 8, .C = 4, .block = 2, .data = TIED, .ties = "first"},
    {{"ties_last", "exact", "MET-01", "The same with the last.", 0},
     .N = 8, .C = 4, .block = 2, .data = TIED, .ties = "last"},
    {{"ties_first_top_two", "exact", "MET-01",
      "Equal scores on both sides of the cut after two: the first of them is inside.", 0},
     .N = 8, .C = 4, .block = 2, .data = TIED_ORDER, .ties = "first", .top = 2},
    {{"ties_last_top_two", "exact", "MET-01", "The same, where the last of them is inside.", 0},
     .N = 8, .C = 4, .block = 2, .data = TIED_ORDER, .ties = "last", .top = 2},
    {{"uneven_blocks", "bounded", "MET-01 DST-02 DST-08",
      "67 samples in blocks of 8: the last block is short, so a mean of means is wrong.", 0},
     .N = 67, .C = 3, .block = 8, .boost = 1},
    {{"many_blocks", "bounded", "MET-01 DST-02",
      "16 blocks of 2 samples: more blocks than ranks, in every distribution over up to 8.", 0},
     .N = 31, .C = 4, .block = 2, .boost = 1},
    {{"wide", "bounded", "MET-01", "37 classes, which no vector width divides.", 0},
     .N = 9, .C = 37, .block = 2, .boost = 2},
    {{"digits_like", "bounded", "MET-01", "61 samples of 10 classes: a realistic head.", 0},
     .N = 61, .C = 10, .block = 8, .boost = 2},
    /* clang-format on */
};

/* Rows with their labels: the maximum at the label, before it, after it, three times, everywhere;
 * signed zeros are equal too. */
static const double tied[] = {1, 3,    3,  2,  3,   3, 1, 0, -1, 2,  -1, 2,  5, 5,    5, 5,
                              0, -0.0, -2, -1, 0.5, 4, 4, 4, -3, -3, -3, -4, 7, 0.25, 7, 1};
static const int tied_labels[] = {1, 1, 3, 0, 0, 2, 2, 2};
/* The second largest score several times. */
static const double tied_order[] = {2, 5, 2,    1,  4, 1, 4, 4,  -1, -1, 3,  -1, 6, 6,   6,   6,
                                    0, 1, -0.0, -5, 2, 2, 9, -8, -7, -7, -7, -6, 1, 0.5, 0.5, 0};
static const int tied_order_labels[] = {0, 3, 1, 2, 2, 1, 0, 2};

static int label_of(const struct row *row, size_t n)
{
    return row->N == 20 && n == 13 ? 2 : 0;
}

/* Raises the label's score in two samples of three, so that more are right than by chance. */
static void raise_labels(struct assay_case *test, const struct row *row)
{
    const double *label = case_input(test, "labels");
    double *score = case_input(test, "scores");
    for (size_t n = 0; n < row->N; n++) {
        double *s = &score[n * row->C + (size_t)label[n]];
        if (n % 3 != 1)
            *s = (float)(*s + row->boost);
    }
    for (size_t i = 0; row->data == NEGATIVE && i < row->N * row->C; i++)
        score[i] = (float)(score[i] - 10);
}

static void fill(struct assay_case *test, const struct row *row)
{
    struct dims dims = DIMS(row->N, row->C);
    if (row->data == TIED || row->data == TIED_ORDER) {
        int order = row->data == TIED_ORDER;
        case_values(test, "scores", dims, order ? tied_order : tied);
        case_integers(test, "labels", DIMS(row->N), order ? tied_order_labels : tied_labels);
        return;
    }
    case_normal(test, "scores", dims, 0, 1);
    case_labels(test, "labels", row->N, (int)row->C);
    if (row->data != MAJORITY) {
        raise_labels(test, row);
        return;
    }
    for (size_t n = 0; n < row->N; n++) {
        case_input(test, "scores")[n * row->C] = 8;
        case_input(test, "labels")[n] = label_of(row, n);
    }
}

static const struct refusal refusals[] = {
    /* clang-format off */
    {"label_too_large", "ordinary", ELEMENT_SET, "labels", 5, NULL, 0, "There are five classes."},
    {"label_negative", "ordinary", ELEMENT_SET, "labels", -1, NULL, 6, "There is no such class."},
    {"top_zero", "top_two", NUMBER_SET, "top", 0, NULL, 0, "Nobody would be right."},
    {"top_too_large", "top_two", NUMBER_SET, "top", 6, NULL, 0, "More than there are classes."},
    {"top_fraction", "top_two", NUMBER_SET, "top", 1.5, NULL, 0, "Classes are whole."},
    {"ties_unknown", "ties_first", CHOICE_SET, "ties", 0, "unheard_of", 0,
     "There is no such convention."},
    {"labels_short", "ordinary", INPUT_SHORTER, "labels", 0, NULL, 0, "A sample without a label."},
    {"labels_missing", "ordinary", INPUT_GONE, "labels", 0, NULL, 0, "Nothing to compare with."},
    {"no_classes", "one_class", INPUT_SHORTER, "scores", 0, NULL, 1, "Samples without scores."},
    /* clang-format on */
};

void accuracy_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        if (row->top > 0)
            case_number(test, "top", (double)row->top);
        if (row->ties)
            case_choice(test, "ties", row->ties);
        fill(test, row);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
