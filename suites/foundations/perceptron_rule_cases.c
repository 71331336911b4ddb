// SPDX-License-Identifier: MIT
#include "../case_builder.h"

/* BLOBS: two clouds around -centre and +centre in every feature; GATES: the four corners of a
 * square with the labels in `gate`; INTEGERS: whole features in -3..3. */
enum data { BLOBS, GATES, INTEGERS };

static const struct row {
    struct case_head head;
    size_t N, D, E, block;
    enum data data;
    double centre;    /* half the distance of the clouds; 1 is their deviation */
    double rate;      /* 0: not stated */
    const char *gate; /* labels of (0,0), (0,1), (1,0), (1,1) */
    const char *targets, *at_zero;
    int negative, start, shuffled; /* labels -1 for 0; w and b given; order given */
} rows[] = {
    /* clang-format off */
    {{"and_gate", "exact", "FND-05 FND-06",
      "Two inputs that must both be on, at a rate of 1/8: settles, with every number exact.", 0},
     4, 2, 8, 1, GATES, .rate = 0.125, .gate = "0001"},
    {{"or_gate", "exact", "FND-05 FND-06", "One input suffices: settles elsewhere.", 0},
     4, 2, 6, 2, GATES, .rate = 0.125, .gate = "0111"},
    {{"nand_gate", "exact", "FND-05 FND-06", "Negative weights and a positive bias.", 0},
     4, 2, 9, 1, GATES, .rate = 0.5, .gate = "1110"},
    {{"xor_never_settles", "exact", "FND-06 FND-10",
      "No line separates XOR: the rule runs in a cycle and always makes mistakes.", 0},
     4, 2, 9, 1, GATES, .rate = 0.25, .gate = "0110"},
    {{"not_firing_at_zero", "exact", "FND-05 FND-06",
      "A net input of exactly 0 that gives 0: the first sample is decided the other way.", 0},
     4, 2, 8, 1, GATES, .rate = 0.125, .gate = "0001", .at_zero = "low"},
    {{"firing_at_zero_stated", "exact", "FND-05 FND-06", "The default stated.", 0},
     4, 2, 8, 1, GATES, .rate = 0.125, .gate = "0111", .at_zero = "one"},
    {{"ties_on_integers", "exact", "FND-05 FND-06",
      "Whole features at a rate of 1: many net inputs are exactly 0 long after the start.", 0},
     17, 2, 4, 2, INTEGERS, .rate = 1},
    {{"ties_signed", "exact", "FND-05 FND-06",
      "The same with targets -1 and 1 where 0 does not fire.", 0},
     17, 2, 4, 2, INTEGERS, .rate = 1, .targets = "signed", .at_zero = "low"},
    {{"blobs", "trajectory", "FND-05 FND-06",
      "Two clouds that touch, at the usual rate, over five epochs.", 0},
     20, 2, 5, 4, BLOBS, 1, .rate = 0.01},
    {{"rate_not_stated", "trajectory", "FND-06", "The default rate is 0.01.", 0},
     11, 3, 3, 2, BLOBS, .centre = 0.75},
    {{"rate_one", "trajectory", "FND-06",
      "From zero a hundred times the rate gives a hundred times the weights and the same mistakes.",
      0},
     20, 2, 5, 4, BLOBS, 1, .rate = 1},
    {{"separable", "trajectory", "FND-05 FND-06",
      "Clouds far apart: no mistake in the last epochs, so the weights must rest.", 0},
     16, 2, 4, 2, BLOBS, 3, .rate = 0.1},
    {{"overlapping", "trajectory", "FND-06",
      "Clouds that overlap: mistakes in every epoch, each depending on all before it.", 0},
     29, 3, 6, 2, BLOBS, 0.25, .rate = 0.05},
    {{"signed_targets", "trajectory", "FND-06",
      "Targets -1 and 1: each correction is twice the rate.", 0},
     19, 3, 4, 2, BLOBS, 0.5, .rate = 0.1, .targets = "signed"},
    {{"negative_labels", "trajectory", "FND-06",
      "Labels -1 and 1 in the data, targets 0 and 1: a label below 0 means 0.", 0},
     19, 3, 4, 2, BLOBS, 0.5, .rate = 0.1, .negative = 1},
    {{"start_given", "trajectory", "FND-06",
      "Weights and bias that do not start at 0: now the rate changes the predictions.", 0},
     18, 3, 4, 4, BLOBS, 0.5, .rate = 0.2, .start = 1},
    {{"shuffled_each_epoch", "trajectory", "FND-06",
      "Another order of the samples in each epoch, given as data.", 0},
     18, 2, 5, 2, BLOBS, 0.5, .rate = 0.1, .shuffled = 1},
    {{"one_sample", "trajectory", "FND-06", "The smallest case: one sample, one feature.", 0},
     1, 1, 2, 4, BLOBS, 1, .rate = 0.3, .at_zero = "low"},
    {{"one_feature", "trajectory", "FND-06", "A threshold on a line.", 0},
     13, 1, 4, 2, BLOBS, 0.5, .rate = 0.1},
    {{"wide", "trajectory", "FND-06", "37 features, which no vector width divides.", 0},
     23, 37, 3, 4, BLOBS, 0.125, .rate = 0.02},
    {{"many_blocks", "trajectory", "FND-06 DST-08",
      "67 samples in blocks of 4: mistakes on every rank, whose order must be kept.", 0},
     67, 4, 3, 4, BLOBS, 0.25, .rate = 0.1},
    /* clang-format on */
};

/* Labels alternate in an irregular way; both classes from three samples on. */
static int label_of(const struct row *row, size_t n)
{
    if (row->data == GATES)
        return row->gate[n] == '1';
    return (n * n + n / 3) % 5 < 2;
}

static void fill_samples(struct assay_case *test, const struct row *row)
{
    static const double corners[] = {0, 0, 0, 1, 1, 0, 1, 1};
    struct dims dims = DIMS(row->N, row->D);
    if (row->data == GATES)
        case_values(test, "x", dims, corners);
    else if (row->data == INTEGERS)
        case_dyadic(test, "x", dims, -3, 3, 1);
    else
        case_normal(test, "x", dims, 0, 1);
    case_labels(test, "labels", row->N, 2);
    double *x = case_input(test, "x"), *labels = case_input(test, "labels");
    for (size_t n = 0; n < row->N; n++) {
        int label = label_of(row, n);
        labels[n] = !label && row->negative ? -1 : label;
        for (size_t d = 0; d < row->D && row->data == BLOBS; d++)
            x[n * row->D + d] = (float)(x[n * row->D + d] + (label ? 1 : -1) * row->centre);
    }
}

static const struct refusal impossible[] = {
    /* clang-format off */
    {"sample_twice", "shuffled_each_epoch", ELEMENT_SET, "order", 0, NULL, 0,
     "An order that may name a sample twice and another one never."},
    {"sample_beyond_the_last", "shuffled_each_epoch", ELEMENT_SET, "order", 18, NULL, 4,
     "Sample 18 of 0..17: reads past the end of the data."},
    {"order_short", "shuffled_each_epoch", INPUT_SHORTER, "order", 0, NULL, 0,
     "No order for the last epoch."},
    {"label_of_two", "blobs", ELEMENT_SET, "labels", 2, NULL, 5,
     "A class 2: a third class would be learnt as the second."},
    {"rate_negative", "rate_one", NUMBER_SET, "rate", -1, NULL, 0,
     "A negative rate turns every correction around."},
    {"no_epochs", "blobs", NUMBER_SET, "epochs", 0, NULL, 0,
     "No epoch: the weights at the start would pass for trained ones."},
    {"epochs_missing", "blobs", NUMBER_GONE, "epochs", 0, NULL, 0,
     "How long to train is no matter of taste here."},
    {"targets_unknown", "signed_targets", CHOICE_SET, "targets", 0, "bipolar", 0,
     "A factor of 2 in every correction hangs on it."},
    {"at_zero_unknown", "not_firing_at_zero", CHOICE_SET, "at_zero", 0, "zero", 0,
     "From zero weights the first decision hangs on it."},
    /* clang-format on */
};

void perceptron_rule_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        case_number(test, "epochs", (double)row->E);
        if (row->rate != 0)
            case_number(test, "rate", row->rate);
        if (row->targets)
            case_choice(test, "targets", row->targets);
        if (row->at_zero)
            case_choice(test, "at_zero", row->at_zero);
        fill_samples(test, row);
        if (row->start) {
            case_uniform(test, "w", DIMS(row->D), -1, 1);
            case_uniform(test, "b", SCALAR, 0.25, 1);
        }
        if (row->shuffled)
            case_permutations(test, "order", row->E, row->N);
    }
    case_refusals(list, impossible, sizeof impossible / sizeof *impossible);
}
