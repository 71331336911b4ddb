// SPDX-License-Identifier: MIT
#include "probability_cases.h"

#include <stdlib.h>

enum targets { LABELS, ONE_HOT, SOFT };

static const struct row {
    struct case_head head;
    size_t N, K, block;
    enum probabilities probabilities;
    enum weights weights;
    enum targets targets;
    const char *clip, *rows, *reduction;
    double epsilon, least;
} rows[] = {
    {{"binary", "bounded", "MET-06", "Probabilities of one event.", 0},
     .N = 23,
     .K = 1,
     .block = 4},
    {{"classes", "bounded", "MET-06", "Four classes: only the label's probability counts.", 0},
     .N = 19,
     .K = 4,
     .block = 4},
    {{"one_hot", "bounded", "MET-06", "The same question in one-hot targets.", 0},
     .N = 13,
     .K = 3,
     .block = 4,
     .targets = ONE_HOT},
    {{"soft_targets", "bounded", "MET-06", "Targets between 0 and 1.", 0},
     .N = 13,
     .K = 3,
     .block = 4,
     .targets = SOFT},
    {{"many_blocks", "bounded", "MET-06", "31 blocks of 2.", 0}, .N = 61, .K = 1, .block = 2},
    {{"weights", "bounded", "MET-06", "Divided by the sum of the weights, not by N.", 0},
     .N = 23,
     .K = 1,
     .block = 4,
     .weights = UNIFORM},
    {{"weights_classes", "bounded", "MET-06", "Weights, with rows.", 0},
     .N = 17,
     .K = 3,
     .block = 4,
     .weights = QUARTERS},
    {{"sum", "bounded", "MET-06", "The sum, not the mean.", 0},
     .N = 23,
     .K = 1,
     .block = 4,
     .reduction = "sum"},
    {{"sum_of_weights", "bounded", "MET-06", "The weighted sum.", 0},
     .N = 17,
     .K = 3,
     .block = 4,
     .reduction = "sum",
     .weights = UNIFORM},
    {{"confident_errors", "bounded", "MET-06", "Probabilities of 2^-30 and 1 - 2^-20, unclipped.",
      0},
     .N = 23,
     .K = 1,
     .block = 4,
     .probabilities = EXTREME},
    {{"clip_both", "bounded", "MET-06", "The same clipped to [1e-3, 1 - 1e-3].", 0},
     .N = 23,
     .K = 1,
     .block = 4,
     .probabilities = EXTREME,
     .clip = "both",
     .epsilon = 1e-3f},
    {{"clip_below", "bounded", "MET-06", "Clipped at 1e-3 from below only.", 0},
     .N = 23,
     .K = 1,
     .block = 4,
     .probabilities = EXTREME,
     .clip = "below",
     .epsilon = 1e-3f},
    {{"certain_tiny_epsilon", "bounded", "MET-06",
      "0 and 1, some wrong, with an epsilon of 1e-15: a wrong one costs 34.5.", 0},
     .N = 16,
     .K = 1,
     .block = 4,
     .probabilities = CERTAIN,
     .clip = "both",
     .epsilon = 1e-15f},
    {{"certain_single_epsilon", "bounded", "MET-06",
      "The machine epsilon of binary32: a wrong one costs 15.9.", 0},
     .N = 16,
     .K = 1,
     .block = 4,
     .probabilities = CERTAIN,
     .clip = "both",
     .epsilon = 0x1p-23},
    {{"certain_logarithm", "exact", "MET-06", "Logarithms end at -100.", 0},
     .N = 16,
     .K = 1,
     .block = 4,
     .probabilities = CERTAIN,
     .clip = "logarithm"},
    {{"certain_logarithm_stated", "exact", "MET-06", "Logarithms end at -40.", 0},
     .N = 16,
     .K = 1,
     .block = 4,
     .probabilities = CERTAIN,
     .clip = "logarithm",
     .least = -40},
    {{"unnormalized", "bounded", "MET-06", "Rows that do not add up to 1, as they are.", 0},
     .N = 17,
     .K = 3,
     .block = 4,
     .probabilities = UNNORMALIZED},
    {{"normalized", "bounded", "MET-06", "The same divided by their sums, then clipped.", 0},
     .N = 17,
     .K = 3,
     .block = 4,
     .probabilities = UNNORMALIZED,
     .rows = "normalized_then_clipped",
     .clip = "both",
     .epsilon = 0.25},
    {{"clipped_normalized", "bounded", "MET-06", "The same clipped, then divided.", 0},
     .N = 17,
     .K = 3,
     .block = 4,
     .probabilities = UNNORMALIZED,
     .rows = "clipped_then_normalized",
     .clip = "both",
     .epsilon = 0.25},
};

/* Targets (N,K) in place of the labels. */
static void set_targets(struct assay_case *test, const struct row *row)
{
    if (row->targets == ONE_HOT)
        case_dyadic(test, "targets", DIMS(row->N, row->K), 0, 0, 1);
    else
        case_uniform(test, "targets", DIMS(row->N, row->K), 0.0625, 0.25);
    struct request *request = &test->request;
    double *target = case_input(test, "targets"), *label = case_input(test, "labels");
    for (size_t n = 0; n < row->N; n++)
        target[n * row->K + (size_t)label[n]] = row->targets == ONE_HOT ? 1 : 0.625;
    for (size_t i = 0; i + 1 < request->inputs; i++) { /* the labels are the first but one input */
        if (request->input[i].value != label)
            continue;
        free(label);
        request->input[i] = request->input[--request->inputs];
        break;
    }
}

static const struct refusal refusals[] = {
    {"above_one", "certain_logarithm", ELEMENT_SET, "probabilities", 2, NULL, 3, "No probability."},
    {"below_zero", "certain_logarithm", ELEMENT_SET, "probabilities", -1, NULL, 3,
     "It has no logarithm, and clipping would hide it."},
    {"label_two", "certain_logarithm", ELEMENT_SET, "labels", 2, NULL, 3, "Labels are 0 and 1."},
    {"labels_short", "certain_logarithm", INPUT_SHORTER, "labels", 0, NULL, 0,
     "A probability without a label."},
    {"epsilon_zero", "certain_single_epsilon", NUMBER_SET, "epsilon", 0, NULL, 0,
     "It clips nothing."},
    {"epsilon_half", "certain_single_epsilon", NUMBER_SET, "epsilon", 0.5, NULL, 0,
     "Everything would be 1/2."},
    {"epsilon_missing", "certain_single_epsilon", NUMBER_GONE, "epsilon", 0, NULL, 0,
     "Where to clip is not known."},
    {"clip_unknown", "certain_logarithm", CHOICE_SET, "clip", 0, "auto", 0,
     "There is no such convention."},
    {"weight_negative", "weights", ELEMENT_SET, "weight", -1, NULL, 2, "Weights are not negative."},
};

void log_loss_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        probability_fill(test, row->N, row->K, row->block, row->probabilities, row->weights);
        if (row->targets != LABELS)
            set_targets(test, row);
        if (row->clip)
            case_choice(test, "clip", row->clip);
        if (row->rows)
            case_choice(test, "rows", row->rows);
        if (row->reduction)
            case_choice(test, "reduction", row->reduction);
        if (row->epsilon > 0)
            case_number(test, "epsilon", row->epsilon);
        if (row->least < 0)
            case_number(test, "least", row->least);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
