// SPDX-License-Identifier: MIT
#include "../activations/elementwise_cases.h"

/* Reference samples lie around a corner for each class, inputs likewise but for the last one, which
 * lies far out. */
static const struct row {
    struct case_head head;
    struct {
        size_t N, M, D, K, block;
        double spread, corner;
    } is;
    const char *settings;
    int forward_only;
} rows[] = {
    {{"ordinary", "bounded", "ADV-17",
      "Three classes of reference samples with one covariance; the last input lies far out.", 0},
     {5, 13, 3, 3, 4, 1, 2},
     "threshold=9",
     0},
    {{"divisor_classes", "bounded", "ADV-17", "The pooled unbiased covariance.", 0},
     {4, 9, 3, 2, 2, 1, 2},
     "threshold=9 divisor=classes",
     0},
    {{"ridge", "bounded", "ADV-17",
      "Fewer samples than features: only the ridge makes the covariance positive.", 0},
     {4, 4, 4, 2, 3, 1, 2},
     "threshold=9 ridge=0.25",
     0},
    {{"one_class", "bounded", "ADV-17", "One class, two features: the textbook's distance.", 0},
     {4, 7, 2, 1, 2, 2, 1},
     "threshold=4",
     0},
    {{"single_feature", "bounded", "ADV-17", "One feature: the square over the variance.", 0},
     {5, 8, 1, 2, 3, 1, 2},
     "threshold=4",
     0},
    {{"wide", "bounded", "ADV-17", "Six features of 17 samples.", 0},
     {3, 17, 6, 2, 5, 1, 2},
     "threshold=20",
     1},
    {{"density", "bounded", "ADV-17",
      "The density of the predicted class, as the negative of its logarithm.", 0},
     {5, 11, 3, 3, 2, 1, 2},
     "method=kernel_density sigma=1.5 threshold=3",
     0},
    {{"density_halved", "bounded", "ADV-17", "A kernel of twice the variance.", 0},
     {4, 9, 2, 2, 1, 1, 2},
     "method=kernel_density sigma=0.75 kernel=halved threshold=3",
     0},
    {{"density_narrow", "bounded", "ADV-17",
      "A kernel so narrow that densities are below the smallest binary64 number.", 0},
     {4, 8, 3, 2, 3, 1, 2},
     "method=kernel_density sigma=0.03125 threshold=2000",
     0},
    {{"density_forward", "bounded", "ADV-17", "Without an upstream gradient.", 0},
     {3, 5, 2, 2, 2, 1, 2},
     "method=kernel_density sigma=1 threshold=2",
     1},
};

static const struct refusal refusals[] = {
    {"ridge_negative", "one_class", NUMBER_SET, "ridge", -1, NULL, 0,
     "The covariance would be made smaller."},
    {"sigma_zero", "density_forward", NUMBER_SET, "sigma", 0, NULL, 0,
     "Distances are divided by it."},
    {"threshold_missing", "density_forward", NUMBER_GONE, "threshold", 0, NULL, 0,
     "There is no usual threshold."},
    {"predicted_missing", "density_forward", INPUT_GONE, "predicted", 0, NULL, 0,
     "The density of which class?"},
    {"label_too_large", "density_forward", ELEMENT_SET, "labels", 2, NULL, 0,
     "There is no such class."},
    {"references_missing", "density_forward", INPUT_GONE, "r", 0, NULL, 0, "Distance from what?"},
    {"unknown_method", "density_forward", CHOICE_SET, "method", 0, "lid", 0, "Not defined here."},
};

static void fill(struct assay_case *test, const struct row *row)
{
    size_t N = row->is.N, M = row->is.M, D = row->is.D, K = row->is.K;
    int labels[64];
    case_normal(test, "f", DIMS(N, D), 0, row->is.spread);
    case_normal(test, "r", DIMS(M, D), 0, row->is.spread);
    double *f = case_input(test, "f");
    for (size_t i = 0; i < N * D; i++)
        f[i] = (float)(f[i] + (i / D + 1 == N ? 4 : 1) * row->is.corner *
                                  ((i / D % K + i % D) % 2 == 0 ? 1 : -1));
    double *r = case_input(test, "r");
    for (size_t i = 0; i < M * D; i++)
        r[i] = (float)(r[i] + row->is.corner * ((i / D % K + i % D) % 2 == 0 ? 1 : -1) *
                                  (i / D % K == 2 ? 2 : 1));
    for (size_t m = 0; m < M; m++)
        labels[m] = (int)(m % K);
    case_integers(test, "labels", DIMS(M), labels);
    if (strstr(row->settings, "kernel_density") != NULL)
        case_integers(test, "predicted", DIMS(N), labels);
    if (!row->forward_only)
        case_signed(test, "dscore", DIMS(N), 0.5, 2);
}

void adversarial_detection_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = case_add(list, &rows[i].head);
        case_number(test, "block", (double)rows[i].is.block);
        case_number(test, "classes", (double)rows[i].is.K);
        elementwise_settings(test, rows[i].settings);
        fill(test, &rows[i]);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
