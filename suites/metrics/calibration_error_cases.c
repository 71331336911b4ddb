// SPDX-License-Identifier: MIT
#include "probability_cases.h"

static const struct row {
    struct case_head head;
    size_t N, K, block; /* K = 0: the list below */
    enum probabilities probabilities;
    const char *classes, *binning, *closed, *norm;
    int bins;
} rows[] = {
    {{"ten_bins", "bounded", "", "Ten bins by default, some of them empty.", 0},
     .N = 43,
     .K = 1,
     .block = 4},
    {{"five_bins", "bounded", "", "The same samples in five.", 0},
     .N = 43,
     .K = 1,
     .block = 4,
     .bins = 5},
    {{"one_bin", "bounded", "", "One bin: the mean against the share of events.", 0},
     .N = 23,
     .K = 1,
     .block = 4,
     .bins = 1},
    {{"l2", "bounded", "", "The root of the mean squared gap.", 0},
     .N = 43,
     .K = 1,
     .block = 4,
     .bins = 5,
     .norm = "l2"},
    {{"largest", "bounded", "", "The largest gap, of a bin of any size.", 0},
     .N = 43,
     .K = 1,
     .block = 4,
     .bins = 5,
     .norm = "max"},
    {{"at_edges_right", "exact", "", "Quarters, 0 and 1 in four bins that are closed on the right.",
      0},
     .N = 14,
     .K = 0,
     .block = 4,
     .bins = 4,
     .norm = "max"},
    {{"at_edges_left", "exact", "", "The same, closed on the left: other bins.", 0},
     .N = 14,
     .K = 0,
     .block = 4,
     .bins = 4,
     .norm = "max",
     .closed = "left"},
    {{"certain", "bounded", "", "0 and 1 alone, closed on the left.", 0},
     .N = 29,
     .K = 1,
     .block = 4,
     .bins = 2,
     .probabilities = CERTAIN,
     .closed = "left"},
    {{"many_blocks", "bounded", "", "31 blocks of 2: no mean of errors of blocks.", 0},
     .N = 61,
     .K = 1,
     .block = 2,
     .bins = 4},
    {{"quantile", "bounded", "", "Edges between the samples at the quantiles.", 0},
     .N = 42,
     .K = 1,
     .block = 4,
     .bins = 4,
     .binning = "quantile"},
    {{"quantile_at_samples", "bounded", "",
      "41 samples and 4 bins: edges are samples, which belong below.", 0},
     .N = 41,
     .K = 1,
     .block = 4,
     .bins = 4,
     .binning = "quantile"},
    {{"quantile_left", "bounded", "", "The same, and they belong above.", 0},
     .N = 41,
     .K = 1,
     .block = 4,
     .bins = 4,
     .binning = "quantile",
     .closed = "left"},
    {{"equal_count", "bounded", "", "43 samples in 5 bins: 9, 9, 9, 8 and 8.", 0},
     .N = 43,
     .K = 1,
     .block = 4,
     .bins = 5,
     .binning = "equal_count"},
    {{"more_bins_than_samples", "bounded", "", "Seven samples in ten bins of one or none.", 0},
     .N = 7,
     .K = 1,
     .block = 2,
     .binning = "equal_count"},
    {{"top_label", "bounded", "", "The largest of four probabilities.", 0},
     .N = 37,
     .K = 4,
     .block = 4,
     .bins = 6},
    {{"top_label_equal_count", "bounded", "", "The same in bins of equal size.", 0},
     .N = 37,
     .K = 4,
     .block = 4,
     .bins = 3,
     .binning = "equal_count",
     .norm = "l2"},
    {{"class_wise", "bounded", "", "The mean over three classes.", 0},
     .N = 31,
     .K = 3,
     .block = 4,
     .bins = 5,
     .classes = "class_wise"},
};

/* Two or four in each bin of four, wherever the edges belong. */
static const double at_edges[] = {0.5,   0.25, 0.875, 0,    0.375, 0.75, 0.625,
                                  0.625, 1,    0.75,  0.25, 0,     0.5,  0.375};

static const struct refusal refusals[] = {
    {"no_bins", "more_bins_than_samples", NUMBER_SET, "bins", 0, NULL, 0, "Nowhere to go."},
    {"bins_fraction", "five_bins", NUMBER_SET, "bins", 2.5, NULL, 0, "Half a bin."},
    {"above_one", "more_bins_than_samples", ELEMENT_SET, "probabilities", 1.5, NULL, 3,
     "No probability."},
    {"below_zero", "more_bins_than_samples", ELEMENT_SET, "probabilities", -0.5, NULL, 3,
     "No probability."},
    {"label_two", "more_bins_than_samples", ELEMENT_SET, "labels", 2, NULL, 3,
     "Labels are 0 and 1."},
    {"labels_short", "more_bins_than_samples", INPUT_SHORTER, "labels", 0, NULL, 0,
     "A probability without a label."},
    {"norm_unknown", "more_bins_than_samples", CHOICE_SET, "norm", 0, "l3", 0,
     "There is no such norm."},
};

void calibration_error_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        if (row->K > 0) {
            probability_fill(test, row->N, row->K, row->block, row->probabilities, UNWEIGHTED);
        } else {
            case_number(test, "block", (double)row->block);
            case_values(test, "probabilities", DIMS(row->N), at_edges);
            case_labels(test, "labels", row->N, 2);
        }
        if (row->bins > 0)
            case_number(test, "bins", row->bins);
        if (row->classes)
            case_choice(test, "classes", row->classes);
        if (row->binning)
            case_choice(test, "binning", row->binning);
        if (row->closed)
            case_choice(test, "closed", row->closed);
        if (row->norm)
            case_choice(test, "norm", row->norm);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
