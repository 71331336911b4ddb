// SPDX-License-Identifier: MIT
#include "../case_builder.h"

/* Samples of about deviation 1 whose first feature is twice as wide; weights of 0.2 to 0.8. */
static const struct row {
    struct case_head head;
    size_t N, D, K, E, block;
    double rate;
    const char *rule, *update;
    double decay;
    int dyadic;
} rows[] = {
    /* clang-format off */
    {{"hebb", "trajectory", "FND-47",
      "The plain rule, one unit: activity of both ends, multiplied.", 0},
     9, 4, 1, 3, 4, 0.01, NULL, NULL, 0, .dyadic = 0},
    {{"hebb_stated", "trajectory", "FND-47", "The defaults stated, with two units.", 0},
     7, 3, 2, 2, 2, 0.02, "hebb", "sample", 0, .dyadic = 0},
    {{"hebb_batch", "trajectory", "FND-47", "One update an epoch, by the mean.", 0},
     10, 4, 1, 3, 4, 0.1, "hebb", "batch", 0, .dyadic = 0},
    {{"oja", "trajectory", "FND-47", "The square of y holds the weights at length 1.", 0},
     12, 4, 1, 4, 4, 0.05, "oja", NULL, 0, .dyadic = 0},
    {{"oja_units", "trajectory", "FND-47",
      "Two units under Oja's rule, which do not see each other and learn the same.", 0},
     11, 3, 2, 3, 4, 0.05, "oja", NULL, 0, .dyadic = 0},
    {{"oja_batch", "trajectory", "FND-47", "Oja's rule with the mean of an epoch.", 0},
     12, 4, 2, 4, 3, 0.2, "oja", "batch", 0, .dyadic = 0},
    {{"sanger", "trajectory", "FND-47",
      "Three units: each sees what the ones before it leave.", 0},
     11, 4, 3, 3, 4, 0.04, "sanger", NULL, 0, .dyadic = 0},
    {{"sanger_batch", "trajectory", "FND-47", "The same with the mean of an epoch.", 0},
     13, 4, 3, 3, 4, 0.15, "sanger", "batch", 0, .dyadic = 0},
    {{"decay", "trajectory", "FND-47", "Forgetting, which bounds the plain rule for weak input.",
      0},
     9, 3, 2, 3, 4, 0.05, NULL, NULL, 0.5, .dyadic = 0},
    {{"decay_batch", "trajectory", "FND-47", "Forgetting once an epoch.", 0},
     9, 3, 2, 3, 4, 0.1, "oja", "batch", 0.25, .dyadic = 0},
    {{"anti_hebbian", "trajectory", "FND-47",
      "A negative rate: what is active together comes apart.", 0},
     8, 3, 1, 2, 4, -0.05, NULL, NULL, 0, .dyadic = 0},
    {{"growth", "trajectory", "FND-47 GRD-03",
      "A rate at which the plain rule explodes: the values are still the right ones.", 0},
     8, 3, 1, 4, 4, 0.5, NULL, NULL, 0, .dyadic = 0},
    {{"one_sample", "trajectory", "FND-47", "The smallest case.", 0},
     1, 1, 1, 3, 4, 0.25, "oja", NULL, 0, .dyadic = 0},
    {{"exact_hebb", "exact", "FND-47", "Whole features, a rate of 1/2, without any rounding.", 0},
     3, 2, 1, 1, 1, 0.5, "hebb", NULL, 0, .dyadic = 1},
    {{"exact_oja", "exact", "FND-47", "The same with the restraint.", 0},
     2, 2, 2, 1, 1, 0.5, "oja", NULL, 0, .dyadic = 1},
    {{"exact_batch", "exact", "FND-47", "Four samples, one step.", 0},
     4, 2, 2, 1, 1, 0.5, "sanger", "batch", 0.5, .dyadic = 1},
    {{"uneven_blocks", "trajectory", "FND-47 DST-02 DST-08",
      "35 samples in blocks of 8: the last is short.", 0},
     35, 3, 2, 2, 8, 0.1, "sanger", "batch", 0, .dyadic = 0},
    {{"many_blocks", "trajectory", "FND-47 DST-02",
      "Blocks of 2 samples, updated one by one: no rank may leave the order.", 0},
     15, 3, 2, 2, 2, 0.05, "oja", NULL, 0, .dyadic = 0},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"rate_not_stated", "oja", NUMBER_GONE, "rate", 0, NULL, 0,
     "There is no usual rate to fall back on."},
    {"no_epochs", "oja", NUMBER_SET, "epochs", 0, NULL, 0, "Nothing would be learnt or shown."},
    {"half_an_epoch", "oja", NUMBER_SET, "epochs", 1.5, NULL, 0,
     "Epochs are counted, so half of one must not be rounded away."},
    {"negative_decay", "decay", NUMBER_SET, "decay", -0.5, NULL, 0,
     "Weights would grow by being forgotten."},
    {"unknown_rule", "oja", CHOICE_SET, "rule", 0, "bcm", 0,
     "A rule that is not known must not become the plain one."},
    {"unknown_update", "oja_batch", CHOICE_SET, "update", 0, "epoch", 0,
     "An update that is not known must not become the one by samples."},
    {"no_samples", "one_sample", INPUT_SHORTER, "x", 0, NULL, 0, "The mean square would be 0 / 0."},
    {"no_start", "hebb", INPUT_GONE, "w", 0, NULL, 0,
     "From weights of 0 nothing is ever learnt, so they have no default."},
    {"feature_missing", "sanger", INPUT_SHORTER, "w", 0, NULL, 0,
     "One weight for each feature is needed."},
};

void hebbian_learning_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        case_number(test, "epochs", (double)row->E);
        case_number(test, "rate", row->rate);
        if (row->decay != 0)
            case_number(test, "decay", row->decay);
        if (row->rule)
            case_choice(test, "rule", row->rule);
        if (row->update)
            case_choice(test, "update", row->update);
        if (row->dyadic) {
            case_dyadic(test, "x", DIMS(row->N, row->D), -2, 2, 1);
            case_dyadic(test, "w", DIMS(row->D, row->K), -1, 1, 0.5);
            continue;
        }
        case_normal(test, "x", DIMS(row->N, row->D), 0.25, 1);
        case_signed(test, "w", DIMS(row->D, row->K), 0.2, 0.8);
        double *x = case_input(test, "x");
        for (size_t n = 0; n < row->N; n++)
            x[n * row->D] = (float)(2 * x[n * row->D]);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
