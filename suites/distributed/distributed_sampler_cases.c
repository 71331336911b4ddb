// SPDX-License-Identifier: MIT
#include "../case_builder.h"

static const struct row {
    struct case_head head;
    size_t N, E;
    double workers, skip;
    const char *uneven, *assignment, *duplicates;
    int whole;
} rows[] = {
    /* clang-format off */
    {{"one_worker", "bounded", "DST-08", "One worker: every epoch's own order.", 0},
     7, 2, 1, 0, NULL, NULL, NULL, 0},
    {{"even", "bounded", "DST-08 DST-02", "12 samples on 4 workers: everything once.", 0},
     12, 2, 4, 0, NULL, NULL, NULL, 0},
    {{"padded", "bounded", "DST-08 DST-02 DST-14",
      "11 samples on 4 workers: the first one is taken twice, and counts twice in the mean.", 0},
     11, 2, 4, 0, NULL, NULL, NULL, 0},
    {{"padded_removed", "bounded", "DST-08 DST-14",
      "The same with the duplicate left out of the mean.", 0},
     11, 2, 4, 0, NULL, NULL, "removed", 0},
    {{"padded_contiguous", "bounded", "DST-08",
      "Consecutive samples: the last worker gets the first samples again.", 0},
     10, 2, 4, 0, NULL, "contiguous", NULL, 0},
    {{"padded_contiguous_removed", "bounded", "DST-08 DST-14",
      "The same with two duplicates removed, both of the last worker.", 0},
     10, 2, 4, 0, NULL, "contiguous", "removed", 0},
    {{"dropped", "bounded", "DST-08", "11 samples on 4 workers: the last three are left out.", 0},
     11, 2, 4, 0, "drop", NULL, NULL, 0},
    {{"dropped_contiguous", "bounded", "DST-08", "The same with consecutive samples.", 0},
     11, 2, 4, 0, "drop", "contiguous", NULL, 0},
    {{"kept", "bounded", "DST-08 DST-02",
      "Uneven shards of 3, 3, 3 and 2: nothing twice, nothing lost.", 0},
     11, 2, 4, 0, "keep", NULL, NULL, 0},
    {{"kept_contiguous", "bounded", "DST-08 DST-02",
      "Consecutive shards of 4, 3 and 3: not 4, 4 and 2.", 0},
     10, 2, 3, 0, "keep", "contiguous", NULL, 0},
    {{"few_samples", "bounded", "DST-08",
      "Seven workers, three samples: padded more than once around.", 0},
     3, 2, 7, 0, NULL, NULL, NULL, 0},
    {{"few_samples_kept", "bounded", "DST-08", "The same unpadded: four workers have nothing.", 0},
     3, 2, 7, 0, "keep", NULL, NULL, 0},
    {{"few_samples_removed", "bounded", "DST-08 DST-14",
      "The same padded, with the duplicates of duplicates removed.", 0},
     3, 1, 7, 0, NULL, NULL, "removed", 0},
    {{"resumed", "bounded", "DST-08 DST-15 DST-11",
      "An epoch goes on after five samples: the rest is dealt anew, and padded from the rest.", 0},
     13, 2, 3, 5, NULL, NULL, NULL, 0},
    {{"resumed_kept", "bounded", "DST-08 DST-15 DST-11",
      "The same unpadded with consecutive shards.", 0},
     12, 2, 3, 5, "keep", "contiguous", NULL, 0},
    {{"exact", "exact", "DST-08", "Whole values, eight samples: no rounding.", 0},
     8, 1, 4, 0, NULL, NULL, NULL, 1},
    {{"many_workers", "bounded", "DST-08 DST-02", "Nine workers: a tree that is not full.", 0},
     31, 1, 9, 0, NULL, NULL, "removed", 0},
    /* clang-format on */
};

void distributed_sampler_cases(struct case_list *list)
{
    static const struct refusal refusals[] = {
        {"no_workers", "even", NUMBER_SET, "workers", 0, NULL, 0, "Nobody takes anything."},
        {"workers_missing", "even", NUMBER_GONE, "workers", 0, NULL, 0,
         "Nothing says among how many."},
        {"workers_fraction", "even", NUMBER_SET, "workers", 2.5, NULL, 0, "Workers are whole."},
        {"all_dropped", "dropped", NUMBER_SET, "workers", 12, NULL, 0,
         "No worker would have a sample."},
        {"all_skipped", "resumed", NUMBER_SET, "skip", 13, NULL, 0, "The epoch is over."},
        {"twice", "even", ELEMENT_SET, "order", 12, NULL, 0, "A sample that does not exist."},
        {"unknown_uneven", "even", CHOICE_SET, "uneven", 0, "sideways", 0,
         "A convention that does not exist."},
        {"unknown_assignment", "even", CHOICE_SET, "assignment", 0, "sideways", 0,
         "A convention that does not exist."},
        {"values_missing", "even", INPUT_GONE, "value", 0, NULL, 0, "Samples have no values."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "workers", row->workers);
        if (row->skip > 0)
            case_number(test, "skip", row->skip);
        if (row->uneven)
            case_choice(test, "uneven", row->uneven);
        if (row->assignment)
            case_choice(test, "assignment", row->assignment);
        if (row->duplicates)
            case_choice(test, "duplicates", row->duplicates);
        if (row->whole)
            case_dyadic(test, "value", DIMS(row->N), -4, 4, 1);
        else
            case_signed(test, "value", DIMS(row->N), 0.5, 3);
        case_permutations(test, "order", row->E, row->N);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
