// SPDX-License-Identifier: MIT
#include "../case_builder.h"

/* Predictions = truth + shift + a spread of their own; truth around `level`. T = 0: no
 * observations. */
static const struct row {
    struct case_head head;
    size_t R, N, T, block;
    double shift, spread, level;
    const char *variance, *bias;
    int dyadic;
} rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "FND-39", "Seven refits at five points with observations.", 0},
     7, 5, 3, 2, 0.5, 1, 1, NULL, NULL, 0},
    {{"without_observations", "bounded", "FND-39", "No observations: the noise is 0.", 0},
     7, 5, 0, 2, 0.5, 1, 1, NULL, NULL, 0},
    {{"sample_variance", "bounded", "FND-39",
      "The unbiased variance of four refits: 4/3 of the other, and the identity is off.", 0},
     4, 6, 2, 2, 0.5, 1, 1, "sample", NULL, 0},
    {{"population_stated", "bounded", "FND-39", "The defaults stated.", 0},
     4, 6, 2, 2, 0.5, 1, 1, "population", "plain", 0},
    {{"corrected_bias", "bounded", "FND-39",
      "The bias less what the mean of five refits varies by itself.", 0},
     5, 6, 2, 4, 0.75, 1, 0, NULL, "corrected", 0},
    {{"corrected_bias_sample", "bounded", "FND-39", "Both unbiased.", 0},
     5, 6, 2, 4, 0.75, 1, 0, "sample", "corrected", 0},
    {{"underfitted", "bounded", "FND-39 FND-40",
      "A stiff model: hardly any variance, nearly all of the error is bias.", 0},
     6, 8, 2, 2, 2, 0.03125, 1, NULL, NULL, 0},
    {{"overfitted", "bounded", "FND-39 FND-40",
      "A flexible model: hardly any bias, nearly all of the error is variance.", 0},
     12, 8, 2, 2, 0.015625, 1.5, 1, NULL, NULL, 0},
    {{"large_level", "bounded", "FND-39",
      "Predictions around 1000 with a spread of 1/8: the mean of squares loses the variance.", 0},
     6, 5, 2, 2, 0.25, 0.125, 1000, NULL, NULL, 0},
    {{"one_refit", "bounded", "FND-39", "One refit: its variance is 0, its error is the bias.", 0},
     1, 4, 1, 2, 0.5, 1, 1, NULL, NULL, 0},
    {{"one_point", "bounded", "FND-39", "Eight refits at a single point.", 0},
     8, 1, 4, 4, 0.5, 1, 1, NULL, NULL, 0},
    {{"square", "bounded", "FND-39",
      "As many refits as points: variance over points instead of refits keeps the shape.", 0},
     6, 6, 6, 2, 0.5, 1, 1, NULL, NULL, 0},
    {{"exact_quarters", "exact", "FND-39",
      "Four refits of whole numbers at four points: every division is exact.", 0},
     4, 4, 4, 1, 1, 1, 0, NULL, NULL, 1},
    {{"fifty_refits", "bounded", "FND-39", "Fifty refits, as in a Monte-Carlo study.", 0},
     50, 9, 2, 2, 0.25, 1, 1, NULL, NULL, 0},
    {{"uneven_blocks", "bounded", "FND-39 DST-02 DST-08",
      "61 points in blocks of 4: the last block is short, so a mean of means is wrong.", 0},
     5, 61, 2, 4, 0.5, 1, 1, NULL, NULL, 0},
    /* clang-format on */
};

/* Different points have different biases and spreads. */
static void fill(struct assay_case *test, const struct row *row)
{
    size_t N = row->N;
    case_normal(test, "truth", DIMS(N), row->level, 1);
    case_normal(test, "predictions", DIMS(row->R, N), row->shift, row->spread);
    if (row->T > 0)
        case_normal(test, "observed", DIMS(row->T, N), 0, 0.5);
    const double *truth = case_input(test, "truth");
    double *p = case_input(test, "predictions"), *y = row->T ? case_input(test, "observed") : NULL;
    for (size_t i = 0; i < row->R * N; i++)
        p[i] = (float)(p[i] * (i % N % 3 == 1 ? -0.5 : 1) + truth[i % N]);
    for (size_t i = 0; i < row->T * N; i++)
        y[i] = (float)(y[i] + truth[i % N]);
}

static const struct refusal impossible[] = {
    /* clang-format off */
    {"one_refit_sampled", "one_refit", CHOICE_SET, "variance", 0, "sample", 0,
     "The unbiased variance of one refit is 0 / 0."},
    {"variance_unknown", "sample_variance", CHOICE_SET, "variance", 0, "robust", 0,
     "A factor of R / (R - 1) hangs on it."},
    {"bias_unknown", "corrected_bias", CHOICE_SET, "bias", 0, "absolute", 0,
     "The correction hangs on it."},
    {"truth_missing", "ordinary", INPUT_GONE, "truth", 0, NULL, 0,
     "Without the truth all error is variance."},
    {"truth_short", "ordinary", INPUT_SHORTER, "truth", 0, NULL, 0,
     "The last point has no truth."},
    {"observations_short", "ordinary", INPUT_SHORTER, "observed", 0, NULL, 1,
     "Observations of fewer points: read on, they belong to others."},
    /* clang-format on */
};

void bias_variance_decomposition_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        if (row->variance)
            case_choice(test, "variance", row->variance);
        if (row->bias)
            case_choice(test, "bias", row->bias);
        if (row->dyadic) {
            case_dyadic(test, "truth", DIMS(row->N), -3, 3, 1);
            case_dyadic(test, "predictions", DIMS(row->R, row->N), -4, 4, 1);
            case_dyadic(test, "observed", DIMS(row->T, row->N), -4, 4, 1);
        } else {
            fill(test, row);
        }
    }
    case_refusals(list, impossible, sizeof impossible / sizeof *impossible);
}
