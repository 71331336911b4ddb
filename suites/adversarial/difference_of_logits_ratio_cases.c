// SPDX-License-Identifier: MIT
#include "victim_cases.h"

enum data { RANDOM, RIGHT, SCALED, SHIFTED, WHOLE };

static const struct row {
    struct case_head head;
    size_t N, K;
    enum data data;
    int target, upstream;
    const char *states;
} rows[] = {
    {{"five_classes", "bounded", "ADV-03",
      "Right and wrong predictions, with an upstream gradient.", 0},
     7,
     5,
     RANDOM,
     0,
     1,
     NULL},
    {{"three_classes", "bounded", "ADV-03", "Three classes: the third is the last.", 0},
     6,
     3,
     RANDOM,
     0,
     0,
     NULL},
    {{"target", "bounded", "ADV-03", "Towards a target: the mean of third and fourth below.", 0},
     7,
     6,
     RANDOM,
     1,
     1,
     NULL},
    {{"target_of_four", "bounded", "ADV-03", "Four classes: target and label are among the ranked.",
      0},
     6,
     4,
     RANDOM,
     1,
     0,
     NULL},
    {{"all_right", "bounded", "ADV-03",
      "All predictions are right: the largest logit is in both parts.", 0},
     5,
     4,
     RIGHT,
     0,
     1,
     NULL},
    {{"certain", "bounded", "ADV-03",
      "Logits of thousands: cross-entropy has no gradient, this has.", 0},
     5,
     4,
     SCALED,
     0,
     0,
     NULL},
    {{"shifted", "bounded", "ADV-03", "All logits near 100: only differences count.", 0},
     4,
     4,
     SHIFTED,
     0,
     0,
     NULL},
    {{"large_tiny", "bounded", "ADV-03", "A floor that counts beside the differences.", 0},
     5,
     4,
     RANDOM,
     0,
     1,
     "tiny=0.5"},
    {{"equal_logits", "exact", "ADV-03",
      "Labelled: equal logits are ordered by class; all numbers whole.", 0},
     3,
     4,
     WHOLE,
     0,
     0,
     "tiny=0"},
    {{"many_blocks", "bounded", "ADV-03 DST-01", "19 samples in blocks of 4.", 0},
     19,
     3,
     RANDOM,
     0,
     0,
     "block=4"},
};

static const struct refusal refusals[] = {
    {"two_classes", "three_classes", INPUT_SHORTER, "z", .element = 1,
     .why = "There is no third logit."},
    {"target_is_label", "target_of_four", ELEMENT_SET, "target", 0, .element = 0,
     .why = "The loss would be 0 everywhere."},
    {"label_beyond", "three_classes", ELEMENT_SET, "labels", 3, .why = "No such class."},
    {"tiny_negative", "three_classes", NUMBER_SET, "tiny", -1, .why = "It is a floor."},
    {"labels_missing", "three_classes", INPUT_GONE, "labels", .why = "Whose loss?"},
};

static void fill(struct assay_case *test, const struct row *row)
{
    static const double whole[] = {3, 1, 1, 1, 2, 4, 4, 0, 5, 5, 1, 1};
    size_t N = row->N, K = row->K;
    int label[32], target[32];
    if (row->data == WHOLE)
        case_values(test, "z", DIMS(N, K), whole);
    else
        case_uniform(test, "z", DIMS(N, K), row->data == SHIFTED ? 98 : -3,
                     row->data == SHIFTED ? 102 : 3);
    double *z = case_input(test, "z");
    for (size_t n = 0; n < N; n++) {
        label[n] = (int)(n % K);
        target[n] = (int)((n + 1 + n / K) % K);
        if (row->data == RIGHT)
            z[n * K + (size_t)label[n]] = (double)(float)(z[n * K + (size_t)label[n]] + 8);
        for (size_t k = 0; k < K && row->data == SCALED; k++)
            z[n * K + k] *= 1024;
    }
    case_integers(test, "labels", DIMS(N), label);
    if (row->target)
        case_integers(test, "target", DIMS(N), target);
    if (row->upstream)
        case_uniform(test, "dloss", DIMS(N), -2, 2);
}

void difference_of_logits_ratio_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = case_add(list, &rows[i].head);
        victim_state(test, rows[i].states);
        fill(test, &rows[i]);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
