// SPDX-License-Identifier: MIT
#include "../activations/elementwise_cases.h"

/* Logits are nearly normal; with `equal` half of the models is sure of one class, half of
 * another. */

static const struct row {
    struct case_head head;
    struct {
        size_t M, N, K;
        double spread, shift;
    };
    const char *settings;
    struct {
        int no_dp, no_dscore, equal;
    };
} rows[] = {
    {{"ordinary", "bounded", "ADV-17",
      "Three models: mean probabilities and the information between model and class.", 0},
     {3, 5, 4, 2, 0},
     "threshold=0.25",
     {0, 0, 0}},
    {{"logits", "bounded", "ADV-17", "Mean logits: the geometric mean of the probabilities.", 0},
     {3, 4, 3, 2, 0},
     "combine=logits threshold=0.125",
     {0, 0, 0}},
    {{"vote", "bounded", "ADV-17",
      "Five models vote; shares are fifths, and only the score has a gradient.", 0},
     {5, 4, 3, 2, 0},
     "combine=vote threshold=0.125",
     {0, 0, 0}},
    {{"variance", "bounded", "ADV-17",
      "The variance of the probabilities, divided by the number of models.", 0},
     {4, 4, 3, 2, 0},
     "score=variance threshold=0.0625",
     {0, 0, 0}},
    {{"pairwise", "bounded", "ADV-17", "The mean divergence of all ordered pairs of four models.",
      0},
     {4, 3, 3, 1, 0},
     "score=pairwise threshold=1",
     {0, 0, 0}},
    {{"pairwise_logits", "bounded", "ADV-17", "Pairs, with mean logits.", 0},
     {3, 3, 4, 1, 0},
     "score=pairwise combine=logits threshold=1",
     {0, 0, 0}},
    {{"vote_entropy", "bounded", "ADV-17",
      "The entropy of five votes; classes without votes count 0.", 0},
     {5, 5, 3, 2, 0},
     "score=vote_entropy threshold=0.75",
     {0, 0, 0}},
    {{"variance_votes", "bounded", "ADV-17", "Votes decide, variance detects.", 0},
     {2, 3, 5, 2, 0},
     "score=variance combine=vote threshold=0.03125",
     {0, 0, 0}},
    {{"far_logits", "bounded", "ADV-17",
      "Logits near 2000 with gaps of 30: logarithms of probabilities, never of 0.", 0},
     {3, 3, 3, 30, 2000},
     "threshold=0.5",
     {0, 0, 0}},
    {{"one_model", "bounded", "ADV-17", "One model agrees with itself.", 0},
     {1, 3, 4, 2, 0},
     "score=variance threshold=0.5",
     {0, 1, 0}},
    {{"two_classes", "bounded", "ADV-17", "Only the score's gradient is asked for.", 0},
     {3, 4, 2, 2, 0},
     "threshold=0.25",
     {1, 0, 0}},
    {{"nothing_asked", "bounded", "ADV-17", "Without upstream gradients.", 0},
     {3, 2, 3, 2, 0},
     "threshold=0.25",
     {1, 1, 0}},
    {{"ties_first", "bounded", "ADV-17",
      "Four models, two votes each for two classes: the first of them.", 0},
     {4, 3, 3, 0.25, 0},
     "combine=vote score=variance threshold=0.03125",
     {1, 1, 1}},
    {{"ties_last", "bounded", "ADV-17", "The same: the last of them.", 0},
     {4, 3, 3, 0.25, 0},
     "combine=vote score=variance threshold=0.03125 ties=last",
     {1, 1, 1}},
};

static const struct refusal refusals[] = {
    {"threshold_negative", "nothing_asked", NUMBER_SET, "threshold", -1, NULL, 0,
     "Scores are not negative."},
    {"logits_missing", "nothing_asked", INPUT_GONE, "z", 0, NULL, 0, "Nobody has said anything."},
    {"upstream_short", "two_classes", INPUT_SHORTER, "dscore", 0, NULL, 0,
     "A sample has no upstream gradient."},
    {"unknown_combine", "nothing_asked", CHOICE_SET, "combine", 0, "product", 0,
     "Not defined here."},
    {"unknown_score", "nothing_asked", CHOICE_SET, "score", 0, "entropy", 0, "Not defined here."},
};

static void fill(struct assay_case *test, const struct row *row)
{
    size_t M = row->M, N = row->N, K = row->K;
    case_normal(test, "z", DIMS(M, N, K), row->shift, row->spread);
    double *z = case_input(test, "z");
    for (size_t i = 0; row->equal && i < M * N * K; i++) {
        size_t m = i / K / N, n = i / K % N, k = i % K;
        z[i] = (float)(z[i] + (k == (m % 2 + n) % K ? 8 : 0));
    }
    if (!row->no_dp)
        case_signed(test, "dp", DIMS(N, K), 0.5, 2);
    if (!row->no_dscore)
        case_signed(test, "dscore", DIMS(N), 0.5, 2);
}

void ensemble_defense_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = case_add(list, &rows[i].head);
        elementwise_settings(test, rows[i].settings);
        fill(test, &rows[i]);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
