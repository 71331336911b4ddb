// SPDX-License-Identifier: MIT
#include "class_cases.h"

/* N samples of K classes. With `columns` scores in that many columns take the place of predictions.
 * What is 0 or NULL is not stated. */
static const struct row {
    struct case_head head;
    size_t N, K, block, columns;
    enum classes classes;
    enum weights weights;
    double threshold;
    const char *comparison, *ties, *orientation, *normalize;
    size_t subset; /* classes of the list below */
    int whole;     /* scores are whole numbers, with ties */
} rows[] = {
    {{"ordinary", "exact", "MET-11", "Three classes; the errors are not symmetric.", 0},
     .N = 23,
     .K = 3,
     .block = 4},
    {{"binary", "exact", "MET-11 IMB-09",
      "Two classes of different sizes: the four counts of class 1 are those of class 0, turned.",
      0},
     .N = 37,
     .K = 2,
     .block = 8,
     .classes = SKEWED},
    {{"two_per_block", "exact", "MET-11",
      "31 samples in blocks of 2: shards of every size are merged.", 0},
     .N = 31,
     .K = 4,
     .block = 2},
    {{"one_sample", "exact", "MET-11", "More ranks than samples.", 1}, .N = 1, .K = 2, .block = 4},
    {{"never_predicted", "exact", "MET-11", "A column of zeros keeps its place.", 0},
     .N = 19,
     .K = 4,
     .block = 4,
     .classes = NEVER_PREDICTED},
    {{"turned", "exact", "MET-11", "Predictions in the rows.", 0},
     .N = 23,
     .K = 3,
     .block = 4,
     .orientation = "predictions_in_rows"},
    {{"weights", "bounded", "MET-11", "Sums of weights in place of counts.", 0},
     .N = 29,
     .K = 3,
     .block = 4,
     .weights = UNIFORM},
    {{"weights_exact", "exact", "MET-11", "Weights that add up exactly, in every order.", 0},
     .N = 29,
     .K = 3,
     .block = 4,
     .weights = QUARTERS},
    {{"normalize_true", "bounded", "MET-11", "Every row adds up to 1.", 0},
     .N = 29,
     .K = 4,
     .block = 4,
     .normalize = "true"},
    {{"normalize_predicted", "bounded", "MET-11", "Every column adds up to 1.", 0},
     .N = 29,
     .K = 4,
     .block = 4,
     .normalize = "predicted"},
    {{"normalize_all", "bounded", "MET-11", "The whole matrix adds up to 1.", 0},
     .N = 29,
     .K = 4,
     .block = 4,
     .normalize = "all"},
    {{"normalize_empty_row", "bounded", "MET-11", "A class without labels: its row is 0, not 0/0.",
      0},
     .N = 22,
     .K = 3,
     .block = 4,
     .classes = NO_LABEL,
     .normalize = "true"},
    {{"normalize_empty_column", "bounded", "MET-11", "The same of a class never predicted.", 0},
     .N = 22,
     .K = 3,
     .block = 4,
     .classes = NEVER_PREDICTED,
     .normalize = "predicted"},
    {{"normalize_weights", "bounded", "MET-11", "Shares of weight, turned.", 0},
     .N = 26,
     .K = 3,
     .block = 4,
     .weights = UNIFORM,
     .normalize = "true",
     .orientation = "predictions_in_rows"},
    {{"subset", "exact", "MET-11",
      "Classes 3 and 0 alone, in this order; samples with any other are left out.", 0},
     .N = 31,
     .K = 4,
     .block = 4,
     .subset = 2},
    {{"subset_normalized", "bounded", "MET-11", "Shares among the samples of the subset.", 0},
     .N = 37,
     .K = 5,
     .block = 4,
     .subset = 3,
     .normalize = "all"},
    {{"threshold", "bounded", "MET-11 MET-18", "Predictions by a threshold of 0.4 on scores.", 0},
     .N = 26,
     .K = 2,
     .block = 4,
     .columns = 1,
     .threshold = 0.4f},
    {{"threshold_unstated", "bounded", "MET-11 MET-18", "The threshold is 1/2.", 0},
     .N = 26,
     .K = 2,
     .block = 4,
     .columns = 1},
    {{"at_threshold_above", "exact", "MET-11 MET-18", "A score at the threshold is negative.", 0},
     .N = 26,
     .K = 2,
     .block = 4,
     .columns = 1,
     .threshold = 2,
     .whole = 1},
    {{"at_threshold_at_least", "exact", "MET-11 MET-18", "A score at the threshold is positive.",
      0},
     .N = 26,
     .K = 2,
     .block = 4,
     .columns = 1,
     .threshold = 2,
     .comparison = "at_least",
     .whole = 1},
    {{"largest_score", "bounded", "MET-11", "Predictions by the largest of four scores.", 0},
     .N = 19,
     .K = 4,
     .block = 4,
     .columns = 4},
    {{"tied_scores_first", "exact", "MET-11", "Equal scores: the first class is predicted.", 0},
     .N = 19,
     .K = 3,
     .block = 4,
     .columns = 3,
     .whole = 1},
    {{"tied_scores_last", "exact", "MET-11", "Equal scores: the last class is predicted.", 0},
     .N = 19,
     .K = 3,
     .block = 4,
     .columns = 3,
     .whole = 1,
     .ties = "last"},
};

static const int subset[] = {3, 0, 1};

static void fill_scores(struct assay_case *test, const struct row *row)
{
    struct dims dims = row->columns == 1 ? DIMS(row->N) : DIMS(row->N, row->columns);
    case_number(test, "block", (double)row->block);
    case_number(test, "classes", (double)row->K);
    case_labels(test, "labels", row->N, (int)row->K);
    if (!row->whole) {
        case_uniform(test, "scores", dims, 0, 1);
        return;
    }
    case_dyadic(test, "scores", dims, 0, 4, 1);
}

static const struct refusal refusals[] = {
    {"label_too_large", "one_sample", ELEMENT_SET, "labels", 2, NULL, 0, "There are two classes."},
    {"predicted_negative", "one_sample", ELEMENT_SET, "predicted", -1, NULL, 0,
     "There is no such class."},
    {"no_samples", "one_sample", INPUT_SHORTER, "labels", 0, NULL, 0, "Nothing to count."},
    {"classes_missing", "one_sample", NUMBER_GONE, "classes", 0, NULL, 0,
     "The size of the matrix is not known."},
    {"normalize_unknown", "one_sample", CHOICE_SET, "normalize", 0, "rows", 0,
     "There is no such convention."},
    {"weight_negative", "weights_exact", ELEMENT_SET, "weight", -0.5, NULL, 7,
     "Weights are not negative."},
    {"subset_repeated", "subset", ELEMENT_SET, "subset", 3, NULL, 1, "A class twice."},
    {"subset_unknown", "subset", ELEMENT_SET, "subset", 4, NULL, 0, "There is no such class."},
    {"threshold_of_three_classes", "threshold_unstated", NUMBER_SET, "classes", 3, NULL, 0,
     "One score cannot choose among three."},
};

void confusion_matrix_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        if (row->columns > 0)
            fill_scores(test, row);
        else
            class_fill(test, row->N, row->K, row->block, row->classes, row->weights);
        if (row->subset > 0)
            case_integers(test, "subset", DIMS(row->subset), subset);
        if (row->threshold > 0)
            case_number(test, "threshold", row->threshold);
        if (row->comparison)
            case_choice(test, "comparison", row->comparison);
        if (row->ties)
            case_choice(test, "ties", row->ties);
        if (row->orientation)
            case_choice(test, "orientation", row->orientation);
        if (row->normalize)
            case_choice(test, "normalize", row->normalize);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
