// SPDX-License-Identifier: MIT
#include "victim_cases.h"

enum data { NEAR, FAR, EQUAL, CERTAIN };

static const struct row {
    struct case_head head;
    size_t N, K;
    enum data data;
    const char *states;
    double dloss; /* 0: not there */
} rows[] = {
    {{"forward", "bounded", "ADV-07 ADV-15",
      "The loss itself: opinions around the data that differ.", 0},
     7,
     4,
     NEAR,
     "beta=6 block=4",
     0},
    {{"upstream", "bounded", "ADV-15", "An upstream gradient of -1.5.", 0},
     5,
     3,
     NEAR,
     "beta=1.5 block=2",
     -1.5},
    {{"reverse", "bounded", "ADV-15", "The divergence the other way round.", 0},
     6,
     4,
     FAR,
     "beta=2 block=4 divergence=reverse",
     0.75},
    {{"elements", "bounded", "ADV-15", "The mean over the elements: the divergence counts a fifth.",
      0},
     6,
     5,
     NEAR,
     "beta=6 block=4 mean=elements",
     0},
    {{"sum", "bounded", "ADV-15", "The sum: the divergence grows with the batch.", 0},
     6,
     3,
     NEAR,
     "beta=0.5 block=4 mean=sum",
     0},
    {{"stopped", "bounded", "ADV-15", "The clean side is a constant to the divergence.", 0},
     6,
     4,
     NEAR,
     "beta=6 block=4 clean=stopped",
     0},
    {{"stopped_reverse", "bounded", "ADV-15", "The same, the other way round.", 0},
     4,
     3,
     FAR,
     "beta=3 block=2 clean=stopped divergence=reverse",
     2},
    {{"equal", "bounded", "ADV-15",
      "Two attacks that changed nothing: their divergence is 0, and cross-entropy is left.", 0},
     4,
     3,
     EQUAL,
     "beta=6 block=2",
     0},
    {{"certain", "bounded", "ADV-15",
      "Logits hundreds apart: probabilities underflow, logarithms do not.", 0},
     5,
     3,
     CERTAIN,
     "beta=1 block=2",
     0},
    {{"no_beta", "bounded", "ADV-15", "Beta 0 is training on the data alone.", 0},
     4,
     3,
     FAR,
     "beta=0 block=2",
     0},
    {{"many_blocks", "bounded", "ADV-15 DST-01 DST-02", "17 samples in blocks of 2.", 0},
     17,
     3,
     NEAR,
     "beta=6 block=2",
     0},
    {{"two_classes", "bounded", "ADV-15", "Two classes, far apart.", 0},
     5,
     2,
     FAR,
     "beta=4 block=2",
     0},
};

static const struct refusal refusals[] = {
    {"beta_negative", "no_beta", NUMBER_SET, "beta", -1, .why = "It would reward disagreement."},
    {"beta_missing", "no_beta", NUMBER_GONE, "beta", .why = "1 and 6 are both usual."},
    {"label_beyond", "no_beta", ELEMENT_SET, "labels", 3, .why = "There is no such class."},
    {"adversarial_short", "no_beta", INPUT_SHORTER, "z_adversarial", .why = "One is missing."},
    {"unknown_divergence", "no_beta", CHOICE_SET, "divergence", 0, "both", .why = "Not defined."},
    {"unknown_mean", "no_beta", CHOICE_SET, "mean", 0, "batch", .why = "Not defined."},
    {"unknown_clean", "no_beta", CHOICE_SET, "clean", 0, "kept", .why = "Not defined."},
};

static void fill(struct assay_case *test, const struct row *row)
{
    size_t N = row->N, K = row->K;
    double scale = row->data == CERTAIN ? 300 : 2, apart = row->data == NEAR ? 0.5 : scale;
    int label[32];
    case_uniform(test, "z", DIMS(N, K), -scale, scale);
    case_uniform(test, "z_adversarial", DIMS(N, K), -apart, apart);
    const double *z = case_input(test, "z");
    double *a = case_input(test, "z_adversarial");
    for (size_t i = 0; i < N * K; i++) {
        if (row->data == NEAR)
            a[i] = (double)(float)(z[i] + a[i]);
        if (row->data == EQUAL && i < 2 * K)
            a[i] = z[i];
    }
    for (size_t n = 0; n < N; n++)
        label[n] = (int)(n * 2 % K);
    case_integers(test, "labels", DIMS(N), label);
    if (row->dloss != 0)
        case_constant(test, "dloss", SCALAR, row->dloss);
}

void trades_loss_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = case_add(list, &rows[i].head);
        victim_state(test, rows[i].states);
        fill(test, &rows[i]);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
