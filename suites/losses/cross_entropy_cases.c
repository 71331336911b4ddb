// SPDX-License-Identifier: MIT
#include "../case_builder.h"

/* Where the logits come from: nearly normal; one row repeated; or one of the lists below. */
enum data { NORMAL, REPEATED, LARGE_100, LARGE_1000, GAPS_OF_1000, CONFIDENT };

/* N samples of C classes, in blocks of `block` samples. What is 0 or NULL is not stated. */
static const struct row {
    struct case_head head;
    size_t N, C, block;
    enum data data;
    double deviation; /* of nearly normal logits, 2 when not stated */
    const char *reduction, *normalizer, *smoothing;
    double label_smoothing, dloss;
    double weight; /* class weights are uniform in [0.25, 2] times this */
    size_t ignore; /* one of so many samples is ignored */
    size_t keep;   /* all samples from this one on are ignored */
} rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "LOS-05 LOS-06 FND-19 FND-30",
      "The plain mean, with sizes that differ so that the other axis cannot pass.", 0},
     .N = 7, .C = 5, .block = 4},
    {{"one_sample", "bounded", "LOS-06", "One sample: sum, mean and none are the same.", 0},
     .N = 1, .C = 3, .block = 4},
    {{"two_classes", "bounded", "LOS-04 LOS-07 FND-07 FND-18",
      "Two classes: the binary cross-entropy of the difference of the logits.", 0},
     .N = 5, .C = 2, .block = 2},
    {{"square", "bounded", "LOS-06",
      "As many samples as classes: a transposed axis keeps the shape, and still fails.", 0},
     .N = 6, .C = 6, .block = 2},
    {{"summed", "bounded", "LOS-06", "The sum over samples, with an upstream gradient of 0.75.", 0},
     .N = 9, .C = 4, .block = 2, .reduction = "sum", .dloss = 0.75},
    {{"each_sample", "bounded", "LOS-06",
      "No reduction: a loss for each sample, with an upstream gradient of its own.", 0},
     .N = 11, .C = 3, .block = 2, .reduction = "none", .dloss = 1},
    {{"negative_upstream", "bounded", "LOS-06 FND-22",
      "The loss enters another with the factor -2.5: the chain rule does not stop at the loss.", 0},
     .N = 7, .C = 4, .block = 2, .dloss = -2.5},
    {{"class_weights", "bounded", "LOS-14 IMB-01",
      "Unequal class weights, and a mean over the weights of the labels.", 0},
     .N = 13, .C = 4, .block = 4, .weight = 1},
    {{"class_weights_over_samples", "bounded", "LOS-14 IMB-01",
      "The same mean over the number of samples, as Keras has it.", 0},
     .N = 13, .C = 4, .block = 4, .weight = 1, .normalizer = "samples", .reduction = "mean"},
    {{"class_weights_summed", "bounded", "LOS-14 IMB-01",
      "Class weights with a sum: the normaliser must not be used.", 0},
     .N = 13, .C = 3, .block = 4, .weight = 1, .reduction = "sum"},
    {{"class_weights_each_sample", "bounded", "LOS-14 IMB-01 LOS-22",
      "Class weights and ignored samples without reduction.", 0},
     .N = 13, .C = 3, .block = 4, .weight = 1, .reduction = "none", .dloss = 1, .ignore = 4},
    {{"small_class_weights", "bounded", "LOS-14 IMB-01",
      "Weights of about 1e-3: an epsilon in the normaliser is no longer small.", 0},
     .N = 7, .C = 3, .block = 2, .weight = 1e-3, .normalizer = "weights"},
    {{"smoothing", "bounded", "LOS-05",
      "Label smoothing of 0.1 over all of three classes, where the two rules differ most.", 0},
     .N = 8, .C = 3, .block = 2, .label_smoothing = 0.1, .smoothing = "all_classes"},
    {{"smoothing_unstated", "bounded", "LOS-05",
      "The same without the rule stated: the default is all classes.", 0},
     .N = 9, .C = 5, .block = 2, .label_smoothing = 0.25},
    {{"smoothing_other_classes", "bounded", "LOS-05",
      "The mass of 0.1 goes to the two other classes only.", 0},
     .N = 8, .C = 3, .block = 2, .label_smoothing = 0.1, .smoothing = "other_classes"},
    {{"smoothing_two_classes", "bounded", "LOS-04 LOS-05",
      "Two classes and a mass of one half: everything goes to both, or all to the other.", 0},
     .N = 7, .C = 2, .block = 2, .label_smoothing = 0.5, .smoothing = "other_classes"},
    {{"smoothing_weighted", "bounded", "LOS-05 LOS-14",
      "Smoothing with class weights: each class's share is multiplied by its own weight.", 0},
     .N = 11, .C = 3, .block = 4, .label_smoothing = 0.1, .weight = 1},
    {{"smoothing_weighted_ignored", "bounded", "LOS-05 LOS-14 LOS-22",
      "Smoothing, weights and ignored samples at once, with an upstream gradient.", 0},
     .N = 14, .C = 4, .block = 4, .label_smoothing = 0.2, .weight = 1, .ignore = 3, .dloss = 1.5},
    {{"smoothing_others_weighted_ignored", "bounded", "LOS-05 LOS-14 LOS-22",
      "The same with the other rule and the other normaliser.", 0},
     .N = 14, .C = 4, .block = 4, .label_smoothing = 0.2, .weight = 1, .ignore = 3, .dloss = 1.5,
     .smoothing = "other_classes", .normalizer = "samples"},
    {{"smoothing_each_sample", "bounded", "LOS-05 LOS-22",
      "Smoothing and ignored samples without reduction: an ignored loss is exactly 0.", 0},
     .N = 10, .C = 4, .block = 2, .label_smoothing = 0.1, .ignore = 3, .reduction = "none",
     .dloss = 1},
    {{"ignored", "bounded", "LOS-22",
      "Every third sample is ignored: neither loss, gradient nor count may have it.", 0},
     .N = 13, .C = 4, .block = 2, .ignore = 3},
    {{"ignored_summed", "bounded", "LOS-22", "The same, summed.", 0},
     .N = 13, .C = 4, .block = 2, .ignore = 3, .reduction = "sum"},
    {{"ignored_but_one", "bounded", "LOS-22",
      "All samples but the first are ignored, so that most blocks have nothing to add.", 0},
     .N = 9, .C = 3, .block = 2, .keep = 1},
    {{"ignored_unevenly", "bounded", "LOS-22 DST-02",
      "Blocks with very different numbers of valid samples: a mean of means is wrong.", 0},
     .N = 24, .C = 3, .block = 4, .ignore = 7, .keep = 15},
    {{"uneven_blocks", "bounded", "LOS-06 DST-01 DST-02 DST-08",
      "67 samples in blocks of 8: the last block is short, so a mean of means is wrong.", 0},
     .N = 67, .C = 3, .block = 8},
    {{"many_blocks", "bounded", "LOS-06 LOS-14 DST-01 DST-02",
      "16 blocks of 2 samples with class weights: more blocks than ranks, of unequal weight.", 0},
     .N = 31, .C = 4, .block = 2, .weight = 1},
    {{"wide", "bounded", "LOS-06", "37 classes, which no vector width divides.", 0},
     .N = 5, .C = 37, .block = 2},
    {{"many_classes", "bounded", "LOS-06",
      "257 classes, smoothed: two long chains, and bounds that grow with them.", 0},
     .N = 3, .C = 257, .block = 1, .label_smoothing = 0.1, .deviation = 1},
    {{"digits_like", "bounded", "LOS-06 FND-19",
      "A head of realistic size: 64 samples of 10 classes.", 0},
     .N = 64, .C = 10, .block = 8},
    {{"nearly_level", "bounded", "LOS-06",
      "Logits of about 1e-3, as at the start of training: the loss is nearly log C.", 0},
     .N = 6, .C = 5, .block = 2, .deviation = 1e-3},
    {{"logits_of_100", "bounded", "LOS-06",
      "e^100 overflows in binary32: the maximum has to be taken out first.", 0},
     .N = 4, .C = 4, .block = 1, .data = LARGE_100},
    {{"logits_of_1000", "bounded", "LOS-06",
      "e^1000 overflows in binary64 too, and the gaps are still small.", 0},
     .N = 4, .C = 4, .block = 1, .data = LARGE_1000, .reduction = "none", .dloss = 1},
    {{"level_of_4096", "bounded", "LOS-06",
      "256 equal rows near 4096: rounding maximum + log sum together errs the same way each time, "
      "which no rounding of the logits does.", 0},
     .N = 256, .C = 3, .block = 32, .data = REPEATED, .reduction = "sum"},
    {{"gaps_of_1000", "bounded", "LOS-06 LOS-07 MET-06",
      "Confident and wrong by up to 1000: the probability underflows, the loss must not.", 0},
     .N = 4, .C = 4, .block = 1, .data = GAPS_OF_1000},
    {{"confident", "bounded", "LOS-06 MET-06",
      "Gaps of 10 to 40, right and wrong: losses near 0 and gradients with a tiny part.", 0},
     .N = 5, .C = 4, .block = 2, .data = CONFIDENT, .reduction = "none", .dloss = 1},
    /* clang-format on */
};

static const double large_100[] = {100,  99.5,   97,   101.25, -100, -99, -100.5, -102,
                                   60.5, 100.75, 99.5, 40,     0.5,  -1,  100,    99.25};
static const double large_1000[] = {1000,   998.5, 1001.25, 999, -1000, -1001, -999.5, -1002,
                                    1000.5, 999.5, 999,     1.5, 1002,  998,   1000,   1001.5};
static const double gaps_of_1000[] = {1000, 0, -1,   2,    -500, 500, 0.5, 0,
                                      1,    2, -1.5, 0.25, 3,    0,   995, -1000};
static const double confident[] = {12,    0.5, -1.25, 1.5,  -0.75, -20.5, 0.5, -30.25, -18, 1.5,
                                   -1.25, 20,  -15.5, 5.25, -30,   0.25,  0.5, 1.75,   1.5, -2.5};
/* Their labels, by row: right and wrong ones. */
static const int labels_of_large[] = {3, 2, 0, 3};
static const int labels_of_gaps[] = {1, 0, 2, 3};
static const int labels_of_confident[] = {0, 1, 3, 3, 2};
/* 4096 plus the log of the sum is 0.49 units above a number, in binary32 and in binary64. */
static const double repeated[] = {4096, 4094.67431640625, 4094.75830078125};

static void fill_logits(struct assay_case *test, const struct row *row)
{
    static const double *const lists[] = {NULL,       NULL,         large_100,
                                          large_1000, gaps_of_1000, confident};
    struct dims dims = DIMS(row->N, row->C);
    if (row->data == NORMAL) {
        case_normal(test, "z", dims, 0, row->deviation > 0 ? row->deviation : 2);
    } else if (row->data == REPEATED) {
        case_constant(test, "z", dims, 0);
        double *z = case_input(test, "z");
        for (size_t i = 0; i < row->N * row->C; i++)
            z[i] = repeated[i % row->C];
    } else {
        case_values(test, "z", dims, lists[row->data]);
    }
}

static void fill_labels(struct assay_case *test, const struct row *row)
{
    static const int *const lists[] = {
        NULL, NULL, labels_of_large, labels_of_large, labels_of_gaps, labels_of_confident};
    if (lists[row->data])
        case_integers(test, "labels", DIMS(row->N), lists[row->data]);
    else
        case_labels(test, "labels", row->N, (int)row->C);
    double *label = case_input(test, "labels");
    for (size_t n = 0; n < row->N; n++) {
        if ((row->ignore > 0 && n % row->ignore == row->ignore - 1) ||
            (row->keep > 0 && n >= row->keep))
            label[n] = -1;
    }
}

static void state_conventions(struct assay_case *test, const struct row *row)
{
    case_number(test, "block", (double)row->block);
    if (row->label_smoothing > 0)
        case_number(test, "label_smoothing", row->label_smoothing);
    if (row->reduction)
        case_choice(test, "reduction", row->reduction);
    if (row->normalizer)
        case_choice(test, "normalizer", row->normalizer);
    if (row->smoothing)
        case_choice(test, "smoothing", row->smoothing);
}

static const struct refusal refusals[] = {
    /* clang-format off */
    {"label_too_large", "ordinary", ELEMENT_SET, "labels", 5, NULL, 2, "There are five classes."},
    {"label_below", "ordinary", ELEMENT_SET, "labels", -2, NULL, 6, "Only -1 means ignored."},
    {"all_ignored", "ignored_but_one", ELEMENT_SET, "labels", -1, NULL, 0,
     "Every sample is ignored: the mean is 0 / 0."},
    {"smoothing_one", "smoothing", NUMBER_SET, "label_smoothing", 1, NULL, 0,
     "Labels would be forgotten."},
    {"smoothing_negative", "smoothing", NUMBER_SET, "label_smoothing", -0.1, NULL, 0,
     "Targets above 1."},
    {"class_weight_negative", "class_weights", ELEMENT_SET, "class_weight", -0.5, NULL, 1,
     "A class to be unlearnt."},
    {"class_weight_short", "class_weights", INPUT_SHORTER, "class_weight", 0, NULL, 0,
     "A class without its weight."},
    {"upstream_missing", "each_sample", INPUT_GONE, "dloss", 0, NULL, 0,
     "Without reduction every loss needs its own."},
    {"labels_short", "ordinary", INPUT_SHORTER, "labels", 0, NULL, 0, "A sample without a label."},
    {"reduction_unknown", "summed", CHOICE_SET, "reduction", 0, "unheard_of", 0,
     "There is no such convention."},
    {"normalizer_unknown", "class_weights_over_samples", CHOICE_SET, "normalizer", 0, "unheard_of",
     0,
     "There is no such convention."},
    {"smoothing_rule_unknown", "smoothing", CHOICE_SET, "smoothing", 0, "unheard_of", 0,
     "There is no such convention."},
    /* clang-format on */
};

void cross_entropy_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        state_conventions(test, row);
        fill_logits(test, row);
        fill_labels(test, row);
        if (row->weight > 0)
            case_uniform(test, "class_weight", DIMS(row->C), 0.25 * row->weight, 2 * row->weight);
        if (row->reduction && row->reduction[0] == 'n')
            case_signed(test, "dloss", DIMS(row->N), 0.5, 1.5);
        else if (row->dloss < 0 || row->dloss > 0)
            case_constant(test, "dloss", SCALAR, row->dloss);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
