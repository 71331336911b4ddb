// SPDX-License-Identifier: MIT
#include "../case_builder.h"

/* Features are nearly normal around `mean` with this deviation; targets are a line of them with
 * coefficients of about 1, plus noise of the size `noise`. DYADIC: whole features and targets. */
static const struct row {
    struct case_head head;
    size_t N, D, E, block;
    double rate; /* 0: not stated */
    const char *update, *gradient;
    double deviation, noise;
    double mean;
    int start, dyadic;
} rows[] = {
    /* clang-format off */
    {{"ordinary", "trajectory", "FND-09 OPT-03",
      "Sample after sample at the usual rate: each step depends on all before it.", 0},
     15, 3, 4, 4, 0.05, NULL, NULL, 1, 0.5, .mean = 0},
    {{"rate_not_stated", "trajectory", "FND-09", "The default rate is 0.01.", 0},
     9, 2, 3, 2, 0, NULL, NULL, 1, 0.5, .mean = 0},
    {{"sample_stated", "trajectory", "FND-09", "The defaults stated.", 0},
     10, 2, 3, 2, 0.125, "sample", "error", 1, 0.25, .mean = 0},
    {{"of_squared_error", "trajectory", "FND-09",
      "The gradient of e^2 without the half: steps are twice as large.", 0},
     15, 3, 4, 4, 0.05, NULL, "squared", 1, 0.5, .mean = 0},
    {{"batch_mean", "trajectory", "FND-09 OPT-02",
      "One step an epoch, down the mean gradient.", 0},
     15, 3, 5, 4, 0.2, "batch_mean", NULL, 1, 0.5, .mean = 0},
    {{"batch_mean_squared", "trajectory", "FND-09 OPT-02 LOS-01",
      "Gradient descent on the mean squared error: 2/N times error times feature.", 0},
     13, 2, 5, 2, 0.1, "batch_mean", "squared", 1, 0.5, .mean = 0},
    {{"batch_sum", "trajectory", "FND-09 OPT-02", "The sum of gradients: N times the step.", 0},
     15, 3, 5, 4, 0.02, "batch_sum", NULL, 1, 0.5, .mean = 0},
    {{"start_given", "trajectory", "FND-09", "Weights and bias that do not start at 0.", 0},
     12, 4, 3, 2, 0.1, NULL, NULL, 1, 0.5, .mean = 0, .start = 1},
    {{"batch_start_given", "trajectory", "FND-09", "The same with batch updates.", 0},
     12, 4, 3, 2, 0.1, "batch_mean", NULL, 1, 0.5, .mean = 0, .start = 1},
    {{"one_sample", "trajectory", "FND-09", "The smallest case: one sample, one feature.", 0},
     1, 1, 3, 4, 0.3, NULL, NULL, 1, 0.5, .mean = 1},
    {{"diverging", "trajectory", "FND-09 GRD-03",
      "A rate far above the limit: errors grow in every epoch and are still the right ones.", 0},
     8, 2, 5, 2, 1.5, "batch_mean", NULL, 2, 0.5, .mean = 1},
    {{"features_not_centred", "trajectory", "FND-09 NRM-13",
      "Features around 4: the bias and the weights fight, and progress is slow.", 0},
     14, 2, 5, 2, 0.02, NULL, NULL, 0.5, 0.25, .mean = 4},
    {{"exact_steps", "exact", "FND-09",
      "Whole features and targets at a rate of 1/4: two epochs without any rounding.", 0},
     2, 2, 2, 1, 0.25, NULL, NULL, 0, 0, .mean = 0, .dyadic = 1},
    {{"exact_batch", "exact", "FND-09 OPT-02", "The same with the mean over four samples.", 0},
     4, 2, 3, 1, 0.25, "batch_mean", NULL, 0, 0, .mean = 0, .dyadic = 1},
    {{"wide", "trajectory", "FND-09", "37 features, which no vector width divides.", 0},
     11, 37, 2, 2, 0.01, NULL, NULL, 1, 0.5, .mean = 0},
    {{"batch_wide", "trajectory", "FND-09", "The same in a batch.", 0},
     19, 37, 2, 4, 0.02, "batch_mean", NULL, 1, 0.5, .mean = 0},
    {{"uneven_blocks", "trajectory", "FND-09 DST-02 DST-08",
      "67 samples in blocks of 8: the last is short, so a mean of means is wrong.", 0},
     67, 3, 3, 8, 0.2, "batch_mean", NULL, 1, 0.5, .mean = 0},
    {{"many_blocks", "trajectory", "FND-09 DST-02",
      "16 blocks of 2 samples, updated one by one: no rank may leave the order.", 0},
     31, 3, 2, 2, 0.05, NULL, NULL, 1, 0.5, .mean = 0},
    /* clang-format on */
};

static void fill(struct assay_case *test, const struct row *row)
{
    if (row->dyadic) {
        case_dyadic(test, "x", DIMS(row->N, row->D), -2, 2, 1);
        case_dyadic(test, "t", DIMS(row->N), -3, 3, 1);
        return;
    }
    case_normal(test, "x", DIMS(row->N, row->D), row->mean, row->deviation);
    case_normal(test, "t", DIMS(row->N), 0.75, row->noise);
    const double *x = case_input(test, "x");
    double *t = case_input(test, "t");
    for (size_t n = 0; n < row->N; n++) {
        for (size_t d = 0; d < row->D; d++)
            t[n] += x[n * row->D + d] * (d % 2 ? -0.75 : 1.25) / (double)(1 + d / 4);
        t[n] = (float)t[n];
    }
}

static const struct refusal impossible[] = {
    /* clang-format off */
    {"rate_negative", "ordinary", NUMBER_SET, "rate", -0.05, NULL, 0,
     "A negative rate climbs, and for a few steps nobody sees it."},
    {"no_epochs", "ordinary", NUMBER_SET, "epochs", 0, NULL, 0,
     "No epoch: the weights at the start would pass for trained ones."},
    {"epochs_of_halves", "ordinary", NUMBER_SET, "epochs", 2.5, NULL, 0,
     "Half an epoch is none of the updates that are defined."},
    {"epochs_missing", "ordinary", NUMBER_GONE, "epochs", 0, NULL, 0,
     "How long to train is no matter of taste here."},
    {"update_unknown", "batch_mean", CHOICE_SET, "update", 0, "online", 0,
     "Sample after sample or all at once: other weights."},
    {"gradient_unknown", "of_squared_error", CHOICE_SET, "gradient", 0, "absolute", 0,
     "A factor of 2 in every step hangs on it."},
    {"targets_short", "ordinary", INPUT_SHORTER, "t", 0, NULL, 0,
     "The last sample has no target."},
    {"start_short", "start_given", INPUT_SHORTER, "w", 0, NULL, 0,
     "A weight too few to start from."},
    /* clang-format on */
};

void delta_rule_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        case_number(test, "epochs", (double)row->E);
        if (row->rate != 0)
            case_number(test, "rate", row->rate);
        if (row->update)
            case_choice(test, "update", row->update);
        if (row->gradient)
            case_choice(test, "gradient", row->gradient);
        fill(test, row);
        if (row->start) {
            case_uniform(test, "w", DIMS(row->D), -1, 1);
            case_uniform(test, "b", SCALAR, 0.25, 1);
        }
    }
    case_refusals(list, impossible, sizeof impossible / sizeof *impossible);
}
