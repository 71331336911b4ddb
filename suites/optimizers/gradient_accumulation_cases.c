// SPDX-License-Identifier: MIT
#include "optimizer_cases.h"

enum { MICRO_BATCHES = 8 };

/* Micro-batches of these sizes (ended by 0), S updates of P parameters. */
static const struct row {
    struct case_head head;
    int size[MICRO_BATCHES + 1];
    size_t S, P;
    double every, block, decay;
    const char *average, *count, *last;
    int whole;
} rows[] = {
    /* clang-format off */
    {{"even", "bounded", "OPT-04 OPT-24",
      "Micro-batches of 3, four an update: the mean of means is the mean, the sum is not.", 0},
     {3, 3, 3, 3, 3, 3, 3, 3}, 2, 5, .every = 4, .block = 4},
    {{"uneven", "bounded", "OPT-04 OPT-24",
      "Micro-batches of 1 to 6, weighted by samples: what one large batch would give.", 0},
     {4, 1, 6, 2, 3, 5}, 2, 5, .every = 3, .block = 4},
    {{"uneven_equal", "bounded", "OPT-04 OPT-24",
      "The same by the usual loop: the single sample counts as much as six.", 0},
     {4, 1, 6, 2, 3, 5}, 2, 5, .every = 3, .block = 4, .average = "equal"},
    {{"uneven_means", "bounded", "OPT-04",
      "The same without a division: steps three times as long.", 0},
     {4, 1, 6, 2, 3, 5}, 2, 5, .every = 3, .block = 4, .average = "sum_of_means"},
    {{"uneven_sum", "bounded", "OPT-04", "Sums of losses: the size of the batch is in the step.",
      0},
     {4, 1, 6, 2, 3, 5}, 2, 5, .every = 3, .block = 4, .average = "sum"},
    {{"short_last", "bounded", "OPT-04 OPT-24",
      "A last group of one micro-batch, divided by the stated three.", 0},
     {4, 2, 3, 5}, 2, 5, .every = 3, .block = 2, .average = "equal"},
    {{"short_last_present", "bounded", "OPT-04", "The same divided by the one that is there.", 0},
     {4, 2, 3, 5}, 2, 5, .every = 3, .block = 2, .average = "equal", .count = "present"},
    {{"short_last_samples", "bounded", "OPT-04",
      "The same weighted by samples: nothing has to be known beforehand.", 0},
     {4, 2, 3, 5}, 2, 5, .every = 3, .block = 2},
    {{"dropped_last", "bounded", "OPT-04", "The short last group makes no update.", 0},
     {4, 2, 3, 5}, 1, 5, .every = 3, .block = 2, .last = "drop"},
    {{"every_one", "bounded", "OPT-04", "No accumulation: an update for every mini-batch.", 0},
     {5, 2, 4}, 3, 4, .every = 1, .block = 3},
    {{"decay", "bounded", "OPT-04 REG-03",
      "Weight decay is added once an update, not for every micro-batch.", 0},
     {3, 1, 4, 2}, 2, 5, .every = 2, .block = 3, .decay = 0.3},
    {{"decay_sum", "bounded", "OPT-04 REG-03", "The same where nothing is divided.", 0},
     {3, 1, 4, 2}, 2, 5, .every = 2, .block = 3, .decay = 0.3, .average = "sum"},
    {{"exact", "exact", "OPT-04",
      "Whole gradients, micro-batches of 2 and 4 and a rate of 1/2: no rounding.", 0},
     {2, 4, 4, 2}, 2, 5, .every = 2, .block = 2, .average = "equal", .whole = 1},
    {{"short_block", "bounded", "OPT-04 DST-02 DST-08",
      "41 samples in blocks of 8 that no micro-batch respects.", 0},
     {7, 11, 3, 9, 11}, 2, 3, .every = 3, .block = 8},
    /* clang-format on */
};

void gradient_accumulation_cases(struct case_list *list)
{
    static const struct refusal refusals[] = {
        {"empty_micro_batch", "uneven", ELEMENT_SET, "size", 0, NULL, 1,
         "A micro-batch without samples has no mean."},
        {"sizes_too_large", "uneven", ELEMENT_SET, "size", 7, NULL, 0,
         "The sizes add up to more samples than there are."},
        {"rate_missing", "uneven", INPUT_SHORTER, "rate", 0, NULL, 0,
         "A rate is missing for the last update."},
        {"every_zero", "uneven", NUMBER_SET, "every", 0, NULL, 0, "Updates of no micro-batches."},
        {"no_update", "dropped_last", NUMBER_SET, "every", 5, NULL, 0,
         "The only group is not full and dropped, so nothing is left."},
        {"unknown_average", "uneven", CHOICE_SET, "average", 0, "sideways", 0,
         "A convention that does not exist."},
        {"unknown_last", "uneven", CHOICE_SET, "last", 0, "sideways", 0,
         "A convention that does not exist."},
        {"without_g", "uneven", INPUT_GONE, "g", 0, NULL, 0, "There are no gradients."},
        {"without_w", "uneven", INPUT_GONE, "w", 0, NULL, 0, "There is no start."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        size_t K = 0, N = 0;
        for (; row->size[K]; K++)
            N += (size_t)row->size[K];
        case_number(test, "every", row->every);
        case_number(test, "block", row->block);
        optimizer_number(test, "weight_decay", row->decay);
        optimizer_choice(test, "average", row->average);
        optimizer_choice(test, "count", row->count);
        optimizer_choice(test, "last", row->last);
        case_integers(test, "size", DIMS(K), row->size);
        if (row->whole) {
            case_dyadic(test, "g", DIMS(N, row->P), -4, 4, 1);
            case_dyadic(test, "w", DIMS(row->P), -4, 4, 1);
            case_constant(test, "rate", DIMS(row->S), 0.5);
            continue;
        }
        case_signed(test, "g", DIMS(N, row->P), 0.25, 2);
        case_signed(test, "w", DIMS(row->P), 0.25, 2);
        case_uniform(test, "rate", DIMS(row->S), 0.02, 0.2);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
