// SPDX-License-Identifier: MIT
#include "../gradients/recipe_cases.h"

/* E epochs of F samples are shuffled. */
static const struct row {
    struct recipe recipe;
    size_t E, F;
} rows[] = {
    {{{"ten_percent", "exact", "MET-13", "A tenth of 20 samples: the last two, in both epochs.", 0},
      "block=4 samples=20"},
     2,
     18},
    {{{"rounded", "exact", "MET-13",
       "A tenth of 17: 15.3 samples are kept, so 15; two are held out.", 0},
      "block=4 samples=17 percent=10 batch=4"},
     2,
     15},
    {{{"rounding_down", "exact", "MET-13", "A quarter of 11, the default rounding stated.", 0},
      "block=2 samples=11 percent=25 rounding=down batch=4"},
     2,
     8},
    {{{"rounding_up", "exact", "MET-13", "The same, where 8.25 kept samples are 9.", 0},
      "block=2 samples=11 percent=25 rounding=up batch=4"},
     2,
     9},
    {{{"last_stated", "exact", "MET-13", "The default end stated; the last batch has one sample.",
       0},
      "block=2 samples=10 percent=30 take=last batch=3"},
     2,
     7},
    {{{"first", "exact", "MET-13",
       "The first samples are held out: the kept ones do not begin at 0.", 0},
      "block=2 samples=10 percent=30 take=first batch=3"},
     2,
     7},
    {{{"full_batches", "exact", "MET-13", "A number of samples that the batch divides.", 0},
      "block=2 samples=15 percent=20 batch=4"},
     2,
     12},
    {{{"sorted_by_class", "exact", "MET-13 IMB-10",
       "Ten samples, sorted: the held-out half is what nobody trains on.", 0},
      "block=2 samples=10 percent=50 batch=2"},
     3,
     5},
    {{{"many_blocks", "exact", "MET-13 DST-08", "40 places in blocks of 2.", 0},
      "block=2 samples=45 percent=11 batch=16"},
     2,
     40},
    {{{"one_each", "exact", "MET-13", "Two samples, one held out.", 0},
      "block=2 samples=2 percent=50 batch=1"},
     1,
     1},
};

static const struct refusal refusals[] = {
    {"nothing_held_out", "one_each", NUMBER_SET, "percent", 0, .why = "No validation."},
    {"nothing_kept", "one_each", NUMBER_SET, "percent", 100, .why = "No training."},
    {"rounded_to_nothing", "one_each", NUMBER_SET, "percent", 75,
     .why = "Half a sample is kept, rounded down to none."},
    {"batch_zero", "one_each", NUMBER_SET, "batch", 0, .why = "There are no such batches."},
    {"samples_missing", "one_each", NUMBER_GONE, "samples", .why = "Of how many?"},
    {"permutation_missing", "one_each", INPUT_GONE, "permutation", .why = "No order."},
    {"permutation_beyond", "last_stated", ELEMENT_SET, "permutation", 7, .element = 0,
     .why = "Only seven samples are kept: their places end at 6."},
    {"take_unknown", "one_each", CHOICE_SET, "take", 0, "random", .why = "No such convention."},
};

void validation_split_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        recipe_cases(list, &rows[i].recipe, 1);
        case_permutations(&list->test[list->count - 1], "permutation", rows[i].E, rows[i].F);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
